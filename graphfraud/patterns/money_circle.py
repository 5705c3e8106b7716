"""Money that the fund pays a provider and that returns to insured persons, soon and in step.

Payments are followed from providers' accounts over up to three accounts in between to insured
persons' accounts (money_flows), set against the same persons' claims there, settlement cycle by
settlement cycle (money_cycles, money_evidence), freed of wages, refunds and family
(money_excuses), and told as groups (money_groups).
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.patterns import money_groups
from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.money_cycles import Cycles, fund_cycles, month_cycles
from graphfraud.patterns.money_excuses import refunds, wages
from graphfraud.patterns.money_flows import Books, read_books, returns
from graphfraud.patterns.money_search import SHOWN, tested, widened
from graphfraud.patterns.money_ties import ties

DESCRIPTION = Description(
    name="money_circle",
    title_zh="利益输送、回扣",
    title_en="Money that returns to insured persons",
    looks_for=(
        "Money the fund paid a provider that returns to insured persons, straight or over up to "
        "three accounts that pass it on within a month, in the very cycles in which the fund paid "
        "for these persons' claims there, and in step with those sums."
    ),
    looks_for_zh=(
        "基金支付给定点机构的钱，直接或经至多三个过渡账户（每户停留不超过一个月）转回参保人，"
        "且转回的结算周期与金额跟随基金为该参保人在该机构的结算支付。"
    ),
    null_model=(
        "When: the cycles in which a payee is paid are exchanged among the cycles between their "
        "first and last payment, given how many of these have claims: exact hypergeometric law, "
        "summed over payees. How much: sums exchanged within each payee (rank correlation); for a "
        "lump to one hand, exchanged among cycles (against the claims of one basket's buyers). "
        "Nothing is inferred from payees being customers: neighbours and staff are. Payees who got "
        "more than the fund ever paid for them are left out, unless such a lump is explained."
    ),
    statistic=(
        "Number of (payee, settlement cycle) cases in which the provider's money reached a person "
        "after a cycle with claims of theirs; p-values of when and how much joined by "
        "Fisher's method, times the providers that pay persons this way and the ways tried."
    ),
    source=(
        "Tracing: Clayton's case (1816) 1 Mer 572, Re Hallett's Estate (1880) 13 Ch D 696, Re "
        "Oatway [1903] 2 Ch 356; hypergeometric test: Fisher 1935; layering and pass-through "
        "accounts: FATF, Professional Money Laundering (2018)."
    ),
    law="医疗保障基金使用监督管理条例 第三十八条、第四十条、第四十一条",
    needs=(
        "claims",
        "payments.payer_account",
        "payments.payee_account",
        "persons.bank_account",
        "facilities.bank_account",
    ),
    excuses=("household", "wages", "refund_of_purchase", "family"),
)

PARAMETERS = (
    Parameter("ring_level", 0.002, "this pattern's share of one false lead in twenty clean runs"),
    Parameter("min_persons", 3, "a lead needs three independent parties"),
    Parameter("days", 31, "money that rests longer has become the holder's own; a month's account"),
    Parameter("most_holders", 50, "an account of more persons is a placeholder, left out and told"),
)

HOUSEHOLD = 8  # people at one address or phone: more are no household


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the groups of the attached snapshot."""
    context.progress("money_circle", 0, None)
    books = read_books(context.engine, int(settings["most_holders"]))
    table = returns(books, int(settings["days"])) if len(books.payments) else pd.DataFrame()
    if table.empty:
        return Outcome(tests={"returns": 0})
    table, claims = _with_claims(context.engine, books, table)
    clocks, lag = _clocks(context.engine, books, claims, table)
    found = tested(table, claims, clocks)
    found = widened(context.engine, books, found)
    level = float(settings["ring_level"])
    shown = [one for one in found if one.chance(one.units) <= SHOWN]
    known = ties(books, found)
    groups = money_groups.groups(books, shown, known, level)
    notes = _notes(books, clocks)
    return Outcome(
        groups=groups,
        network=known,
        tests={"returns": len(table), "settlement_lag_days": lag, "routes": len(found)},
        notes=tuple(en for en, _ in notes),
        notes_zh=tuple(zh for _, zh in notes),
    )


def _with_claims(
    engine: Engine, books: Books, table: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the returns with their excuse, and the payees' unrefunded claims there."""
    keys = table[["provider", "payee"]].drop_duplicates()
    pairs = pd.DataFrame(
        [
            (provider, payee, facility, person)
            for provider, payee in keys.itertuples(index=False)
            for facility in books.facilities[provider]
            for person in books.persons[payee]
        ],
        columns=["provider", "payee", "facility_id", "person_id"],
    )
    engine.register("money_pairs", pairs)
    claims = engine.frame("patterns/money_claims").merge(pairs, on=["facility_id", "person_id"])
    excuse = np.where(_family(engine, books, table), "family", "")
    excuse = np.where(refunds(table, claims), "refund_of_purchase", excuse)
    excuse = np.where(wages(table), "wages", excuse)
    kept = claims[~claims["refunded"].to_numpy(bool) & (claims["fund"] > 0).to_numpy()]
    return table.assign(excuse=excuse), kept.reset_index(drop=True)


def _family(engine: Engine, books: Books, table: pd.DataFrame) -> np.ndarray:
    """Return which returns came from an account of the payee's own family."""
    ends = {
        "payer": books.accounts[table["last_payer"].to_numpy()],
        "payee": books.accounts[table["payee"].to_numpy()],
    }
    engine.register("money_transfers", pd.DataFrame(ends).drop_duplicates())
    kin = engine.frame("patterns/money_kin", {"household": HOUSEHOLD})
    known = set(kin.itertuples(index=False, name=None))
    return np.array([pair in known for pair in zip(ends["payer"], ends["payee"], strict=True)])


def _clocks(
    engine: Engine, books: Books, claims: pd.DataFrame, table: pd.DataFrame
) -> tuple[dict[str, dict[int, Cycles]], int]:
    """Return the cycles of every provider by clock ('fund', 'month'), and the fund's lag."""
    providers = sorted(set(table["provider"]))
    where = [(f, p) for p in providers for f in books.facilities[p]]
    engine.register("money_providers", pd.DataFrame(where, columns=["facility_id", "provider"]))
    by_fund, lag = fund_cycles(books, engine.frame("patterns/money_daily"))
    seconds = np.concatenate((claims["second"].to_numpy(), table["left"].to_numpy()))
    months = month_cycles(int(seconds.min()), int(seconds.max()))
    clocks = {"fund": by_fund, "month": dict.fromkeys(providers, months)}
    return {name: cycles for name, cycles in clocks.items() if cycles}, lag


def _notes(books: Books, clocks: Mapping[str, object]) -> list[tuple[str, str]]:
    notes = []
    if books.widely_held:
        n = books.widely_held
        notes.append((
            f"{n} accounts are held by too many persons and were left out as placeholders.",
            f"有 {n} 个账户登记在过多参保人名下，视为占位值，未纳入。",
        ))  # fmt: skip
    if books.straight:
        notes.append((
            "So many payments that only those of funds and providers were followed.",
            "付款记录过多，仅追踪了基金与机构的直接付款。",
        ))  # fmt: skip
    if "fund" not in clocks:
        notes.append((
            "No payments from funds to providers: calendar months stand for settlement cycles.",
            "数据中没有基金拨付记录，以自然月代替结算周期。",
        ))  # fmt: skip
    return notes
