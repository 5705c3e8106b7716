"""A workspace with one feed, one snapshot and one run, from rows written or drawn by a test."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from graphfraud.model.results import RESULTS
from graphfraud.workspace import RunRecord, WorkspaceFolder
from tests.engine.feeds import Row, Tables, claim, deliver

RING: Row = {"pattern": "co_visit", "score": "0.9", "rank": "1", "status": "lead"}


def published(path: Path, tables: Tables, found: Mapping[str, Sequence[Row]]) -> WorkspaceFolder:
    """Return a workspace of these canonical tables, whose one run found these result rows."""
    workspace = WorkspaceFolder.open(path, create=True)
    deliver(workspace, tables)
    snapshot = workspace.snapshot(name="case")
    with workspace.staging() as staging:
        for name, table in RESULTS.items():
            with (staging / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(table.columns), restval="")
                writer.writeheader()
                writer.writerows(found.get(name, []))
        (staging / "run.json").write_text("{}", encoding="utf-8")
        workspace.publish_run(staging, RunRecord("run1", snapshot.snapshot_id, "{}", 1, "0", "h"))
    return workspace


def person(person_id: str, name: str, birth: str = "", **more: object) -> Row:
    born = {"birth_date": date.fromisoformat(birth)} if birth else {}
    return {"person_id": person_id, "name": name, **born, **more}


def facility(facility_id: str, kind: str, **more: object) -> Row:
    return {"facility_id": facility_id, "name": f"机构{facility_id}", "kind": kind, **more}


def paid(payment_id: str, payer: str, payee: str, time: str, amount: int = 100) -> Row:
    row = {"payment_id": payment_id, "payer_account": payer, "payee_account": payee}
    return row | {"paid_time": datetime.fromisoformat(time), "amount": amount, "purpose": "货款"}


def item(claim_id: str, line_no: str, trace_code: str) -> Row:
    row = {"claim_id": claim_id, "line_no": line_no, "trace_code": trace_code, "amount": 100}
    return row | {"item_code": "X01", "item_name": "阿司匹林", "quantity": 1}


def visit(claim_id: str, person_id: str, start: str, at: str = "F1", **more: object) -> Row:
    return claim(claim_id, person_id, start, facility_id=at, **more)


def stay(claim_id: str, person_id: str, start: str, end: str, at: str) -> Row:
    ends = datetime.fromisoformat(end)
    return visit(claim_id, person_id, start, at, med_type="inpatient", end_time=ends)


def related(one: str, relation: str, other: str, other_type: str = "person") -> Row:
    row = {"from_type": "person", "from_id": one, "relation": relation}
    return row | {"to_type": other_type, "to_id": other}


def watched(entity_type: str, entity_id: str, listed_on: str) -> Row:
    row = {"entity_type": entity_type, "entity_id": entity_id, "reason": "举报"}
    return row | {"listed_on": date.fromisoformat(listed_on)}


def member(ring_id: str, entity_type: str, entity_id: str, role: str = "") -> Row:
    row = {"ring_id": ring_id, "entity_type": entity_type, "entity_id": entity_id}
    return row | {"role": role}


def tie(ring_id: str, one: str, other: str) -> Row:
    pair = {"person_id_a": one, "person_id_b": other}
    return {"ring_id": ring_id, **pair, "observed": "3"}


def support(ring_id: str, event: int, claim_id: str) -> Row:
    row = {"ring_id": ring_id, "event": str(event), "claim_id": claim_id}
    return row | {"start_time": "2025-03-01 10:00:00"}


def twins(one: str, other: str, risk: str) -> Row:
    row = {"claim_id_a": one, "claim_id_b": other, "kind": "same_invoice", "score": "1"}
    return row | {"fund_amount_at_risk": risk}
