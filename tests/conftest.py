"""A workspace with one feed and one run, written by hand: two rings, one pair of duplicates."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from graphfraud.api import Results, Workspace, open_workspace
from graphfraud.model.results import RESULTS
from graphfraud.model.tables import TABLES
from graphfraud.resources import bundled
from graphfraud.workspace import Feed, RunRecord, TableCount
from tests.made_once import made_once
from tests.quick import QUICK

SOURCE = "as it came"
SOURCE_HASH = hashlib.sha256(SOURCE.encode()).hexdigest()
RING_A, RING_B = "R0000000000000aa", "R0000000000000ab"
# Files whose tests share what is dear to make, and keep it in one process of `pytest -n`.
TOGETHER = {
    "tests/api/test_projection.py",
    "tests/findings/test_detect.py",
    "tests/graph/test_embedded.py",
    "tests/graph/test_questions.py",
    "tests/graph/test_store.py",
    "tests/graph/test_store_search.py",
    "tests/patterns/test_trace_code.py",
    "tests/ui/test_browser.py",
}
DEAR = {"planted", "clean", "hard"}  # samples: every test that asks for one, in one process


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares something dear, unless it shares a server with others."""
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue
        file = item.nodeid.partition("::")[0]
        if file in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(Path(file).stem))
        elif file.startswith("tests/sample_data/") and DEAR & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker(pytest.mark.xdist_group("samples"))


def _lines(name: str, rows: list[dict[str, str]]) -> str:
    columns = list(RESULTS[name].columns)
    body = [",".join(row.get(column, "") for column in columns) for row in rows]
    return "\n".join([",".join(columns), *body]) + "\n"


def result_rows() -> dict[str, list[dict[str, str]]]:
    """Return the rows of every result file as text, the way a run writes them."""
    ring = {"pattern": "co_visit", "status": "lead", "score": "0.900000", "p_value": "0.001"}
    amounts = {
        "total_amount": "1234.50",
        "fund_amount": "1000.00",
        "n_persons": "3",
        "n_claims": "4",
    }
    a = (
        ring
        | amounts
        | {"ring_id": RING_A, "rank": "1", "summary_zh": "三人", "summary_en": "three"}
    )
    a |= {"variants": "rotation", "also_found_by": "dense_block", "fund_amount_once": "700.25"}
    b = ring | {"ring_id": RING_B, "rank": "2", "status": "explained", "explanation": "household"}
    persons = [("person", "007"), ("person", "008"), ("person", "009"), ("facility", "F1")]
    tie = {"ring_id": RING_A, "person_id_a": "007", "person_id_b": "008", "observed": "12"}
    visit = {"ring_id": RING_A, "facility_id": "F1", "start_time": "2025-01-02 08:00:00"}
    visit |= {"total_amount": "10.05", "fund_amount": "8.00"}
    return {
        "rings": [a, b],
        "ring_members": [
            {"ring_id": RING_A, "entity_type": kind, "entity_id": name, "role": "holder"}
            for kind, name in persons
        ],
        "ring_ties": [
            tie | {"expected": "0.3", "lift": "40", "p_value": "1e-12", "q_value": "1e-9"}
        ],
        "ring_claims": [
            visit | {"event": "1", "claim_id": "C1", "person_id": "007"},
            visit | {"event": "1", "claim_id": "C2", "person_id": "008"},
            visit | {"event": "2", "claim_id": "C3", "person_id": "007"},
        ],
        "claim_sources": [
            {"claim_id": claim, "feed_id": "f", "record_no": "1"} for claim in ("C1", "C2", "C3")
        ],
        "ring_reasons": [
            {"ring_id": RING_A, "code": "household", "found": "no", "share": "0.000000"}
            | {"sentence_zh": "不同住", "sentence_en": "no shared home"}
        ],
        "ring_signals": [
            {"ring_id": RING_A, "code": "persistence", "assessed": "yes", "value": "2.000000"}
            | {"points": "0.016667", "claims": "C1;C3"}
            | {"sentence_zh": "共在 2 天出现。", "sentence_en": "Seen on 2 days."},
            {"ring_id": RING_A, "code": "refunds", "assessed": "no", "points": "0.000000"}
            | {"sentence_zh": "未评估：没有退费列。", "sentence_en": "Not assessed: no refunds."},
        ],
        "ring_patterns": [
            {"ring_id": RING_A, "pattern": "co_visit", "status": "lead", "p_value": "0.001"}
            | {"observed": "12", "expected": "0.3", "lift": "40", "summary_en": "three"},
            {"ring_id": RING_A, "pattern": "dense_block", "status": "lead", "p_value": "1e-8"}
            | {"observed": "30", "expected": "2.5", "lift": "12", "summary_en": "same goods"}
            | {"summary_zh": "同样的药品"},
        ],
        "ring_links": [
            {"ring_id": RING_A, "pattern": "dense_block", "entity_type_a": "person"}
            | {"entity_id_a": "007", "entity_type_b": "facility", "entity_id_b": "F1"}
            | {"observed": "10", "expected": "0.5", "lift": "20", "p_value": "1e-7"}
            | {"q_value": "1e-5"},
        ],
        "peer_lines": [
            {"facility_id": "F1", "index": "odd_hours_share", "value": "0.25", "peer_median": "0.1"}
            | {"n_peers": "12", "level": "3", "peers": "region", "n": "400"},
            {"facility_id": "F1", "index": "amount_per_claim", "value": "150", "peer_median": "100"}
            | {"n_peers": "30", "level": "2", "peers": "all", "n": "400"},
            {"facility_id": "=F2", "index": "same_minute", "value": "2.4", "peer_median": "0"}
            | {"n_peers": "12", "level": "3", "peers": "region", "n": "77"},
            {"facility_id": "F3", "index": "same_minute", "value": "1.3", "peer_median": "1"}
            | {"n_peers": "12", "level": "1", "peers": "region", "n": "60"},
        ],
        "duplicate_claims": [
            {"claim_id_a": "C1", "claim_id_b": "C9", "kind": "same_invoice", "score": "1.000000"}
            | {"fund_amount_at_risk": "800.00", "reason": "one invoice"}
            | {"reason_zh": "同一发票"}
        ],
        "identity_links": [],
        "entity_scores": [{"entity_type": "person", "entity_id": "007", "degree": "2"}],
    }


@pytest.fixture
def store(tmp_path: Path) -> Workspace:
    """Return a workspace with one hand-made feed and run."""
    store = open_workspace(tmp_path / "workspace")
    _publish_feed(store)
    with store.folder.staging() as staging:
        written = result_rows()
        for name, result in RESULTS.items():
            text = _lines(name, written.get(name, []))
            (staging / result.file).write_text(text, encoding="utf-8")
        run = {
            "run_id": "run1",
            "notes": {"co_visit": ["days used"]},
            "absent_tables": ["payments"],
            "peers_not_assessed": {"refund_share": ["claims.refund_of"]},
            "counts": {},
        }
        (staging / "run.json").write_text(json.dumps(run), encoding="utf-8")
        snapshot = store.snapshot("first")
        record = RunRecord("run1", snapshot.snapshot_id, "{}", 1, "0.1.0", "hash")
        store.folder.publish_run(staging, record)
    return store


def _publish_feed(store: Workspace) -> None:
    claims = pd.DataFrame(
        {"claim_id": ["C1", "C2"], "total_amount": [1005, 5], "record_no": [1, 2]}
    )
    for column in TABLES["claims"].column_names:
        empty = None if column.endswith("_amount") else "007"
        claims[column] = claims.get(column, empty)
    rejects = {
        "table_name": ["claims"],
        "record_no": [3],
        "line_no": [4],
        "outcome": ["rejected"],
        "reason": ["amount_format"],
        "reasons": [["amount_format", "missing_id"]],
        "column_name": ["total_amount"],
        "value": ["=1+1"],
        "raw": ["x,=1+1"],
        "amount_fen": [0],
    }
    with store.folder.staging() as staging:
        (staging / "tables").mkdir()
        (staging / "source").mkdir()
        claims.to_parquet(staging / "tables" / "claims.parquet")
        pd.DataFrame(rejects).to_parquet(staging / "rejects.parquet")
        (staging / "source" / "claims.csv").write_text(SOURCE, encoding="utf-8")
        count = TableCount(read=3, loaded=2, rejected=1, read_fen=1010, loaded_fen=1010)
        feed = Feed(
            "f" * 32, "claims.csv", SOURCE_HASH, 10, "csv", "utf-8", tables={"claims": count}
        )
        store.folder.publish_feed(staging, feed)


@pytest.fixture
def results(store: Workspace) -> Results:
    """Return the hand-made run's results."""
    return store.results()


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace: the fixture loaded and looked through, with few replicates."""
    return made_once(tmp_path_factory, "first-run", _look_through_the_fixture) / "workspace"


def _look_through_the_fixture(folder: Path) -> None:
    store = open_workspace(folder / "workspace")
    fixture = bundled("sample_data") / "fixture"
    store.load([fixture / "south", fixture / "north"], as_of=date(2026, 1, 1))
    store.detect(parameters=QUICK)


@pytest.fixture
def case(first_run: Path, tmp_path: Path) -> Workspace:
    """Return the loaded fixture with one run, a copy for each test: nobody sees others' runs."""
    return open_workspace(shutil.copytree(first_run, tmp_path / "case"), create=False)


@pytest.fixture(scope="session")
def first_graph(first_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the fixture's workspace with the graph of its run, in the store it carries itself."""

    def fill(folder: Path) -> None:
        copy = shutil.copytree(first_run, folder / "workspace")
        open_workspace(copy, create=False).fill_graph()

    return made_once(tmp_path_factory, "first-graph", fill) / "workspace"


@pytest.fixture
def case_with_graph(first_graph: Path, tmp_path: Path) -> Workspace:
    """Return the loaded fixture with one run and its graph, a copy for each test."""
    return open_workspace(shutil.copytree(first_graph, tmp_path / "case"), create=False)
