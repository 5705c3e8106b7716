"""Feeds settled against each other: by rules, not by the order in which they came."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.snapshot_report import SnapshotReport, TableReport
from graphfraud.errors import WorkspaceError
from graphfraud.model.tables import TABLES
from graphfraud.workspace import WorkspaceFolder
from tests.engine.conftest import Steps
from tests.engine.feeds import Row, Tables, claim, deliver, engine_on


def attached(
    workspace: WorkspaceFolder, steps: Steps, *tables: str
) -> tuple[SnapshotReport, list[list[Row]]]:
    """Return the report on all feeds and the rows of the asked tables, sorted, without hashes."""
    with engine_on(workspace) as engine:
        report = attach_snapshot(engine, workspace, workspace.snapshot())
        step = steps("t/all", "SELECT * EXCLUDE (record_hash) FROM {table} ORDER BY ALL")
        return report, [engine.arrow(step, names={"table": t}).to_pylist() for t in tables]


def ids(rows: Sequence[Row], column: str) -> list[object]:
    return [row[column] for row in rows]


def test_one_feed_is_taken_as_it_is(workspace: WorkspaceFolder, steps: Steps) -> None:
    feed = deliver(workspace, {"claims": [claim("C1", "007"), claim("C2", "008")]})
    report, (claims,) = attached(workspace, steps, "claims")
    assert ids(claims, "claim_id") == ["C1", "C2"]
    assert ids(claims, "feed_id") == [feed.feed_id] * 2
    assert ids(claims, "record_no") == [1, 2]
    assert report.tables["claims"] == TableReport(delivered=2, kept=2)
    assert report.absent == tuple(name for name in TABLES if name != "claims")


def test_absent_tables_are_empty_and_typed(workspace: WorkspaceFolder, steps: Steps) -> None:
    deliver(workspace, {"claims": [claim("C1", "007")]})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        every = steps("t/every", "SELECT * FROM {table}")
        for name, table in TABLES.items():
            empty = engine.arrow(every, names={"table": name})
            assert set(table.column_names) < set(empty.column_names)
            assert {"record_no", "record_hash", "feed_id"} < set(empty.column_names)
        typed = steps("t/typed", "SELECT typeof(sum(amount)) AS t FROM claim_items")
        assert engine.frame(typed)["t"].tolist() == ["HUGEINT"]


def test_the_same_claim_twice_counts_once(workspace: WorkspaceFolder, steps: Steps) -> None:
    first = deliver(workspace, {"claims": [claim("C1", "007"), claim("C2", "008")]})
    second = deliver(workspace, {"claims": [claim("C3", "009"), claim("C1", "007")]})
    report, (claims,) = attached(workspace, steps, "claims")
    assert ids(claims, "claim_id") == ["C1", "C2", "C3"]
    assert claims[0]["feed_id"] == min(first.feed_id, second.feed_id)
    assert report.tables["claims"] == TableReport(delivered=4, kept=3, duplicate=1)


def test_a_claim_told_in_two_ways_stays_out(workspace: WorkspaceFolder, steps: Steps) -> None:
    deliver(workspace, {"claims": [claim("C1", "007"), claim("C2", "008")]})
    deliver(workspace, {"claims": [claim("C1", "007", total_amount=999)]})
    deliver(workspace, {"claims": [claim("C1", "007", cash_amount=5)]})
    deliver(workspace, {"claim_items": [item("C1", "1"), item("C2", "1"), item("C9", "1")]})
    report, (claims, items) = attached(workspace, steps, "claims", "claim_items")
    assert ids(claims, "claim_id") == ["C2"]
    assert ids(items, "claim_id") == ["C2"]
    assert report.tables["claims"] == TableReport(delivered=4, kept=1, conflict=3)
    assert report.tables["claim_items"] == TableReport(3, 1, conflict=1, missing_reference=1)


def item(claim_id: str, line_no: str, **more: object) -> Row:
    known: dict[str, object] = {"claim_id": claim_id, "line_no": line_no, "item_code": "X"}
    return known | {"quantity": Decimal(1), "amount": 100} | more


def test_a_missing_value_differs_from_a_given_one(workspace: WorkspaceFolder, steps: Steps) -> None:
    deliver(workspace, {"claims": [claim("C1", "007", invoice_no=None)]})
    deliver(workspace, {"claims": [claim("C1", "007", invoice_no="0001")]})
    report, (claims,) = attached(workspace, steps, "claims")
    assert claims == []
    assert report.tables["claims"].conflict == 2


def test_a_conflict_inside_one_feed_is_not_settled_by_another(
    workspace: WorkspaceFolder, steps: Steps
) -> None:
    conflict = {"table_name": "claims", "outcome": "conflict"}
    conflict |= {"column_name": "claim_id", "value": "C1"}
    rejected = conflict | {"outcome": "rejected", "value": "C2"}
    deliver(workspace, {"claims": [claim("C0", "007")]}, [conflict, rejected])
    deliver(workspace, {"claims": [claim("C1", "007"), claim("C2", "008")]})
    report, (claims,) = attached(workspace, steps, "claims")
    assert ids(claims, "claim_id") == ["C0", "C2"]
    assert report.tables["claims"] == TableReport(delivered=3, kept=2, conflict=1)


def test_relations_without_a_key_repeat_as_a_whole(
    workspace: WorkspaceFolder, steps: Steps
) -> None:
    tie: Row = {"from_type": "person", "from_id": "1", "relation": "household"}
    tie = dict(tie) | {"to_type": "person", "to_id": "2"}
    deliver(workspace, {"claims": [claim("C1", "1")], "relations": [tie]})
    deliver(workspace, {"relations": [tie, dict(tie) | {"since": date(2024, 1, 1)}]})
    report, (relations,) = attached(workspace, steps, "relations")
    assert ids(relations, "since") == [date(2024, 1, 1), None]
    assert report.tables["relations"] == TableReport(delivered=3, kept=2, duplicate=1)


def test_persons_keep_what_all_feeds_agree_on(workspace: WorkspaceFolder, steps: Steps) -> None:
    one = {"person_id": "007", "name": "王芳", "phone": "1", "id_number": "A", "id_number_ok": True}
    two = one | {"name": None, "phone": "2", "id_number": "B", "region": "330106"}
    deliver(workspace, {"claims": [claim("C1", "009")], "persons": [one]})
    deliver(workspace, {"persons": [two]})
    report, (persons,) = attached(workspace, steps, "persons")
    known, derived = persons
    assert (known["name"], known["region"]) == ("王芳", "330106")
    assert known["phone"] is known["id_number"] is known["id_number_ok"] is None
    assert (derived["person_id"], derived["name"], derived["feed_id"]) == ("009", None, None)
    assert report.tables["persons"] == TableReport(delivered=2, kept=2, conflict=2, derived=1)


def test_facilities_and_doctors_follow_from_claims(
    workspace: WorkspaceFolder, steps: Steps
) -> None:
    kinds = [("A", "inpatient"), ("A", "pharmacy"), ("B", "pharmacy"), ("B", "outpatient")]
    kinds += [("C", "outpatient"), ("D", "pharmacy")]
    claims = [
        claim(f"C{n}", "1", facility_id=place, med_type=kind, doctor_id="D1" if n else None)
        for n, (place, kind) in enumerate(kinds)
    ]
    known = [{"facility_id": "D", "kind": "clinic"}, {"facility_id": "A"}, {"facility_id": "E"}]
    deliver(workspace, {"claims": claims, "facilities": known})
    _, (facilities, doctors) = attached(workspace, steps, "facilities", "doctors")
    found = {row["facility_id"]: row["kind"] for row in facilities}
    assert found == {"A": "hospital", "B": "pharmacy", "C": "clinic", "D": "clinic", "E": None}
    assert ids(doctors, "doctor_id") == ["D1"]


def test_the_report_says_what_claims_lack(workspace: WorkspaceFolder, steps: Steps) -> None:
    day = "2025-03-03 00:00:00"
    claims = [claim("C1", "1", day), claim("C2", "1"), claim("C3", "1", refund_of="C9")]
    claims += [claim("C4", "1", day, med_type="inpatient"), claim("C5", "2", refund_of="C1")]
    paid = {"payment_id": "P1", "claim_id": "C8", "payer_account": "a", "payee_account": "b"}
    times = {"amount": 5, "paid_time": claims[0]["start_time"]}
    payments = [paid | times, paid | times | {"payment_id": "P2"}]
    deliver(workspace, {"claims": claims, "payments": payments})
    report, _ = attached(workspace, steps)
    assert (report.visits, report.untimed, report.untimed_share) == (4, 1, 0.25)
    assert (report.loose_refunds, report.loose_payments) == (1, 2)


def test_a_snapshot_without_claims_is_no_error(workspace: WorkspaceFolder, steps: Steps) -> None:
    deliver(workspace, {"persons": [{"person_id": "1"}]})
    report, (persons,) = attached(workspace, steps, "persons")
    assert report.untimed_share == 0.0
    assert ids(persons, "person_id") == ["1"]


DELIVERIES: list[Tables] = [
    {"claims": [claim("C1", "1"), claim("C2", "2")], "persons": [{"person_id": "1", "phone": "5"}]},
    {"claims": [claim("C2", "2"), claim("C3", "3")], "persons": [{"person_id": "1", "phone": "6"}]},
    {"claims": [claim("C3", "4"), claim("C1", "1")], "claim_items": [item("C1", "1")]},
]


def test_the_order_of_feeds_changes_nothing(tmp_path: Path, steps: Steps) -> None:
    seen = set()
    for n, order in enumerate(permutations(DELIVERIES)):
        workspace = WorkspaceFolder.open(tmp_path / str(n), create=True)
        for tables in order:
            deliver(workspace, tables)
        report, rows = attached(workspace, steps, *TABLES)
        seen.add(json.dumps([report.text(), rows], default=str))
    assert len(seen) == 1


def test_settling_is_done_once_and_again_when_damaged(
    workspace: WorkspaceFolder, steps: Steps
) -> None:
    for tables in DELIVERIES:
        deliver(workspace, tables)
    fresh = attached(workspace, steps, *TABLES)
    (settled,) = workspace.snapshot_folder(workspace.snapshot().snapshot_id).iterdir()
    stamps = {path.name: path.stat().st_mtime_ns for path in settled.iterdir()}
    assert attached(workspace, steps, *TABLES) == fresh
    assert stamps == {path.name: path.stat().st_mtime_ns for path in settled.iterdir()}
    (settled / "excluded.parquet").write_bytes(b"PAR1 broken")
    assert attached(workspace, steps, *TABLES) == fresh
    (settled / "seal.json").write_text("{}")
    assert attached(workspace, steps, *TABLES) == fresh


@pytest.mark.parametrize("name", ["tables/claims.parquet", "rejects.parquet"])
def test_a_changed_file_is_named(workspace: WorkspaceFolder, steps: Steps, name: str) -> None:
    feed = deliver(workspace, DELIVERIES[0])
    file = workspace.feed_folder(feed.feed_id) / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    with pytest.raises(WorkspaceError, match=Path(name).name):
        attached(workspace, steps)
    file.unlink()
    with pytest.raises(WorkspaceError, match=Path(name).name):
        attached(workspace, steps)
