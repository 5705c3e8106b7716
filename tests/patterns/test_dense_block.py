"""Dense blocks: shops in concert are found; chronic customers and crowds of one shop are not."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import kstest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.errors import UsageError
from graphfraud.network.dense_blocks import densest
from graphfraud.patterns import dense_block
from graphfraud.patterns.block_chance import Search, chance
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import ACT_COLUMNS
from graphfraud.patterns.purchases import Sales, baskets, market, seen_market
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {p.name: p.default for p in dense_block.PARAMETERS}
PLACES, GOODS = 8, 30
Lines = list[tuple[str, str, str]]  # person, facility, good


def habits(seed: int, persons: int = 240, places: int = PLACES, *, uneven: bool = False) -> Lines:
    """Return honest lines: a main place, a second one now and then, two goods of one's own.

    uneven: some buy ten times as much as others, and are more or less loyal to their main place.
    """
    generator = np.random.default_rng([seed, 41])
    popular = 1 / (np.arange(GOODS) + 4.0)
    popular /= popular.sum()
    lines: Lines = []
    for number in range(persons):
        near = generator.choice(places, 2, replace=False)
        own = generator.choice(GOODS, 2, replace=False, p=popular)
        chronic = generator.random() < 0.4
        loyal = generator.beta(3, 1) if uneven else 0.75
        much = 3 + generator.poisson(generator.gamma(0.5, 12)) if uneven else 0
        for _ in range(much or generator.integers(3, 12)):
            place = near[0] if generator.random() < loyal else near[1]
            good = generator.choice(GOODS, p=popular)
            lines.append((f"H{number:03d}", f"P{place}", f"G{good:02d}"))
        for month in range(12 * chronic):
            place = near[0] if generator.random() < 0.9 else near[1]
            lines.append((f"H{number:03d}", f"P{place}", f"G{own[month % 2]:02d}"))
    return lines


def ring(
    seed: int, persons: int = 14, visits: int = 22, goods: Sequence[int] = (21, 24, 26, 29)
) -> Lines:
    """Return lines of strangers: any of a few goods at any of four places, at any time."""
    generator = np.random.default_rng([seed, 43])
    return [
        (f"R{n:02d}", f"P{generator.integers(2, 6)}", f"G{generator.choice(goods):02d}")
        for n in range(persons)
        for _ in range(visits)
    ]


def tables(lines: Lines, *, items: bool = True, **more: object) -> dict[str, list[Row]]:
    """Return one claim a line, on days all over a year."""
    claims: list[Row] = []
    sold: list[Row] = []
    for number, (person, place, good) in enumerate(lines):
        day = f"2025-{number * 5 % 12 + 1:02d}-{number * 11 % 28 + 1:02d} 10:00:00"
        claims.append(claim(f"C{number:05d}", person, day, facility_id=place, **more))
        sold.append(
            {"claim_id": f"C{number:05d}", "line_no": "1", "item_code": good,
             "quantity": 1, "amount": 1000}
        )  # fmt: skip
    return {"claims": claims} | ({"claim_items": sold} if items else {})


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(workspace: WorkspaceFolder, rows: dict[str, list[Row]], **settings: float) -> Outcome:
    deliver(workspace, rows)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return dense_block.run(Context(engine, 1, silent), DEFAULTS | settings)


def leads(outcome: Outcome) -> list[tuple[str, ...]]:
    return [group.persons for group in outcome.groups if group.p_value <= 0.01]


RING = tuple(f"R{n:02d}" for n in range(14))


def test_a_ring_is_found_with_its_shops_and_told_in_figures(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, tables(habits(1) + ring(1)))
    assert leads(outcome) == [RING]
    group = outcome.groups[0]
    shops = {name for kind, name in group.entities if kind == "facility"}
    assert shops == {"P2", "P3", "P4", "P5"}
    assert set(group.members["role"]) == {"buyer", "pharmacy"}
    assert group.members["weight"].between(0, 1).all()
    bought = set(ring(1))
    assert (len(group.acts), group.observed) == (14 * 22, len(bought))
    assert tuple(group.acts.columns) == ACT_COLUMNS
    assert len(group.claims) == 14 * 22
    assert group.expected < group.observed / 5
    assert group.chance(group.observed) <= group.chance(group.observed // 2) <= 1.0
    assert "14 persons buy the same 4 goods at 4 facilities" in group.summary_en
    assert set(group.ties["a"]) <= set(RING)
    assert set(group.ties["b"]) <= shops
    assert outcome.network is not None
    assert len(outcome.network) == len(group.ties)


def test_camouflage_neither_hides_members_nor_adds_shops(workspace: WorkspaceFolder) -> None:
    generator = np.random.default_rng(9)
    extra: Lines = [
        (name, f"P{generator.integers(0, 2)}", f"G{generator.integers(0, 12):02d}")
        for name in RING
        for _ in range(12)
    ]
    outcome = look(workspace, tables(habits(1) + ring(1) + extra))
    assert leads(outcome) == [RING]
    shops = {name for kind, name in outcome.groups[0].entities if kind == "facility"}
    assert shops == {"P2", "P3", "P4", "P5"}


def test_two_rings_at_other_shops_are_two_groups(workspace: WorkspaceFolder) -> None:
    second = [
        (f"S{p[1:]}", {"P2": "P6", "P3": "P7", "P4": "P0", "P5": "P1"}[f], f"G{int(g[1:]) - 3:02d}")
        for p, f, g in ring(7)
    ]
    outcome = look(workspace, tables(habits(2, 400) + ring(2) + second))
    other = tuple(f"S{n:02d}" for n in range(14))
    assert sorted(leads(outcome)) == [RING, other]


@pytest.mark.parametrize("seed", range(3))
def test_habits_alone_are_no_lead(workspace: WorkspaceFolder, seed: int) -> None:
    assert leads(look(workspace, tables(habits(seed)))) == []


def test_many_customers_of_one_shop_and_one_good_are_no_lead(workspace: WorkspaceFolder) -> None:
    star = [
        (f"K{n:03d}", "P3", good)
        for n in range(80)
        for good in ("G00", "G01", "G02", "G05")
        for _ in range(12)
    ]
    assert leads(look(workspace, tables(habits(3) + star))) == []


def test_a_carer_who_fetches_for_all_at_one_shop_is_no_lead(workspace: WorkspaceFolder) -> None:
    home = [
        (f"A{n:02d}", "P4", f"G{(n * 7 + k) % GOODS:02d}")
        for n in range(30)
        for k in range(4)
        for _ in range(12)
    ]
    assert leads(look(workspace, tables(habits(4) + home))) == []


def renamed(rows: Sequence[Row], letter: str, **more: str) -> list[Row]:
    return [{**row, "claim_id": f"{letter}{row['claim_id']}"} | more for row in rows]


def test_services_and_refunds_are_no_purchases(workspace: WorkspaceFolder) -> None:
    rows, clinic, counter = (
        tables(habits(5)),
        tables(ring(5), med_type="outpatient"),
        tables(ring(5)),
    )
    rows["claims"] += renamed(clinic["claims"], "X")
    for row in renamed(clinic["claim_items"], "X"):
        rows["claim_items"].append({**row, "item_code": f"S{row['item_code']}"})
    refunded = renamed(counter["claims"], "Y")
    rows["claims"] += refunded
    rows["claims"] += [{**row, "refund_of": row["claim_id"], "claim_id": f"Z{n}"}
                       for n, row in enumerate(refunded)]  # fmt: skip
    rows["claim_items"] += renamed(counter["claim_items"], "Y")
    assert leads(look(workspace, rows)) == []


def test_the_order_of_rows_and_threads_change_nothing(workspace: WorkspaceFolder) -> None:
    rows = tables(habits(6) + ring(6))
    shuffled = {name: [*reversed(part)] for name, part in rows.items()}
    deliver(workspace, shuffled)
    outcomes = []
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        outcomes = [
            dense_block.run(Context(engine, 1, silent, threads), DEFAULTS) for threads in (1, 2)
        ]
    outcomes.append(look(WorkspaceFolder.open(workspace.path.parent / "b", create=True), rows))
    told = [[(g.members.to_csv(), g.acts.to_csv(), g.p_value) for g in o.groups] for o in outcomes]
    assert told[0]
    assert told[0] == told[1] == told[2]


def test_without_items_kinds_of_care_are_compared_and_it_says_so(
    workspace: WorkspaceFolder,
) -> None:
    outcome = look(workspace, tables(habits(9, 400), items=False))
    assert leads(outcome) == []
    assert outcome.tests["sales"] == len({(p, f) for p, f, _ in habits(9, 400)})
    assert len(outcome.notes) == len(outcome.notes_zh) == 1


def test_nothing_delivered_is_nothing_found(workspace: WorkspaceFolder) -> None:
    deliver(workspace, {"persons": [{"person_id": "1"}]})
    outcome = look(workspace, {"claims": []})
    assert (outcome.groups, outcome.notes) == ((), ())


@pytest.mark.parametrize("setting", [{"replicates": 1}, {"against": 1.5}])
def test_settings_without_sense_are_refused(
    workspace: WorkspaceFolder, setting: dict[str, float]
) -> None:
    with pytest.raises(UsageError, match=next(iter(setting))):
        look(workspace, tables(habits(1, 20)), **setting)


def sold_of(lines: Lines) -> Sales:
    table = np.array([[int(text[1:]) for text in line] for line in lines], np.int32)
    rows, times = np.unique(table, axis=0, return_counts=True)
    person, place, good = rows.T.copy()
    return Sales(person, place, good, times.astype(np.int32), int(person.max()) + 1, PLACES)


def test_replicates_are_spared_only_where_all_exceed_the_data() -> None:
    basket = baskets(sold_of(habits(3, 120)))
    search = Search(against=0.5, replicates=12, thin=30, seed=3, items=True)
    whole = chance(basket, PLACES, search, silent).best
    assert len(whole) == 12
    assert chance(basket, PLACES, search, silent, seen=max(whole)).best == whole
    assert chance(basket, PLACES, search, silent, seen=0.0).best == whole[:9]


def best_p(seed: int, *, uneven: bool) -> tuple[float, float]:
    """Return the p-value of the densest block of clean data, and that without its purchases."""
    sold = sold_of(habits(seed, 120, uneven=uneven))
    basket = baskets(sold)
    search = Search(against=0.5, replicates=39, thin=30, seed=seed, items=True)
    seen = market(*seen_market(basket, PLACES), PLACES)
    found = densest(seen.graph, against=0.5)
    column = sold.good * np.int64(PLACES) + sold.place
    own = np.isin(sold.person, seen.persons[found.rows])
    own &= np.isin(column, seen.columns[found.columns])
    laws = [chance(one, PLACES, search, silent) for one in (basket, baskets(sold.without(own)))]
    first, again = (law.p_value(found.density) for law in laws)
    return first, again


@pytest.mark.slow
@pytest.mark.parametrize("uneven", [False, True])
def test_on_clean_data_leads_are_no_more_than_they_say(*, uneven: bool) -> None:
    found = [best_p(1_000 + seed, uneven=uneven) for seed in range(100)]
    first, again = np.array(found).T
    # A block is judged again, by replicates without it, where the first p-value is 0.2 or less.
    judged = np.where(first <= 0.2, again, 1.0)
    for p in (first, judged):
        for level in (0.2, 0.05, 0.01):
            assert (p <= level).sum() <= level * len(p) + 2 * np.sqrt(level * len(p))
        # Nowhere more small p-values than a uniform law has.
        assert kstest(p, "uniform", alternative="greater").pvalue > 0.01
    assert first.std() > 0.05  # and they do say something
