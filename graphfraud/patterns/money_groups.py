"""From tested routes to groups: who took part, over which accounts, and the sentence about it."""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.money_evidence import Evidence
from graphfraud.patterns.money_flows import DAY, Books

OUT_OF_LINE = 3.0  # robust standard deviations of the share that returns
LEAST_SPREAD = float(np.log(1.5))
TOO_MANY = 2_000  # accounts of one group's network; beyond, its shape is not named
VARIANTS = {
    "cycle": ("直接返还", "straight back"),
    "chain": ("链式过账", "a chain of accounts"),
    "fan_out": ("一户分发", "fan-out from one account"),
    "scatter_gather": ("先散后聚", "scatter and gather"),
}


@dataclass(frozen=True)
class Part:
    """One tested route told in tables; p: its family-wise p-value."""

    evidence: Evidence
    p: float
    members: pd.DataFrame
    acts: pd.DataFrame
    claims: pd.DataFrame
    persons: frozenset[str]
    variant: str


def groups(
    books: Books, found: Sequence[Evidence], known: pd.DataFrame, level: float
) -> tuple[Group, ...]:
    """Return one group a collusion: routes that significantly serve the same persons are one.

    known: the ties of money_ties.ties, of which each group keeps its own.
    """
    told = [part(books, one) for one in found]
    parts = sorted((one for one in told if len(one.acts)), key=lambda one: (one.p, one.variant))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(parts)))
    for i, one in enumerate(parts):
        for j in range(i):
            other = parts[j]
            common = len(one.persons & other.persons)
            near = 2 * common >= min(len(one.persons), len(other.persons)) > 0
            if max(one.p, other.p) <= level and near:
                graph.add_edge(i, j)
    return tuple(
        _group([parts[n] for n in sorted(numbers)], known)
        for numbers in sorted(nx.connected_components(graph), key=min)
    )


def part(books: Books, one: Evidence) -> Part:
    """Return a route's members, acts and claims."""
    cells = one.cells[one.cells["payee"].isin(_in_line(one))].reset_index(drop=True)
    cells["unit"] = np.arange(len(cells))
    claims = _claims(one, cells)
    acts = _acts(one, cells, claims)
    variant = _variant(one, set(cells["payee"]))
    return Part(
        one,
        one.chance(one.units),
        _members(books, one, cells, acts),
        acts,
        claims[["unit", "claim_id"]].rename(columns={"unit": "event"}),
        frozenset(acts["a"]),
        variant,
    )


def _in_line(one: Evidence) -> list[int]:
    """Return the payees with as many returns in step as out of step, at about the same share."""
    cells = one.cells
    cycle = one.cycles.of_returns(one.route.table["left"].to_numpy())
    paid = pd.Series(cycle, one.route.table.index).groupby(one.route.table["payee"]).nunique()
    often = 2 * cells.groupby("payee").size()
    kept = often[often >= paid.reindex(often.index)].index
    share = pd.Series(
        np.log((cells["returned"] / cells["fund"]).to_numpy(float)), cells.index
    ).groupby(cells["payee"])
    middle = share.median().reindex(kept)
    if one.freedom < 1 or one.correlation < 0.5 or one.holders is not None:
        return [int(payee) for payee in kept]
    away = (middle - middle.median()).abs()
    spread = max(LEAST_SPREAD, OUT_OF_LINE * 1.4826 * float(away.median()))
    return [int(payee) for payee in kept[away.to_numpy() <= spread]]


def _claims(one: Evidence, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the claims behind each unit: unit, claim_id, person_id, facility_id, day."""
    claims = one.route.claims
    claims = claims.assign(cycle=one.cycles.of_claims(claims["second"].to_numpy()))
    mine = claims.merge(cells[["payee", "cycle", "unit"]], on=["payee", "cycle"])
    if one.holders is not None:
        first = cells.groupby("cycle")["unit"].min()
        more = one.holders[one.holders["cycle"].isin(first.index)]
        more = more[~more["claim_id"].isin(mine["claim_id"])]
        more = more.assign(unit=more["cycle"].map(first))
        mine = pd.concat([mine, more], ignore_index=True)
    mine["unit"] = mine["unit"].astype(np.int64) + 1
    columns = ["unit", "claim_id", "person_id", "facility_id", "cycle"]
    return mine[columns].sort_values(["unit", "claim_id"], ignore_index=True)


def _acts(one: Evidence, cells: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return one act for each person of each unit, on the day the provider paid."""
    table = one.route.table
    cycle = one.cycles.of_returns(table["left"].to_numpy())
    first = (table["left"] // DAY * DAY).groupby([table["payee"], cycle]).min()
    keys = pd.MultiIndex.from_frame(cells[["payee", "cycle"]])
    facts = pd.DataFrame({"day": first.reindex(keys).to_numpy(), "excuse": cells["excuse"]})
    facts.index = cells["unit"] + 1
    acts = claims[["unit", "person_id", "facility_id"]].drop_duplicates()
    acts = acts.drop_duplicates(["unit", "person_id"]).rename(columns={"person_id": "a"})
    acts = acts.join(facts, on="unit").assign(b="", scheduled=False)
    acts["day"] = acts["day"].astype(np.int64)
    return acts[list(ACT_COLUMNS)].sort_values(["unit", "a"], ignore_index=True)


def _members(books: Books, one: Evidence, cells: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    payees = {person for payee in set(cells["payee"]) for person in books.persons[payee]}
    often = acts.groupby("a")["unit"].nunique()
    most = max(1, int(often.max())) if len(often) else 1
    rows = [
        ("person", person, "recipient" if person in payees else "card_holder", n / most)
        for person, n in often.items()
    ]
    paid = acts.groupby("facility_id")["unit"].nunique()
    # One account may serve several facilities: those count that carry the claims.
    paid = paid[2 * paid >= paid.max()]
    rows += [("facility", place, "provider", n / len(cells)) for place, n in paid.items()]
    for account, weight in _layers(one, set(cells["payee"])).items():
        if account in books.persons:
            known = {person for _, person, _, _ in rows}
            people = [person for person in books.persons[account] if person not in known]
            rows += [("person", person, "organiser", weight) for person in people]
        else:
            rows.append(("account", str(books.accounts[account]), "carrier", weight))
    table = pd.DataFrame(rows, columns=["entity_type", "entity_id", "role", "weight"])
    table["weight"] = table["weight"].clip(0, 1).astype(float)
    return table.sort_values(["entity_type", "entity_id"], ignore_index=True)


def _layers(one: Evidence, payees: set[int]) -> dict[int, float]:
    """Return the accounts in between, with the share of the payees' returns that used them."""
    table = one.route.table[one.route.table["payee"].isin(payees)]
    counts = pd.Series([via for path in table["via"] for via in path], dtype=np.int64)
    share = counts.value_counts() / max(1, len(table))
    accounts = sorted(int(account) for account in share.index.tolist())
    return {account: float(share[account]) for account in accounts}


def _variant(one: Evidence, payees: set[int]) -> str:
    """Return the shape of the returns' network: cycle, chain, fan_out or scatter_gather."""
    if one.route.kind == "direct":
        return "cycle"
    table = one.route.table[one.route.table["payee"].isin(payees)]
    graph: nx.DiGraph[int] = nx.DiGraph()
    for provider, payee, via in table[["provider", "payee", "via"]].itertuples(index=False):
        nx.add_path(graph, (provider, *via, payee))
    if len(graph) > TOO_MANY:
        return "fan_out"
    fronts = graph.out_degree(one.route.provider)
    cycle = one.cycles.of_returns(table["left"].to_numpy())
    hands = float(table["payee"].groupby(cycle).nunique().median())
    if fronts > 1:
        return "scatter_gather"
    return "fan_out" if hands > 1 else "chain"


def _group(parts: list[Part], known: pd.DataFrame) -> Group:
    best = parts[0]
    step = 0
    acts, claims = [], []
    for one in parts:
        acts.append(one.acts.assign(unit=one.acts["unit"] + step))
        claims.append(one.claims.assign(event=one.claims["event"] + step))
        step += int(one.acts["unit"].max())
    members = pd.concat([one.members for one in parts]).sort_values(
        ["entity_type", "entity_id", "weight", "role"], ascending=[True, True, False, False]
    )
    all_claims = pd.concat(claims).drop_duplicates("claim_id")
    zh, en = _sentences(parts)
    members = members.drop_duplicates(["entity_type", "entity_id"]).reset_index(drop=True)
    mine = known["a"].isin(members["entity_id"]) & known["b"].isin(members["entity_id"])
    return Group(
        members=members,
        acts=pd.concat(acts, ignore_index=True),
        claims=all_claims.sort_values(["event", "claim_id"], ignore_index=True),
        ties=known[mine].reset_index(drop=True),
        expected=best.evidence.expected,
        chance=lambda units: best.evidence.chance(min(units, best.evidence.units)),
        summary_zh=zh,
        summary_en=en,
    )


def _sentences(parts: list[Part]) -> tuple[str, str]:
    best = parts[0].evidence
    shapes = sorted({one.variant for one in parts}, key=list(VARIANTS).index)
    fen = int(sum(one.evidence.cells["returned"].sum() for one in parts))
    payees = len({payee for one in parts for payee in one.evidence.cells["payee"]})
    layers = {
        layer for one in parts for layer in _layers(one.evidence, set(one.evidence.cells["payee"]))
    }
    persons = len({person for one in parts for person in one.persons})
    zh_shape = "、".join(f"{VARIANTS[shape][0]}（{shape}）" for shape in shapes)
    en_shape = ", ".join(f"{shape} ({VARIANTS[shape][1]})" for shape in shapes)
    zh = (
        f"{zh_shape}：机构账户在基金付款后向 {payees} 个参保人账户转回 {fen / 100:,.2f} 元"
        f"（过渡账户 {len(layers)} 个），涉及参保人 {persons} 名；付款周期与其本人结算周期重合 "
        f"{best.units} 次，偶然预期 {best.expected:.1f} 次；返还约为基金支付的 {best.share:.0%}，"
        f"同一人内金额相关 {best.correlation:.2f}{_who_zh(best)}。"
    )
    en = (
        f"{en_shape}: after the fund paid, {fen / 100:,.2f} yuan went back to {payees} accounts of "
        f"insured persons over {len(layers)} accounts in between; {persons} persons' claims; "
        f"observed {best.units} cycles with both claims and payment, by chance {best.expected:.1f} "
        f"expected; about {best.share:.0%} of the fund's money returned, correlation of the sums "
        f"within persons {best.correlation:.2f}{_who_en(best)}."
    )
    return zh, en


def _who_zh(one: Evidence) -> str:
    if one.who is None:
        return ""
    customers, payees, expected = one.who
    return f"；{payees} 个收款账户中 {customers} 个的持有人在该机构结算，偶然预期 {expected:.1f} 个"


def _who_en(one: Evidence) -> str:
    if one.who is None:
        return ""
    customers, payees, expected = one.who
    return f"; {customers} of {payees} payees have claims there, by chance {expected:.1f}"
