"""The graph part of a snapshot, against what can be counted in its tables by hand."""

import shutil
from collections import Counter
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from graphfraud.api import Workspace
from graphfraud.engine.duckdb import Engine
from graphfraud.errors import StoreError
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.part import FINDINGS, Part, Total, read_part, total_of
from graphfraud.graph.projection import snapshot_part
from graphfraud.model.ontology import EDITION, ONTOLOGY
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Tables, claim, deliver

DAY = datetime.fromisoformat("2025-03-03")
TABLES: Tables = {
    "claims": [
        claim("C2", "P2", doctor_id="D1", operator_id="O1", settle_region="350200"),
        claim("C1", "P1", "2025-03-01 08:00:00", refund_of="C2"),
        claim("C3", "P9", end_time=DAY),
    ],
    "persons": [
        {"person_id": "P2", "name": "王芳", "phone": "13", "address": "人民路1号"}
        | {"employer": "甲厂"},
        {"person_id": "P1", "name": "李强", "phone": "13", "bank_account": "6222"}
        | {"region": "350200"},
    ],
    "facilities": [
        {"facility_id": "F1", "name": "同仁药店", "kind": "pharmacy", "bank_account": "1001"}
        | {"address": "人民路1号"},
    ],
    "claim_items": [
        {"claim_id": "C1", "line_no": "1", "item_code": "XA01", "item_name": "甲药", "amount": 5}
        | {"quantity": 1},
        {"claim_id": "C2", "line_no": "1", "item_code": "XA01", "item_name": "乙名", "amount": 7}
        | {"quantity": 2, "trace_code": "T1"},
        {"claim_id": "C2", "line_no": "2", "item_code": "0011", "item_name": "挂号", "amount": 1}
        | {"quantity": 1},
    ],
    "payments": [
        {"payment_id": "Y1", "claim_id": "C1", "payer_account": "9558", "payee_account": "6222"}
        | {"amount": 99, "paid_time": DAY},
    ],
    "relations": [
        {"from_type": "person", "from_id": "P1", "relation": "legal_rep", "to_type": "company"}
        | {"to_id": "甲厂", "since": date(2020, 1, 1)},
        {"from_type": "ship", "from_id": "X", "relation": "owns", "to_type": "facility"}
        | {"to_id": "F1"},
        {"from_type": "person", "from_id": "P77", "relation": "household", "to_type": "person"}
        | {"to_id": "P1"},
    ],
    "watchlist": [
        {"entity_type": "person", "entity_id": "P1", "reason": "举报"}
        | {"listed_on": date(2025, 2, 1)},
        {"entity_type": "person", "entity_id": "P1", "reason": "约谈"}
        | {"listed_on": date(2025, 1, 1)},
    ],
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path / "workspace", create=True)


@pytest.fixture
def part(workspace: WorkspaceFolder) -> Part:
    deliver(workspace, TABLES)
    return snapshot_part(workspace, workspace.snapshot())


def nodes(part: Part, kind: str) -> dict[str, dict[str, Any]]:
    rows = pd.read_parquet(part.nodes(kind)).astype(object)
    known: list[Any] = rows.where(rows.notna(), None).to_dict("records")
    return {row["id"]: row for row in known}


def edges(part: Part, kind: str) -> list[tuple[str, str]]:
    """Return the ends of a kind's relationships by their ids, sorted."""
    called = {
        row["node"]: row["id"] for k in part.node_kinds() for row in nodes(part, k.name).values()
    }
    rows = pd.read_parquet(part.edges(kind))
    return sorted(
        (called[a], called[b]) for a, b in zip(rows["source"], rows["target"], strict=True)
    )


def test_ids_that_anybody_mentions_are_nodes(part: Part) -> None:
    ids = {kind.name: sorted(nodes(part, kind.name)) for kind in part.node_kinds()}
    assert ids == {
        "InsuredPerson": ["P1", "P2", "P77", "P9"],
        "Doctor": ["D1"],
        "Facility": ["F1"],
        "Item": ["0011", "XA01"],
        "Claim": ["C1", "C2", "C3"],
        "Payment": ["Y1"],
        "Account": ["1001", "6222", "9558"],
        "Phone": ["13"],
        "Address": ["人民路1号"],
        "Region": ["350200"],
        "Operator": ["O1"],
        "Company": ["甲厂"],
        "OtherParty": ["ship:X"],
    }


def test_numbers_count_through_kinds_and_ids(part: Part) -> None:
    rows = [row for kind in part.node_kinds() for row in nodes(part, kind.name).values()]
    assert [row["node"] for row in rows] == list(range(len(rows)))


def test_properties_and_labels_come_from_their_columns(part: Part) -> None:
    person = nodes(part, "InsuredPerson")["P1"]
    assert (person["name"], person["region"]) == ("李强", "350200")
    assert (person["watch_reason"], person["listed_on"]) == ("举报; 约谈", date(2025, 1, 1))
    assert nodes(part, "InsuredPerson")["P77"]["name"] is None
    assert nodes(part, "Facility")["F1"]["label"] == "Pharmacy"
    items = nodes(part, "Item")
    assert (items["XA01"]["label"], items["0011"]["label"]) == ("Drug", None)
    assert items["XA01"]["name"] == "乙名", "of equally common names the first"
    claims = nodes(part, "Claim")
    assert claims["C2"]["total_amount_fen"] == 1000
    assert len(claims["C1"]["feed"]) == 32
    assert claims["C1"]["record_no"] == 2


def test_relationships_join_what_the_rows_join(part: Part) -> None:
    assert edges(part, "FILED") == [("P1", "C1"), ("P2", "C2"), ("P9", "C3")]
    assert edges(part, "AT") == [("C1", "F1"), ("C2", "F1"), ("C3", "F1")]
    assert edges(part, "BY") == [("C2", "D1")]
    assert edges(part, "KEYED_BY") == [("C2", "O1")]
    assert edges(part, "REFUNDS") == [("C1", "C2")]
    assert edges(part, "INCLUDES") == [("C1", "XA01"), ("C2", "0011"), ("C2", "XA01")]
    assert edges(part, "PAYS") + edges(part, "PAID_TO") == [("9558", "Y1"), ("Y1", "6222")]
    assert edges(part, "SETTLES") == [("Y1", "C1")]
    assert edges(part, "HOLDS") == [("F1", "1001"), ("P1", "13"), ("P1", "6222"), ("P2", "13")]
    assert edges(part, "WORKS_AT") == [("P2", "甲厂")]
    assert edges(part, "LIVES_AT") + edges(part, "LOCATED_AT") == [
        ("P2", "人民路1号"), ("F1", "人民路1号"),
    ]  # fmt: skip
    assert edges(part, "INSURED_IN") == [("P1", "350200")]


def test_the_registers_words_are_kinds_and_other_words_are_kept(part: Part) -> None:
    assert edges(part, "LEGAL_REP") == [("P1", "甲厂")]
    assert edges(part, "HOUSEHOLD") == [("P77", "P1")]
    assert edges(part, "RELATED_TO") == [("ship:X", "F1")]
    other = pd.read_parquet(part.edges("RELATED_TO")).iloc[0]
    legal = pd.read_parquet(part.edges("LEGAL_REP")).iloc[0]
    assert (other["relation"], legal["time"]) == ("owns", pd.Timestamp("2020-01-01"))


def test_a_relationship_names_date_and_row(part: Part) -> None:
    filed = pd.read_parquet(part.edges("FILED"))
    assert filed["time"].min() == pd.Timestamp("2025-03-01 08:00:00")
    included = pd.read_parquet(part.edges("INCLUDES"))
    assert included["record_no"].tolist() == [3, 1, 2], "0011 before XA01, C1 before C2"
    assert included["trace_code"].dropna().tolist() == ["T1"]


def test_types_that_look_alike_stay_apart(workspace: WorkspaceFolder) -> None:
    ends = [("a:b", "c"), ("a", "b:c"), ("a%3Ab", "c")]
    rows = [
        {"from_type": kind, "from_id": name, "relation": "x", "to_type": "person", "to_id": "P1"}
        for kind, name in ends
    ]
    deliver(workspace, {"claims": [claim("C1", "P1")], "relations": rows})
    part = snapshot_part(workspace, workspace.snapshot())
    assert len(nodes(part, "OtherParty")) == 3


def test_a_text_too_long_to_index_is_shortened_but_not_mixed_up(workspace: WorkspaceFolder) -> None:
    texts = ["路" * 5000 + end for end in ("甲", "乙")]
    persons = [
        {"person_id": f"P{n}", "address": text, "name": text} for n, text in enumerate(texts)
    ]
    deliver(workspace, {"claims": [claim("C1", "P0")], "persons": persons})
    part = snapshot_part(workspace, workspace.snapshot())
    found = nodes(part, "Address")
    assert len(found) == 2
    assert all(len(text) == 250 + 1 + 32 for text in found)
    assert len(edges(part, "LIVES_AT")) == 2
    assert {len(row["name"]) for row in nodes(part, "InsuredPerson").values()} == {283}


def test_the_order_and_number_of_files_change_nothing(tmp_path: Path) -> None:
    rows = TABLES["claims"]
    sums = set()
    for number, order in enumerate(permutations(rows)):
        workspace = WorkspaceFolder.open(tmp_path / str(number), create=True)
        deliver(workspace, {**TABLES, "claims": order})
        part = snapshot_part(workspace, workspace.snapshot())
        called = [nodes(part, "Claim")[name]["node"] for name in ("C1", "C2", "C3")]
        sums.add((*called, part.checksum.edges["AT"], part.checksum.edges["FILED"]))
    assert len(sums) == 1


def test_a_part_is_made_once_and_made_again_where_it_is_gone(workspace: WorkspaceFolder) -> None:
    deliver(workspace, TABLES)
    first = snapshot_part(workspace, workspace.snapshot())
    stamp = first.nodes("Claim").stat().st_mtime_ns
    assert snapshot_part(workspace, workspace.snapshot()) == first
    assert first.nodes("Claim").stat().st_mtime_ns == stamp
    shutil.rmtree(first.folder)
    again = snapshot_part(workspace, workspace.snapshot())
    assert again.checksum == first.checksum


def test_another_ontologys_part_is_not_taken(
    workspace: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(workspace, TABLES)
    first = snapshot_part(workspace, workspace.snapshot())
    assert first.folder.name.endswith(EDITION)
    monkeypatch.setattr("graphfraud.graph.projection.VERSION", "graph-1-another")
    assert snapshot_part(workspace, workspace.snapshot()).folder != first.folder


def test_a_folder_without_a_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no graph"):
        read_part(tmp_path)


def test_the_sum_sees_a_lost_a_doubled_and_a_changed_row(part: Part, tmp_path: Path) -> None:
    kind = ONTOLOGY.nodes["Claim"]
    rows = pd.read_parquet(part.nodes("Claim"))
    changed = rows.assign(total_amount_fen=[1000, 1000, 1001])
    moved = rows.assign(invoice_no=rows["settle_region"], settle_region=rows["invoice_no"])
    with Engine(temporary=tmp_path) as engine:
        engine.run("macros/graph")

        def total(table: pd.DataFrame) -> Total:
            engine.register("rows_now", pa.Table.from_pandas(table, preserve_index=False))
            return total_of(engine, "rows_now", kind)

        assert total(rows) == part.checksum.nodes["Claim"] == total(rows[::-1])
        others = [rows[1:], pd.concat([rows, rows[:1]]), changed, moved]
        sums = {total(rows), *(total(other) for other in others)}
        assert len(sums) == 5
        halves = total(rows[:2]).plus(total(rows[2:]))
        assert halves == total(rows)


def test_what_a_run_found_lies_on_the_snapshots_numbers(case: Workspace) -> None:
    run = case.runs()[0]
    base = snapshot_part(case.folder, case.folder.get_snapshot(run.snapshot_id))
    part = findings_part(case.folder, run, base)
    results = case.results()
    assert list(nodes(part, "Ring")) == sorted(results.rings["ring_id"])
    assert min(row["node"] for row in nodes(part, "Ring").values()) == FINDINGS
    called = {r["node"]: r["id"] for k in base.node_kinds() for r in nodes(base, k.name).values()}
    called |= {r["node"]: r["id"] for k in part.node_kinds() for r in nodes(part, k.name).values()}
    members = pd.read_parquet(part.edges("MEMBER_OF"))
    pairs = Counter(
        (called[a], called[b]) for a, b in zip(members["source"], members["target"], strict=True)
    )
    told = Counter(zip(results.members["entity_id"], results.members["ring_id"], strict=True))
    assert told - pairs == Counter()
    assert len(pairs) - len(told) == 2 * len(results.duplicates), "claims of duplicate pairs"
    ties = pd.read_parquet(part.edges("CO_ATTENDS"))
    assert sorted(ties["observed"]) == sorted(results.ties["observed"])
    assert len(pd.read_parquet(part.edges("SUPPORTS"))) == len(results.claims)
    assert findings_part(case.folder, run, base) == part, "made once"


def test_duplicate_sets_join_chains_of_pairs(case: Workspace) -> None:
    run = case.runs()[0]
    base = snapshot_part(case.folder, case.folder.get_snapshot(run.snapshot_id))
    file = case.folder.run_folder(run.run_id) / "duplicate_claims.csv"
    head, *_ = file.read_text(encoding="utf-8").splitlines()
    claims = sorted(nodes(base, "Claim"))[:5]
    pairs = [(0, 1, "1.00"), (1, 2, "3.00"), (0, 2, "2.00"), (3, 4, "0.50")]
    rows = [f"{claims[a]},{claims[b]},same_invoice,1.000000,{m},r,由" for a, b, m in pairs]
    file.chmod(0o644)
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    part = findings_part(case.folder, run, base)
    sets = sorted(
        (row["n_claims"], row["fund_amount_at_risk_fen"])
        for row in nodes(part, "DuplicateSet").values()
    )
    assert sets == [(2, 50), (3, 500)], "of three claims two are paid too often: 3.00 + 2.00"


def test_a_run_of_another_snapshot_is_refused(case: Workspace, workspace: WorkspaceFolder) -> None:
    deliver(workspace, TABLES)
    other = snapshot_part(workspace, workspace.snapshot())
    with pytest.raises(StoreError, match="looked at snapshot"):
        findings_part(case.folder, case.runs()[0], other)
