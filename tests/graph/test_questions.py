"""Saved questions: answered by hand, by what was planted, and alike by both stores."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import neo4j
import pytest

from graphfraud.graph.contract import Store, Value
from graphfraud.graph.embedded import EmbeddedStore
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.neo4j.catalogue import statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.store import Neo4jStore
from graphfraud.graph.projection import snapshot_part
from graphfraud.graph.questions import QUESTIONS, checked
from graphfraud.resources import bundled
from graphfraud.workspace import Snapshot, WorkspaceFolder
from tests.graph.case_answers import BY_HAND, Row
from tests.graph.case_by_hand import by_hand
from tests.graph.case_by_lot import by_lot

Stores = Mapping[str, Store]
TYPES = {"text": str, "integer": int, "money": int, "time": datetime, "date": date}
LOOSE: Mapping[str, Value] = {
    "ring": "R2", "rows": 100_000, "persons": 3, "regions": 2, "claims": 1, "minutes": 120,
    "hours": 60, "days": 9, "steps": 4, "payments": 2, "purchases": 1, "percent": 30,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A workspace whose newest run is to be shown on the snapshot it looked at."""

    workspace: WorkspaceFolder

    @property
    def snapshot(self) -> Snapshot:
        return self.workspace.get_snapshot(self.workspace.runs()[0].snapshot_id)

    def show(self, store: Store) -> Store:
        base = snapshot_part(self.workspace, self.snapshot)
        store.fill(base, rebuild=True)
        store.publish(findings_part(self.workspace, self.workspace.runs()[0], base))
        return store


@pytest.fixture(scope="module")
def cases(first_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Case]:
    folder = tmp_path_factory.mktemp("questions")
    copy = Path(shutil.copytree(first_run, folder / "fixture"))
    return {
        "hand": Case(by_hand(folder / "hand")),
        "lot": Case(by_lot(folder / "lot", 7)),
        "fixture": Case(WorkspaceFolder.open(copy)),
    }


@pytest.fixture(scope="module")
def embedded(cases: Mapping[str, Case]) -> Iterator[Stores]:
    stores = {
        n: case.show(EmbeddedStore(case.workspace, case.snapshot)) for n, case in cases.items()
    }
    yield stores
    for store in stores.values():
        store.__exit__(None, None, None)


@pytest.fixture(scope="module")
def on_neo4j(cases: Mapping[str, Case], neo4j_server: LocalServer) -> Iterator[Stores]:
    """Return the same graphs, all in one database: an answer must not look at another graph."""
    stores = {
        n: case.show(Neo4jStore(Connection(neo4j_server.login), case.snapshot))
        for n, case in cases.items()
    }
    yield stores
    for store in stores.values():
        with store:
            store.remove()


@pytest.mark.parametrize(("question", "parameters", "rows"), BY_HAND)
def test_by_hand(
    embedded: Stores, question: str, parameters: Mapping[str, Value], rows: list[Row]
) -> None:
    columns, found = embedded["hand"].ask(question, parameters)
    assert columns == tuple(QUESTIONS[question].columns)
    assert found == rows


def test_every_question_is_answered_by_hand() -> None:
    assert {question for question, _, rows in BY_HAND if rows} == set(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_stores_answer_alike(embedded: Stores, on_neo4j: Stores, question: str) -> None:
    ways = ({"rows": 100_000}, {"rows": 3}, {n: LOOSE[n] for n in QUESTIONS[question].parameters})
    for name, store in embedded.items():
        for parameters in ways:
            assert on_neo4j[name].ask(question, parameters) == store.ask(question, parameters)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_crowd_has_many_answers_of_the_right_types(embedded: Stores, question: str) -> None:
    _, rows = embedded["lot"].ask(question, {"rows": 100_000, **_loose(question)})
    assert len(rows) >= 4
    assert len(embedded["lot"].ask(question, {"rows": 3, **_loose(question)})[1]) == 3
    for row in rows:
        for column, value in zip(QUESTIONS[question].columns.values(), row, strict=True):
            assert value is None or type(value) is TYPES[column.type]


def _loose(question: str) -> dict[str, Value]:
    """Return what lets most through: least counts, longest times, every ring."""
    wide: dict[str, Value] = {"persons": 2, "claims": 1, "minutes": 60, "steps": 4, "percent": 1}
    return {n: wide[n] for n in QUESTIONS[question].parameters if n in wide}


def _truth(name: str) -> list[list[str]]:
    file = bundled("sample_data") / "fixture" / "truth" / f"{name}.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.reader(lines))[1:]


def _pairs(kind: str, name: str) -> set[tuple[str, str]]:
    return {(a, b) for a, b, planted in _truth(name) if planted == kind}


def _answers(embedded: Stores, question: str, *columns: str) -> set[tuple[Value | None, ...]]:
    known, rows = embedded["fixture"].ask(question)
    places = [known.index(column) for column in columns]
    return {tuple(row[place] for place in places) for row in rows}


def test_what_was_planted_in_pairs(embedded: Stores) -> None:
    stays = _answers(embedded, "overlapping_stays", "stay_claim_id", "claim_id")
    assert stays == _pairs("overlapping_stay", "duplicates")
    again = _answers(embedded, "refund_loops", "claim_id", "again_claim_id")
    assert again == _pairs("resettled", "duplicate_lookalikes")
    regions = _answers(embedded, "cross_region_claims", "claim_id", "other_claim_id")
    invoices = _pairs("same_invoice", "duplicates")
    assert {frozenset(pair) for pair in regions} >= {frozenset(pair) for pair in invoices}


def test_who_was_planted(embedded: Stores) -> None:
    ids = _answers(embedded, "two_identities", "basis", "person_id")
    twins = {one for pair in _truth("identities") for one in pair}
    assert {one for basis, one in ids if basis == "id_number"} == twins
    planted = {name for _, kind, name, _ in _truth("ring_members") if kind == "person"}
    members = _answers(embedded, "ring_members", "ring_id", "kind", "member_id")
    rings = {ring: set[Value | None]() for ring, _, _ in members}
    for ring, kind, member in members:
        if kind == "InsuredPerson":
            rings[ring].add(member)
    assert planted in rings.values()
    watched = _answers(embedded, "watchlist_neighbours", "watched_id", "steps")
    assert watched == {("P35020000000", 1), ("35020000000009", 1)}


def test_duplicate_sets_are_those_of_the_run(embedded: Stores, cases: Mapping[str, Case]) -> None:
    folder = cases["fixture"].workspace.run_folder(cases["fixture"].workspace.runs()[0].run_id)
    with (folder / "duplicate_claims.csv").open(encoding="utf-8") as lines:
        pairs = list(csv.DictReader(lines))
    answers = _answers(embedded, "duplicate_sets", "claim_id")
    assert answers == {(pair[end],) for pair in pairs for end in ("claim_id_a", "claim_id_b")}


@pytest.mark.parametrize("question", QUESTIONS)
def test_neo4j_has_nothing_to_remark(
    on_neo4j: Stores, neo4j_server: LocalServer, question: str
) -> None:
    assert on_neo4j
    login = neo4j_server.login
    given = {**checked(question)[1], "graph": 1}
    driver = neo4j.GraphDatabase.driver(
        login.uri, auth=(login.user, login.password), notifications_min_severity="INFORMATION"
    )
    with driver, driver.session() as session:
        result = session.run(f"EXPLAIN {statement(f'questions/{question}')}", given)
        assert list(result.keys()) == list(QUESTIONS[question].columns)
        summary = result.consume()
    assert [s.gql_status for s in summary.gql_status_objects if s.gql_status[:2] != "00"] == []


@pytest.mark.parametrize(
    "ring",
    ["'", "' OR 1=1 //", "\\u0060", "R1; DROP TABLE x", "字" * 9999],
    ids=["quote", "condition", "escape", "statement", "long"],
)
def test_hostile_text_is_only_text(embedded: Stores, on_neo4j: Stores, ring: str) -> None:
    for stores in (embedded, on_neo4j):
        assert stores["hand"].ask("ring_members", {"ring": ring})[1] == []
