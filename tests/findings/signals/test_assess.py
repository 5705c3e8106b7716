"""Signals of rings on a delivered snapshot: each step of SQL against rows counted by hand."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import pytest

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings import tables
from graphfraud.findings.explanations import GENERAL
from graphfraud.findings.registers import ring_claims
from graphfraud.findings.rings import Ring, build_rings
from graphfraud.findings.signals.assess import with_signals
from graphfraud.findings.signals.contract import Signal
from graphfraud.findings.signals.reading import read_rows
from graphfraud.findings.signals.registry import SIGNALS
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, Tables, claim, deliver, engine_on
from tests.findings.groups import group_of, members_of, registers

DAY = "2025-03-03"
HOME, AWAY = {"region": "130602"}, {"region": "350200"}
CLAIMS: list[Row] = [
    claim("C1", "A", f"{DAY} 09:00:00", facility_id="P1", operator_id="O1"),
    claim("C2", "B", f"{DAY} 09:01:00", facility_id="P1"),
    claim("C3", "A", f"{DAY} 15:00:00", facility_id="P1"),  # at the place, not the ring's
    claim("C4", "A", f"{DAY} 16:00:00", facility_id="P1", refund_of="C3"),
    claim("C5", "A", f"{DAY} 17:00:00", facility_id="P9"),  # elsewhere
    claim("C6", "Z", f"{DAY} 18:00:00", facility_id="P1"),  # a stranger
]
ITEMS: list[Row] = [
    {"claim_id": name, "line_no": str(line), "item_code": code, "item_name": item,
     "quantity": 1, "amount": amount}
    for name in ("C1", "C2", "C6")
    for line, (code, item, amount) in enumerate([
        ("XA10BFA094", "糖片", 700), ("Z1", "百令胶囊（北方）", 200), ("T1", "普通门诊诊查费", 100),
    ])
]  # fmt: skip
FACILITIES: list[Row] = [
    {"facility_id": "P1", "kind": "pharmacy", "bank_account": "62P1", **HOME},
    {"facility_id": "P9", "kind": "pharmacy", "bank_account": "62P9", **AWAY},
]
PERSONS: list[Row] = [
    {"person_id": "A", "bank_account": "62A", **HOME},
    {"person_id": "B", "bank_account": "62B", **AWAY},
]


def payment(
    number: int, payer: str, payee: str, day: int, purpose: str = "往来", month: int = 3
) -> Row:
    paid = datetime(2025, month, day)  # noqa: DTZ001  settlement times are local
    return {"payment_id": f"Y{number}", "payer_account": payer, "payee_account": payee,
            "amount": 5_000, "paid_time": paid, "purpose": purpose}  # fmt: skip


PAYMENTS: list[Row] = [
    payment(1, "62P1", "62A", 4),
    payment(2, "62P1", "go-between", 5),
    payment(3, "go-between", "62B", 9),  # the second step
    payment(4, "go-between", "62A", 4),  # before the first step: no route
    payment(5, "62P1", "62B", 6, "2月工资"),  # wages
    payment(6, "62P9", "62B", 6),  # a place of another's
    payment(7, "go-between", "62A", 9, month=6),  # too late
]
WATCHED: list[Row] = [
    {"entity_type": "operator", "entity_id": "O1", "reason": "约谈"},
    {"entity_type": "person", "entity_id": "Z", "reason": "举报"},
]
WHOLE: Tables = {
    "claims": CLAIMS, "claim_items": ITEMS, "facilities": FACILITIES, "persons": PERSONS,
    "payments": PAYMENTS, "watchlist": WATCHED,
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def rings_on(engine: Engine, *groups: tuple[str, Sequence[str]]) -> list[Ring]:
    """Return a ring for each (persons, claim ids)."""
    made = [
        dataclasses.replace(
            group_of(persons),
            members=members_of(persons),
            claims=pd.DataFrame({"event": 1, "claim_id": list(claims)}),
        )
        for persons, claims in groups
    ]
    claims, known = ring_claims(engine, made), registers()
    return build_rings("co_visit", made, claims, known, tested=GENERAL, level=0.05, fewest=3)


def assessed(folder: WorkspaceFolder, data: Tables) -> dict[str, Signal]:
    """Return the signals of the ring of A and B, by code."""
    deliver(folder, data)
    with engine_on(folder) as engine:
        attach_snapshot(engine, folder, folder.snapshot())
        (ring,) = with_signals(engine, rings_on(engine, ("AB", ["C1", "C2"])))
    return {signal.code: signal for signal in ring.signals}


def test_every_signal_is_there_in_order_with_the_values_counted_by_hand(
    workspace: WorkspaceFolder,
) -> None:
    found = assessed(workspace, WHOLE)
    assert list(found) == list(SIGNALS)
    values = {code: signal.value for code, signal in found.items() if signal.assessed}
    assert values == {
        "beyond_chance": pytest.approx(2.0),
        "cohesion": 1.0,
        "persistence": 10.0,
        "inside": 0.5,  # C1, C2 of C1, C2, C3, C5
        "resale_prone_drugs": 0.9,
        "minute_gaps": 1.0,
        "far_from_home": 0.5,
        "cross_region": 1.0,
        "money_returns": 1.0,
        "watchlist_neighbours": 1.0,
        "refunds": pytest.approx(1 / 3, abs=1e-6),  # C3 of C1, C2, C3
        "odd_hours": 0.0,
    }
    assert found["refunds"].claims == ("C3",)
    assert found["far_from_home"].claims == ("C2",)
    assert "2 笔共 100.00 元，其中直接 1 笔" in found["money_returns"].sentence_zh


def test_claims_alone_leave_the_rest_not_assessed_and_say_why(workspace: WorkspaceFolder) -> None:
    bare = [{k: v for k, v in row.items() if k != "refund_of"} for row in CLAIMS[:3]]
    found = assessed(workspace, {"claims": bare})
    silent = {code for code, signal in found.items() if not signal.assessed}
    assert {
        *("identical_baskets", "resale_prone_drugs", "far_from_home", "cross_region"),
        *("money_returns", "watchlist_neighbours", "refunds"),
    } <= silent
    assert {"beyond_chance", "cohesion", "persistence", "inside", "minute_gaps"}.isdisjoint(silent)
    assert "payments" in found["money_returns"].sentence_en
    assert "watchlist" in found["watchlist_neighbours"].sentence_zh
    assert {found[code].points for code in silent} == {0.0}


def test_rings_are_read_apart_and_a_shared_claim_counts_in_both(workspace: WorkspaceFolder) -> None:
    deliver(workspace, WHOLE)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        rings = rings_on(engine, ("AB", ["C1", "C2"]), ("BZ", ["C2", "C6"]))
        rows = dict(zip((r.persons for r in rings), read_rows(engine, rings), strict=True))
    first, second = rows[frozenset("AB")], rows[frozenset("BZ")]
    assert first.claims["claim_id"].tolist() == ["C1", "C2"]
    assert second.claims["claim_id"].tolist() == ["C2", "C6"]
    assert second.baskets["lines"].tolist() == [3, 3]
    assert second.own.set_index("person_id")["claims"].to_dict() == {"B": 1, "Z": 1}
    assert second.watched["entity_id"].tolist() == ["Z"]
    assert first.returns[["person_id", "hops"]].to_numpy().tolist() == [["A", 1], ["B", 2]]
    assert second.refunds.empty


def test_order_of_delivery_does_not_matter(
    workspace: WorkspaceFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = WorkspaceFolder.open(tmp_path_factory.mktemp("other") / "workspace", create=True)
    turned = {name: list(rows)[::-1] for name, rows in WHOLE.items()}
    assert assessed(workspace, WHOLE) == assessed(other, turned)


def test_no_rings_need_nothing(workspace: WorkspaceFolder) -> None:
    with engine_on(workspace) as engine:
        assert with_signals(engine, []) == []
        assert read_rows(engine, []) == []
    assert tables.signal_table([]).empty


def test_the_table_tells_assessed_and_not(workspace: WorkspaceFolder) -> None:
    deliver(workspace, {"claims": CLAIMS})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        (ring,) = with_signals(engine, rings_on(engine, ("AB", ["C1", "C2"])))
    table = tables.signal_table([ring])
    rows = {row["code"]: row for row in table.to_dict("records")}
    assert len(rows) == len(table) == len(SIGNALS)
    told = rows["inside"]
    assert (told["assessed"], told["value"], told["claims"]) == ("yes", 0.5, "C1;C2")
    assert rows["money_returns"]["assessed"] == "no"
    assert table["value"].isna().sum() == (table["assessed"] == "no").sum() > 0
    assert ring.score == pytest.approx(min(1.0, table["points"].sum()) * ring.verdict.unexplained)


def test_a_hub_is_no_go_between(workspace: WorkspaceFolder) -> None:
    crowd = [payment(100 + n, "go-between", f"other{n}", 9) for n in range(101)]
    found = assessed(workspace, {**WHOLE, "payments": PAYMENTS + crowd})
    assert found["money_returns"].value == 0.5
