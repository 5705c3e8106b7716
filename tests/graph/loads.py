"""What the tests of loading begin with: a small snapshot, two runs, and a connection that fails."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import neo4j

from graphfraud.errors import StoreError
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.neo4j import loading, sums
from graphfraud.graph.neo4j.catalogue import statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.entry import Entry, entry_of
from graphfraud.graph.neo4j.loading import fill, publish
from graphfraud.graph.neo4j.rows import as_sent, streams
from graphfraud.graph.neo4j.schema import prepare
from graphfraud.graph.part import Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.model.results import RESULTS
from graphfraud.progress import Progress
from graphfraud.workspace import RunRecord, Snapshot, WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver
from tests.graph.case_rows import RING, member, support, tie, twins
from tests.graph.test_projection import TABLES

BATCH_ROWS = 2
_PATIENCE_SECONDS = 1.0  # enough to meet a lock, or to finish where there is none
_NOTHING: Mapping[str, object] = {}
RINGS_A: Mapping[str, Sequence[Row]] = {
    "rings": [{**RING, "ring_id": "RA"}],
    "ring_members": [member("RA", "person", "P1"), member("RA", "person", "P2")],
    "ring_ties": [tie("RA", "P1", "P2")],
    "ring_claims": [support("RA", 1, "C1"), support("RA", 1, "C2"), support("RA", 2, "C3")],
    "duplicate_claims": [twins("C1", "C2", "5.00")],
}
RINGS_B: Mapping[str, Sequence[Row]] = {
    "rings": [{**RING, "ring_id": name} for name in ("RA", "RB", "RC")],
    "ring_members": [member("RA", "person", "P1"), member("RB", "person", "P9")],
    "ring_ties": [tie("RB", "P1", "P9"), tie("RA", "P1", "P2"), tie("RC", "P2", "P9")],
}


@dataclass(frozen=True)
class Parts:
    """The graph parts of a snapshot and of two runs on it, and of another snapshot."""

    base: Part
    run_a: Part
    run_b: Part
    other: Part


def small_parts(folder: Path) -> Parts:
    """Make them: some thirteen kinds of node, few of each."""
    workspace = WorkspaceFolder.open(folder, create=True)
    deliver(workspace, TABLES)
    first = workspace.snapshot()
    base = snapshot_part(workspace, first)
    run_a = findings_part(workspace, _run(workspace, first, "a", RINGS_A), base)
    run_b = findings_part(workspace, _run(workspace, first, "b", RINGS_B), base)
    deliver(workspace, {"claims": [claim(f"X{n}", "P1") for n in range(5)]})
    return Parts(base, run_a, run_b, snapshot_part(workspace, workspace.snapshot()))


def _run(
    workspace: WorkspaceFolder, snapshot: Snapshot, name: str, found: Mapping[str, Sequence[Row]]
) -> RunRecord:
    with workspace.staging() as staging:
        for table_name, table in RESULTS.items():
            with (staging / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(table.columns), restval="")
                writer.writeheader()
                writer.writerows(found.get(table_name, []))
        (staging / "run.json").write_text("{}", encoding="utf-8")
        record = RunRecord(name, snapshot.snapshot_id, "{}", 1, "0", name)
        return workspace.publish_run(staging, record)


def batches_of(part: Part, size: int = BATCH_ROWS) -> int:
    """Return into how many batches a part is cut."""
    return sum(-(-one.rows // size) for one in streams(part))


class WatchedConnection(Connection):
    """Notes the batches that were written; before the nth it does what it was told, once."""

    def __init__(
        self, server: Server, nth: int = 0, act: Callable[[], None] = lambda: None
    ) -> None:
        """Connect; nth counts from 1, and 0 is never."""
        super().__init__(server, retry_seconds=2.0)
        self.sent: list[str] = []
        self._nth, self._act, self._begun = nth, act, count(1)

    def write(self, name: str, parameters: Mapping[str, object] = _NOTHING) -> list[list[Any]]:
        """Act where it is time, then write as ever."""
        if "batch" not in parameters:
            return super().write(name, parameters)
        if next(self._begun) == self._nth:
            self._act()
        written = super().write(name, parameters)
        self.sent.append(str(parameters["batch"]))
        return written


def stopping(at: str, after: int) -> Progress:
    """Return a progress in which somebody presses Ctrl-C at the nth report of a stage."""
    met = iter(range(1, 1000))

    def progress(stage: str, done: int, total: int | None) -> None:
        del done, total
        if stage == at and next(met) == after:
            raise KeyboardInterrupt

    return progress


def broken() -> None:
    """Fail as a connection does."""
    raise StoreError("The cable is cut.")


def the_entry(connection: Connection, part: Part) -> Entry:
    """Return what the database says of the part's graph; it must be there."""
    entry = entry_of(connection, part.snapshot_id)
    assert entry
    return entry


def fill_in(connection: Connection, part: Part, *, rebuild: bool = False) -> bool:
    """Fill a snapshot's part in, in small batches."""
    return fill(connection, part, rebuild=rebuild, batch_rows=BATCH_ROWS)


def publish_part(connection: Connection, part: Part) -> bool:
    """Publish a run on the graph as it is now."""
    return publish(connection, part, the_entry(connection, part))


def held(connection: Connection, part: Part, spill: Path) -> str:
    """Return the checksum of what the database holds of a snapshot, findings included, as text."""
    return sums.checksum(connection, the_entry(connection, part), spill).text


def ask(driver: neo4j.Driver, text: str, **parameters: object) -> list[Any]:
    """Return the first column of what a statement finds, past the product."""
    with driver.session() as session:
        return session.run(neo4j.Query(text), parameters).value()


def begin(connection: Connection, part: Part) -> Entry:
    """Begin a graph, as a load does before its first batch."""
    prepare(connection)
    return loading._begin(connection, part, BATCH_ROWS)


@contextmanager
def halfway(driver: neo4j.Driver, name: str, **given: object) -> Iterator[None]:
    """Run a statement of the product, and commit it only at the end."""
    with driver.session() as session, session.begin_transaction() as transaction:
        transaction.run(statement(name), dict(given)).consume()
        yield
        transaction.commit()


def in_the_meantime(act: Callable[[], object]) -> "Future[object]":
    """Begin something in a thread of its own, and give it the time to meet a lock."""
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(act)
    pool.shutdown(wait=False)
    wait([begun], _PATIENCE_SECONDS)
    return begun


def batch_of(
    part: Part, entry: Entry, place: int = 0, lane: int = 0
) -> tuple[str, Mapping[str, object]]:
    """Return the statement of a part's nth batch, of the first kind, and what it is given."""
    stream = next(streams(part))
    name, rows = next(islice(loading._numbered(stream, entry), place, None))
    head = {"graph": entry.number, "round": entry.round, "base": entry.base}
    return stream.statement, {**head, "lane": lane, "batch": name, "rows": as_sent(stream, rows)}
