"""One box settled twice: each verdict and its innocent twin, relations of shops, and clean data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import trace_code
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {parameter.name: parameter.default for parameter in trace_code.PARAMETERS}
BOX = "81234567890123456789"
Tables = dict[str, list[Row]]
moment = datetime.fromisoformat


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(workspace: WorkspaceFolder, tables: Tables, **settings: float) -> Outcome:
    deliver(workspace, tables)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return trace_code.run(Context(engine, 1, silent), DEFAULTS | settings)


def line(claim_id: str, code: str | None = BOX, **more: Any) -> Row:  # noqa: ANN401 (any column)
    known: dict[str, Any] = {"item_code": "D1", "quantity": 1, "amount": 1000, "unit_price": 1000}
    return {"claim_id": claim_id, "line_no": "1", "trace_code": code} | known | more


def sales(*claims: Row, lines: Sequence[Row] | None = None) -> Tables:
    made = [line(str(one["claim_id"])) for one in claims] if lines is None else list(lines)
    return {"claims": list(claims), "claim_items": made}


def sale(number: str, person: str, shop: str, start: str, **more: Any) -> Row:  # noqa: ANN401 (any column)
    return claim(number, person, start, facility_id=shop, fund_amount=700, **more)


def duplicates(outcome: Outcome) -> list[tuple[str, str]]:
    assert outcome.duplicates is not None
    return list(
        zip(outcome.duplicates["claim_id_a"], outcome.duplicates["claim_id_b"], strict=True)
    )


@pytest.mark.parametrize(
    ("shop", "when", "verdict", "told"),
    [
        ("F1", "2025-03-09 15:00", "same_facility", "at one facility, 6 days apart"),
        ("F2", "2025-04-20 10:00", "far_apart", "at two facilities, 48 days apart"),
        ("F2", "2025-03-03 12:30", "close_in_time", "sooner than a box is carried, 3.5 hours"),
        ("F1", "2025-03-03 09:10", "mis_scan", "at one facility within minutes"),
    ],
)
def test_the_verdict_on_a_second_sale(
    workspace: WorkspaceFolder, shop: str, when: str, verdict: str, told: str
) -> None:
    first = sale("C2", "1", "F1", "2025-03-03 09:00:00")
    outcome = look(workspace, sales(first, sale("C1", "2", shop, when)))
    assert duplicates(outcome) == [("C1", "C2")]
    assert outcome.tests[verdict] == 1
    assert outcome.duplicates is not None
    row = outcome.duplicates.iloc[0]
    assert told in row["reason"]
    assert (row["kind"], row["fund_amount_at_risk"]) == ("trace_code", 700)
    assert row["score"] == pytest.approx(0.85 if verdict == "mis_scan" else 1.0)


def test_only_the_boxs_part_of_the_fund_money_is_at_risk(workspace: WorkspaceFolder) -> None:
    first = sale("C1", "1", "F1", "2025-03-03 09:00:00", total_amount=4000)
    second = sale("C2", "2", "F2", "2025-05-03 09:00:00", total_amount=2000)
    outcome = look(workspace, sales(first, second))
    assert outcome.duplicates is not None
    assert outcome.duplicates["fund_amount_at_risk"].tolist() == [700 * 1000 // 4000]


def test_days_without_a_clock_are_compared_as_days(workspace: WorkspaceFolder) -> None:
    days = ("2025-03-03", "2025-03-03", "2025-03-04")
    claims = [sale(f"C{n}", str(n), f"F{n}", day) for n, day in enumerate(days)]
    tests = look(workspace, sales(*claims)).tests
    assert (tests["close_in_time"], tests["far_apart"]) == (1, 1)


def test_the_settlement_clock_counts_where_the_visit_has_none(workspace: WorkspaceFolder) -> None:
    claims = [
        sale(
            f"C{n}",
            str(n),
            f"F{n}",
            "2025-03-03",
            settle_time=moment(f"2025-03-0{3 + n} 0{9 - n}:00"),
        )
        for n in range(2)
    ]
    assert look(workspace, sales(*claims)).tests["close_in_time"] == 1


def again(**more: Any) -> list[Row]:  # noqa: ANN401 (any column of a claim)
    first = sale("C1", "1", "F1", "2025-03-03 09:00:00", encounter_id="E1")
    return [first, sale("C2", "2", "F2", "2025-05-03 09:00:00", encounter_id="E2", **more)]


def test_what_was_refunded_was_not_settled_twice(workspace: WorkspaceFolder) -> None:
    refund = sale("C3", "1", "F1", "2025-03-04 09:00:00", refund_of="C1")
    assert duplicates(look(workspace, sales(*again(), refund))) == []


def test_a_box_that_came_back_between_the_sales_may_be_sold_again(
    workspace: WorkspaceFolder,
) -> None:
    back = sale("C3", "1", "F1", "2025-03-10 09:00:00")
    lines = [line("C1"), line("C2"), line("C3", quantity=-1, amount=-1000)]
    outcome = look(workspace, sales(*again(), back, lines=lines))
    assert duplicates(outcome) == []
    assert outcome.tests["returned"] == 1


def test_a_return_after_both_sales_excuses_nothing(workspace: WorkspaceFolder) -> None:
    back = sale("C3", "1", "F1", "2025-06-10 09:00:00")
    lines = [line("C1"), line("C2"), line("C3", quantity=-1, amount=-1000)]
    assert duplicates(look(workspace, sales(*again(), back, lines=lines))) == [("C1", "C2")]


@pytest.mark.parametrize(
    "part", [{"quantity": Decimal("0.5"), "amount": 500}, {"quantity": 10, "amount": 90}]
)
def test_parts_of_one_pack_are_one_box(workspace: WorkspaceFolder, part: dict[str, Any]) -> None:
    whole = sale("C9", "9", "F1", "2025-03-01 09:00:00")
    parts = [line(name, unit_price=None, **part) for name in ("C1", "C2")]
    price = [line("C9", "80000000000000000001")] * 1
    outcome = look(workspace, sales(*again(), whole, lines=[*parts, *price, *_ordinary()]))
    assert duplicates(outcome) == []
    assert outcome.tests["split_pack"] == 1


def _ordinary() -> list[Row]:
    """Return whole packs of the same drug, which tell its price."""
    return [line("C9", f"8000000000000000{n:04d}", line_no=str(n)) for n in range(2, 9)]


def test_more_parts_than_a_pack_holds_are_more_than_a_box(workspace: WorkspaceFolder) -> None:
    claims = [sale(f"C{n}", str(n), "F1", f"2025-03-0{n} 09:00:00") for n in range(1, 6)]
    lines = [line(f"C{n}", quantity=Decimal("0.3"), amount=300) for n in range(1, 6)]
    outcome = look(workspace, sales(*claims, lines=lines))
    assert duplicates(outcome) == [("C3", "C4"), ("C4", "C5")]


def test_one_visit_billed_in_parts_is_one_sale(workspace: WorkspaceFolder) -> None:
    first = sale("C1", "1", "F1", "2025-03-03 09:00:00", encounter_id="E1")
    second = sale("C2", "1", "F1", "2025-03-09 09:00:00", encounter_id="E1")
    assert duplicates(look(workspace, sales(first, second))) == []


def test_two_lines_of_one_claim_are_one_sale(workspace: WorkspaceFolder) -> None:
    lines = [line("C1"), line("C1", line_no="2")]
    first = sale("C1", "1", "F1", "2025-03-03 09:00:00")
    assert duplicates(look(workspace, sales(first, lines=lines))) == []


@pytest.mark.parametrize("code", ["6901234567892", "00000000000000000000", "1234567", "XXXXYYYYZZ"])
def test_a_code_that_names_no_single_box_is_left_out_and_told(
    workspace: WorkspaceFolder, code: str
) -> None:
    outcome = look(workspace, sales(*again(), lines=[line("C1", code), line("C2", code)]))
    assert duplicates(outcome) == []
    assert outcome.notes == ("1 trace codes (on 2 claims) name no single box and were left out.",)
    assert len(outcome.notes_zh) == 1


def test_a_code_on_very_many_claims_is_a_placeholder(workspace: WorkspaceFolder) -> None:
    claims = [sale(f"C{n}", str(n), "F1", f"2025-03-0{n} 09:00:00") for n in range(1, 6)]
    assert len(duplicates(look(workspace, sales(*claims), largest_block=5))) == 4
    outcome = look(workspace, sales(*claims), largest_block=4)
    assert duplicates(outcome) == []
    assert outcome.tests["placeholder_codes"] == 1


def traffic(seed: int, shops: int = 8, boxes: int = 400, slips: int = 6) -> Tables:
    """Return honest sales, some boxes scanned twice by mistake, somewhere, at some time."""
    rng = np.random.default_rng([seed, 5])
    claims, lines = [], []
    repeated = set(rng.choice(boxes, slips, replace=False).tolist())
    for n in range(boxes):
        when = moment("2025-01-01") + timedelta(minutes=int(rng.integers(0, 500_000)))
        shop = f"S{rng.integers(0, shops)}"
        claims.append(sale(f"H{n:04d}", f"p{rng.integers(0, 200)}", shop, when.isoformat()))
        code = n - 1 if n in repeated and n else n
        lines.append(line(f"H{n:04d}", f"7{code:019d}"))
    return sales(*claims, lines=lines)


def ring(
    boxes: int = 10,
    *,
    source: str = "S1",
    target: str = "S2",
    wait: int = 40,
    tag: str = "R",
    cards: str = "",
) -> Tables:
    """Return boxes sold on after `wait` days, or three hours, on the cards of a tag."""
    claims, lines = [], []
    later = timedelta(wait) if wait else timedelta(hours=3)
    for n in range(boxes):
        first = moment("2025-02-01 09:00") + timedelta(days=5 * n)
        for end, shop, when in (("a", source, first), ("b", target, first + later)):
            person = f"{cards or tag}{end}{n:02d}"
            claims.append(sale(f"{tag}{n}{end}", person, shop, when.isoformat()))
            lines.append(line(f"{tag}{n}{end}", f"8{tag}{n:018d}"))
    return sales(*claims, lines=lines)


def both(*parts: Tables) -> Tables:
    return {name: [row for part in parts for row in part[name]] for name in parts[0]}


def test_boxes_sold_on_make_a_group_of_both_shops_and_all_buyers(
    workspace: WorkspaceFolder,
) -> None:
    outcome = look(workspace, both(traffic(1), ring()))
    (group,) = outcome.groups
    assert group.p_value < 1e-6
    assert group.persons == tuple(f"R{end}{n:02d}" for end in "ab" for n in range(10))
    shops = group.members[group.members["entity_type"] == "facility"]
    assert list(zip(shops["entity_id"], shops["role"], shops["weight"], strict=True)) == [
        ("S1", "source", 1.0),
        ("S2", "second_seller", 1.0),
    ]
    assert (group.observed, len(group.claims), len(group.ties)) == (10, 20, 1)
    assert group.ties.iloc[0][["a", "b", "observed"]].tolist() == ["S1", "S2", 10]
    assert group.chance(0) == 1.0
    assert group.chance(2) > group.chance(5) > group.p_value
    assert "10 at another facility later" in group.summary_en
    assert "10 盒" in group.summary_zh


def test_one_shop_that_sells_its_own_boxes_again(workspace: WorkspaceFolder) -> None:
    (group,) = look(workspace, both(traffic(1), ring(target="S1"))).groups
    assert group.observed == 10
    assert len(group.ties) == 0
    assert ("facility", "S1") in group.entities
    assert len(group.persons) == 20


def test_sources_of_one_second_seller_are_one_network(workspace: WorkspaceFolder) -> None:
    two = both(traffic(1, shops=30), ring(tag="R"), ring(tag="Q", source="S3"))
    (group,) = look(workspace, two).groups
    assert group.observed == 20
    assert {shop for kind, shop in group.entities if kind == "facility"} == {"S1", "S2", "S3"}


@pytest.mark.parametrize(
    ("others", "cards", "groups"),
    [
        (("S2", "S5"), "", 2),  # the boxes of one come from a shop that sells others' boxes
        (("S1", "S5"), "", 2),  # a shop where boxes were bought has sold nothing on
        (("S1", "S5"), "R", 1),  # the same cards
        (("S2", "S1"), "", 1),  # boxes go round
        (("S5", "S2"), "", 1),  # one shop sells on
    ],
)
def test_relations_are_one_case_where_they_share_an_actor(
    workspace: WorkspaceFolder, others: tuple[str, str], cards: str, groups: int
) -> None:
    source, target = others
    more = ring(tag="Q", source=source, target=target, cards=cards)
    found = look(workspace, both(traffic(1, shops=30), ring(tag="R"), more)).groups
    assert [group.observed for group in found] == [20 // groups] * groups


@pytest.mark.parametrize(
    ("wait", "cards", "boxes"),
    [
        (0, "", [10, 8]),  # some are copied, others come back from the street
        (0, "R", [18]),  # the same cards: one trade
        (60, "", [18]),  # one conduct, whatever the wait
    ],
)
def test_two_conducts_of_the_same_two_shops_are_two_cases(
    workspace: WorkspaceFolder, wait: int, cards: str, boxes: list[int]
) -> None:
    more = ring(8, tag="Q", wait=wait, cards=cards)
    found = look(workspace, both(traffic(1), ring(tag="R"), more)).groups
    assert [group.observed for group in found] == boxes


def test_a_trade_that_takes_hours_or_days_is_one(workspace: WorkspaceFolder) -> None:
    """Boxes that come back after 2, 10, 18 … hours: a day's border cuts one trade."""
    claims, lines = [], []
    for n in range(20):
        first = moment("2025-02-01 09:00") + timedelta(days=5 * n)
        for end, shop, later in (("a", "S1", 0), ("b", "S2", 2 + 8 * n)):
            when = (first + timedelta(hours=later)).isoformat()
            claims.append(sale(f"R{n}{end}", f"R{end}{n:02d}", shop, when))
            lines.append(line(f"R{n}{end}", f"8{n:019d}"))
    (group,) = look(workspace, both(traffic(1), sales(*claims, lines=lines))).groups
    assert group.observed == 20


def test_three_conducts_are_three_cases(workspace: WorkspaceFolder) -> None:
    parts = [
        ring(tag="R"),
        ring(tag="Q", target="S1"),
        ring(tag="T", source="S2", target="S3", wait=0),
    ]
    outcome = look(workspace, both(traffic(1), *parts))
    assert [group.observed for group in outcome.groups] == [10, 10, 10]


def test_two_boxes_are_no_relation(workspace: WorkspaceFolder) -> None:
    assert look(workspace, both(traffic(1), ring(boxes=2))).groups == ()


def test_a_code_on_two_drugs_was_mistyped(workspace: WorkspaceFolder) -> None:
    planted = ring()
    mistyped: list[Row] = [
        dict(row) | {"item_code": f"D{n % 2}"} for n, row in enumerate(planted["claim_items"])
    ]
    outcome = look(workspace, both(traffic(1), planted | {"claim_items": mistyped}))
    assert outcome.groups == ()
    assert outcome.duplicates is not None
    assert len(outcome.duplicates) >= 10


@pytest.fixture(scope="module")
def clean_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    root = tmp_path_factory.mktemp("clean")
    return [
        look(
            WorkspaceFolder.open(root / str(seed), create=True),
            traffic(seed, slips=2 * seed),
            ring_level=1.0,
        )
        for seed in range(12)
    ]


def test_slips_make_no_group(clean_runs: list[Outcome]) -> None:
    p = [group.p_value for outcome in clean_runs for group in outcome.groups]
    assert sum(value <= 0.05 for value in p) <= 3
    assert sum(value <= 0.002 for value in p) == 0


def test_the_order_of_the_rows_does_not_matter(workspace: WorkspaceFolder) -> None:
    tables = both(traffic(1), ring())
    rng = np.random.default_rng(3)
    mixed = {name: [rows[i] for i in rng.permutation(len(rows))] for name, rows in tables.items()}
    here = look(workspace, tables)
    there = look(WorkspaceFolder.open(workspace.path.parent / "mixed", create=True), mixed)
    assert here.duplicates is not None
    assert there.duplicates is not None
    pd.testing.assert_frame_equal(here.duplicates, there.duplicates)
    for a, b in zip(here.groups, there.groups, strict=True):
        for name in ("members", "acts", "claims", "ties"):
            pd.testing.assert_frame_equal(getattr(a, name), getattr(b, name))
        assert (a.p_value, a.expected, a.summary_zh) == (b.p_value, b.expected, b.summary_zh)


@pytest.mark.parametrize("tables", [{"claims": []}, {"claims": [claim("C1", "1")]}])
def test_without_codes_there_is_nothing_to_say(workspace: WorkspaceFolder, tables: Tables) -> None:
    outcome = look(workspace, tables)
    assert outcome.groups == ()
    assert duplicates(outcome) == []
