"""Money that returns: planted circles of every shape, and their honest twins."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import money_circle
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, deliver, engine_on
from tests.patterns.money_books import CYCLES, Town, payday

DEFAULTS = {parameter.name: parameter.default for parameter in money_circle.PARAMETERS}
LEVEL = DEFAULTS["ring_level"]
RING = [f"i{n}" for n in range(6)]

Make = Callable[[], WorkspaceFolder]


@pytest.fixture
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    return lambda: WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(make: Make, tables: dict[str, list[Row]]) -> Outcome:
    workspace = make()
    deliver(workspace, tables)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return money_circle.run(Context(engine, 1, silent), DEFAULTS)


def leads(outcome: Outcome) -> list[Group]:
    return [group for group in outcome.groups if group.p_value <= LEVEL]


def entities(people: list[str], via: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    layers = {("account", account) for account in via}
    return {("person", one) for one in people} | {("facility", "shop1")} | layers


def straight(town: Town, share: float = 0.35) -> None:
    for cycle, person, fund in town.ring(RING, 1):
        town.pay("till1", f"b{person[1:]}", fund * share, payday(cycle) + 2)


def fan_out(town: Town) -> None:
    cells = town.ring(RING, 1)
    for cycle in range(CYCLES):
        mine = [(person, fund) for at, person, fund in cells if at == cycle]
        if mine:
            town.pay("till1", "front", sum(f for _, f in mine) * 0.3, payday(cycle) + 1)
            for person, fund in mine:
                town.pay("front", f"b{person[1:]}", fund * 0.3, payday(cycle) + 3)


def lump(town: Town, via: tuple[tuple[str, ...], ...]) -> None:
    """Send each cycle's sum over the chains of accounts to whom of three has claims in it."""
    cells = town.ring(RING, 1, goods="ginseng")
    for cycle in range(CYCLES):
        mine = [(person, fund) for at, person, fund in cells if at == cycle]
        for chain in via if mine else ():
            step, fen = payday(cycle) + 1.0, sum(f for _, f in mine) * 0.4 / len(via)
            for payer, payee in zip(("till1", *chain), (*chain, f"b{mine[0][0][1:]}"), strict=True):
                town.pay(payer, payee, fen, step)
                step, fen = step + 1, fen * 0.99


SHAPES: dict[str, tuple[Callable[[Town], None], tuple[str, ...]]] = {
    "cycle": (straight, ()),
    "fan_out": (fan_out, ("front",)),
    "chain": (lambda town: lump(town, (("one", "two"),)), ("one", "two")),
    "scatter_gather": (lambda town: lump(town, (("one",), ("two",))), ("one", "two")),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_shape_is_found_whole_and_named(make: Make, shape: str, seed: int) -> None:
    plant, via = SHAPES[shape]
    town = Town(seed)
    plant(town)
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities(RING, via)
    assert group.summary_en.startswith(shape)
    assert f"（{shape}）" in group.summary_zh
    assert group.observed > group.expected
    assert set(group.claims.columns) == {"event", "claim_id"}
    mine = {
        row["claim_id"]
        for row in town.claims
        if row["person_id"] in RING and row["facility_id"] == "shop1"
    }
    assert set(group.claims["claim_id"]) <= mine


def trade(town: Town, account: str) -> None:
    """Let an account pay traders and be paid by them, in sums far above the ring's."""
    for _ in range(60):
        ends = [account, f"trader{town.rng.integers(3)}"]
        payer, payee = ends if town.rng.random() < 0.5 else ends[::-1]
        town.pay(payer, payee, town.rng.lognormal(12, 0.8), town.rng.uniform(0, 400))


@pytest.mark.parametrize("shape", ["fan_out", "chain"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_carriers_who_trade_and_pay_late_and_in_parts(make: Make, shape: str, seed: int) -> None:
    """Sums off by up to 15 %, in up to three parts, up to twenty days late at every step."""
    town = Town(seed)
    route = ["till1", "one"] if shape == "fan_out" else ["till1", "one", "two"]
    cells = town.ring(RING, 1, goods="ginseng")
    for cycle in range(CYCLES):
        mine = [(person, fund) for at, person, fund in cells if at == cycle]
        if shape == "chain" and mine:
            mine = [(mine[0][0], sum(fund for _, fund in mine))]
        day, whole = payday(cycle) + 1.0, sum(fund for _, fund in mine)
        for payer, payee in pairwise(route):
            due(town, payer, payee, whole, day)
            day += town.rng.uniform(3, 20)
        for person, fund in mine:
            due(town, route[-1], f"b{person[1:]}", fund, day + town.rng.uniform(0, 5))
    for account in route[1:]:
        trade(town, account)
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities(RING, tuple(route[1:]))


def due(town: Town, payer: str, payee: str, fund: int, day: float) -> None:
    """Pay two fifths of the fund's money, more or less, on one day or up to three."""
    parts = int(town.rng.integers(1, 4))
    fen = fund * 0.4 * town.rng.uniform(0.85, 1.15) / parts
    for part in range(parts):
        town.pay(payer, payee, fen, day + part)


def test_two_shops_of_one_account_are_told_apart(make: Make) -> None:
    town = Town(13)
    others = [f"i{n}" for n in range(10, 16)]
    for people, shop in ((RING, 1), (others, 2)):
        for cycle, person, fund in town.ring(people, shop):
            town.pay("till1", f"b{person[1:]}", fund * 0.35, payday(cycle) + 2)
    tables = town.tables()
    tables["facilities"] = [
        {**row, "bank_account": "till1"} if row["bank_account"] == "till2" else row
        for row in tables["facilities"]
    ]
    tables["payments"] = [
        {**row, "payee_account": "till1"} if row["payee_account"] == "till2" else row
        for row in tables["payments"]
    ]
    found = {frozenset(group.persons) for group in leads(look(make, tables))}
    assert found == {frozenset(RING), frozenset(others)}


def test_acts_are_told_as_findings_need_them(make: Make) -> None:
    town = Town(3)
    straight(town)
    outcome = look(make, town.tables())
    (group,) = leads(outcome)
    assert tuple(group.acts.columns) == ACT_COLUMNS
    assert set(group.acts["a"]) == set(RING)
    assert (group.acts["excuse"] == "").all()
    chances = [group.chance(n) for n in range(group.observed + 1)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1.0
    assert outcome.network is not None
    assert set(outcome.network["b"]) <= set(RING)
    assert outcome.tests["settlement_lag_days"] == 7


def test_the_order_of_rows_changes_nothing(make: Make) -> None:
    town = Town(4)
    fan_out(town)
    tables = town.tables()
    order = np.random.default_rng(5).permutation
    shuffled = {name: [rows[n] for n in order(len(rows))] for name, rows in tables.items()}
    first, second = (leads(look(make, rows))[0] for rows in (tables, shuffled))
    for name in ("members", "acts", "claims", "ties"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert (first.summary_en, first.p_value) == (second.summary_en, second.p_value)


def wages(town: Town) -> None:
    """Staff who shop where they work, most months."""
    for person in RING:
        for cycle in range(CYCLES):
            town.pay("till1", f"b{person[1:]}", 2_000, payday(cycle) + 3)


def seasonal_help(town: Town) -> None:
    """Hourly wages over an agency in a season, in which they are customers as well."""
    for person in RING:
        first = int(town.rng.integers(0, 7))
        for cycle in range(first, first + 5):
            if town.rng.random() < 0.7:
                town.buy(person, 1, cycle * 30 + 5)
            pay = town.rng.lognormal(8, 0.5)
            town.pay("till1", "agency", pay * 1.05, payday(cycle) + 1)
            town.pay("agency", f"b{person[1:]}", pay, payday(cycle) + 2)


def expenses(town: Town) -> None:
    """Customers who do odd jobs for the shop now and then."""
    for person in RING:
        for _ in range(6):
            town.pay(
                "till1", f"b{person[1:]}", town.rng.lognormal(8, 0.7), town.rng.uniform(40, 360)
            )


def brought_back(town: Town) -> None:
    """A purchase or two brought back, or a claim reversed and its price returned."""
    for n, person in enumerate([f"i{n}" for n in range(30)]):
        day = int(town.rng.integers(30, 300))
        number = town.buy(person, 1, day)
        row = dict(town.claims[-1])
        town.pay("till1", f"b{person[1:]}", int(str(row["cash_amount"])), day + 4)
        if n % 2:
            town.claims.append({**row, "claim_id": f"r{n:04d}", "refund_of": number})


def deposits(town: Town) -> None:
    """A hospital pays back what is left of the deposit when a patient leaves."""
    for person in RING:
        for _ in range(6):
            day = int(town.rng.integers(30, 300))
            town.buy(person, 1, day, med_type="inpatient")
            town.pay("till1", f"b{person[1:]}", town.rng.lognormal(8, 0.5), day + 3)


def trading_agency(town: Town) -> None:
    """An agency that trades with many pays irregular fees to persons, customers among them."""
    for cycle in range(CYCLES):
        town.pay("till1", "agency", 30_000, payday(cycle) + 1)
        for person in RING:
            if town.rng.random() < 0.5:
                fen = town.rng.lognormal(8, 0.7)
                town.pay("agency", f"b{person[1:]}", fen, payday(cycle) + town.rng.uniform(2, 25))
    trade(town, "agency")


def suppliers(town: Town) -> None:
    """A wholesaler of all shops that pays its own staff, customers among them."""
    for cycle in range(CYCLES):
        for shop in range(4):
            town.pay(f"till{shop}", "wholesale", 90_000, payday(cycle) + 1)
        for person in RING:
            town.pay("wholesale", f"b{person[1:]}", town.rng.lognormal(8, 0.5), payday(cycle) + 4)


def reimbursed(town: Town) -> None:
    """The fund pays persons for claims on paper."""
    for person in RING:
        for cycle in range(CYCLES):
            town.pay(
                "fund", f"b{person[1:]}", town.paid_for(person, 1, cycle) + 1, payday(cycle) + 2
            )


def relatives(town: Town) -> None:
    """Persons who pay each other, whatever their claims."""
    for _ in range(200):
        a, b = town.rng.choice(12, 2, replace=False).tolist()
        town.pay(f"b{a}", f"b{b}", town.rng.lognormal(8, 1), town.rng.uniform(0, 360))


TWINS = (
    wages, seasonal_help, expenses, brought_back, deposits, trading_agency, suppliers, reimbursed,
    relatives,
)  # fmt: skip


@pytest.mark.parametrize("twin", TWINS, ids=[twin.__name__ for twin in TWINS])
@pytest.mark.parametrize("seed", [1, 2])
def test_an_honest_twin_is_no_lead(make: Make, twin: Callable[[Town], None], seed: int) -> None:
    town = Town(seed)
    twin(town)
    for group in leads(look(make, town.tables())):
        free = group.acts.loc[group.acts["excuse"] == "", "unit"].nunique()
        assert group.chance(free) > LEVEL


def test_wages_beside_a_circle_stay_out_of_it(make: Make) -> None:
    town = Town(6)
    straight(town)
    for person in ("i20", "i21"):
        for cycle in range(CYCLES):
            town.pay("till1", f"b{person[1:]}", 3_000, payday(cycle) + 3, "劳务费")
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities(RING)


def test_a_purpose_proves_nothing(make: Make) -> None:
    town = Town(7)
    for cycle, person, fund in town.ring(RING, 1):
        town.pay("till1", f"b{person[1:]}", fund * 0.3, payday(cycle) + 2, "工资")
    assert len(leads(look(make, town.tables()))) == 1


def test_family_transfers_are_excused(make: Make) -> None:
    """One person is paid and hands on to the family at home, in step with their claims."""
    town = Town(8)
    for number in range(6):
        town.persons[number]["address"] = "hut 1"
    for cycle, person, fund in town.ring(RING[1:], 1):
        town.pay("till1", "b0", fund * 0.3, payday(cycle) + 2)
        town.pay("b0", f"b{person[1:]}", fund * 0.3, payday(cycle) + 3)
    for group in leads(look(make, town.tables())):
        handed_on = group.acts[group.acts["a"] != "i0"]
        assert set(handed_on["excuse"]) <= {"family"}


def test_dates_without_times_are_enough(make: Make) -> None:
    town = Town(9)
    fan_out(town)
    tables = town.tables()
    tables["payments"] = [
        {**row, "paid_time": pd.Timestamp(str(row["paid_time"])).normalize().to_pydatetime()}
        for row in tables["payments"]
    ]
    (group,) = leads(look(make, tables))
    assert group.entities == entities(RING, ("front",))


def test_without_fund_payments_months_stand_in(make: Make) -> None:
    """Money that returns in the month of the claims, and a note that cycles are months."""
    town = Town(10)
    for person in RING:
        for month in sorted(town.rng.choice(11, 6, replace=False).tolist()):
            town.buy(person, 1, month * 30 + 4)
            fund = int(str(town.claims[-1]["fund_amount"]))
            town.pay("till1", f"b{person[1:]}", fund * 0.3, month * 30 + 8)
    tables = town.tables()
    tables["payments"] = [row for row in tables["payments"] if row["payer_account"] != "fund"]
    outcome = look(make, tables)
    assert "calendar months" in outcome.notes[0]
    assert "自然月" in outcome.notes_zh[0]
    (group,) = leads(outcome)
    assert set(group.persons) <= set(RING)


def test_a_placeholder_account_is_left_out_and_told(make: Make) -> None:
    town = Town(11)
    for person in town.persons:
        person["bank_account"] = "0000"
    for cycle in range(CYCLES):
        town.pay("till1", "0000", 5_000, payday(cycle) + 1)
    outcome = look(make, town.tables())
    assert outcome.groups == ()


@pytest.mark.parametrize("gone", ["payments", "persons", "facilities", "claims", "claim_items"])
def test_absent_or_empty_tables(make: Make, gone: str) -> None:
    town = Town(12, people=12)
    straight(town)
    tables = town.tables() | {gone: []}
    outcome = look(make, {name: rows for name, rows in tables.items() if rows})
    assert len(leads(outcome)) == (1 if gone == "claim_items" else 0)


def test_clean_towns_show_no_more_than_they_may(make: Make) -> None:
    """Random payments to random customers: the family-wise p-value is not too small."""
    best = []
    for seed in range(6):
        town = Town(100 + seed, people=16)
        for provider in range(4):
            for person in town.rng.choice(16, 6, replace=False).tolist():
                for cycle in np.flatnonzero(town.rng.random(CYCLES) < 0.4).tolist():
                    fen = town.rng.lognormal(7, 0.7)
                    town.pay(f"till{provider}", f"b{person}", fen, payday(cycle) + 1)
        groups = look(make, town.tables()).groups
        best.append(min((group.p_value for group in groups), default=1.0))
    assert sum(p <= 0.2 for p in best) <= stats.binom.ppf(0.999, len(best), 0.2)
