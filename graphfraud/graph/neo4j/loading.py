"""Fills a Neo4j database from graph parts, so that no interruption loses or doubles anything.

Invariants: a batch's rows are committed together with its guard, a `LoadBatch` node whose id is
unique, so a batch happens once however often it is sent. Batches are cut by row numbers and named
by them, so the next load of the same part knows which are there. Every batch names the round of
its load; a load that was given up, removed or begun anew finds no graph to write to: a batch takes
the lock of its lane, whoever ends a load takes those of all lanes. Batches of one kind may come in
any order; every node is there before the first relationship.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Self

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.connection import AlreadyThereError, Connection
from graphfraud.graph.neo4j.entry import COMPLETE, REMOVING, Entry, entry_of
from graphfraud.graph.neo4j.retry import persistently
from graphfraud.graph.neo4j.rows import Row, Stream, as_sent, batches, streams
from graphfraud.graph.neo4j.schema import make_indexes, prepare
from graphfraud.graph.part import Part
from graphfraud.progress import Progress, silent

BATCH_ROWS = 5_000
AT_ONCE = 3  # the server writes two while the driver packs the next
LANES = 8  # how many may be under way at most
_STAGE, _REMOVE = "fill graph", "remove graph"
_GUARD = "LoadBatch"
_GIVEN_UP = "The graph was removed, or begun anew, by another process."
_REBUILD = "Run graphfraud graph fill with --rebuild."
_FILL_AGAIN = "Run graphfraud graph fill again; --rebuild makes the graph anew."


def fill(
    connection: Connection,
    part: Part,
    progress: Progress = silent,
    *,
    rebuild: bool = False,
    batch_rows: int = BATCH_ROWS,
    at_once: int = AT_ONCE,
) -> bool:
    """Fill in a snapshot's part; False where it is there. See contract.Store.fill.

    at_once: how many batches are under way, each in a connection of its own; at most LANES.
    """
    prepare(connection)
    known = entry_of(connection, part.snapshot_id)
    if known and (rebuild or known.state == REMOVING):
        remove(connection, part.snapshot_id, progress)
    entry = _begin(connection, part, batch_rows)
    if entry.state == COMPLETE:
        make_indexes(connection, progress)  # an offline import brings no indexes
        return False
    _load(connection, part, entry, progress, at_once)
    make_indexes(connection, progress)
    check_counts(connection, part, entry)
    _end(connection, "load/complete", entry)
    return True


def publish(connection: Connection, part: Part, entry: Entry, progress: Progress = silent) -> bool:
    """Add what a run found to a whole graph, in place of another run's; False where it is there."""
    same = entry.run == part.run_id and entry.run_checksum == part.checksum.text
    if same and entry.run_state == COMPLETE:
        return False
    if not same:
        clear_findings(connection, entry)
        parameters = {"graph": entry.number, "run": part.run_id, "checksum": part.checksum.text}
        rows = connection.write("publish/begin", {**parameters, "lanes": LANES})
        if not rows:
            raise StoreError(_GIVEN_UP, hint=_FILL_AGAIN)
        entry = replace(entry, round=int(str(rows[0][0])))
    _load(connection, part, entry, progress)
    check_counts(connection, part, entry)
    _end(connection, "publish/complete", entry)
    return True


def clear_findings(connection: Connection, entry: Entry) -> None:
    """Remove what a run published: its relationships, then its nodes."""
    if not connection.write("publish/withdraw", {"graph": entry.number}):
        raise StoreError(_GIVEN_UP, hint=_FILL_AGAIN)
    _until_none(connection, "publish/clear_edges", {**entry.own, "rows": BATCH_ROWS})
    _sweep(connection, "load/remove_nodes", entry.found, silent)


def remove(connection: Connection, snapshot_id: str, progress: Progress = silent) -> None:
    """Remove a snapshot's graph and all that hangs on it; nothing where there is none."""
    entry = entry_of(connection, snapshot_id)
    if entry is None:
        return
    begun = connection.write("load/begin_removal", {"snapshot": snapshot_id})
    if not begun:
        return
    # Another process may have made the graph anew since it was looked up.
    entry = replace(entry, number=int(str(begun[0][0])))
    for step in ("load/remove_edges", "load/remove_nodes"):
        _sweep(connection, step, entry.whole, progress)
    _until_none(connection, "load/remove_batches", {"graph": entry.number, "rows": BATCH_ROWS})
    connection.write("load/end_removal", {"graph": entry.number})


def _begin(connection: Connection, part: Part, batch_rows: int) -> Entry:
    given = {
        "snapshot": part.snapshot_id,
        "batch_rows": batch_rows,
        "checksum": part.checksum.text,
        "lanes": LANES,
    }
    connection.write("load/begin_graph", given)
    entry = entry_of(connection, part.snapshot_id)
    if entry is None or entry.state == REMOVING:
        raise StoreError(_GIVEN_UP, hint=_FILL_AGAIN)
    if entry.checksum != part.checksum.text:
        raise StoreError(
            "The database holds this snapshot's graph as another version of graphfraud made it.",
            hint=_REBUILD,
        )
    return entry


def _end(connection: Connection, name: str, entry: Entry) -> None:
    if not connection.write(name, {"graph": entry.number, "round": entry.round}):
        raise StoreError(_GIVEN_UP, hint=_FILL_AGAIN)


def _load(
    connection: Connection, part: Part, entry: Entry, progress: Progress, at_once: int = AT_ONCE
) -> None:
    """Send every batch that is not there yet."""
    done = {str(row[0]) for row in connection.stream("read/batches", {"graph": entry.number})}
    totals = (*part.checksum.nodes.values(), *part.checksum.edges.values())
    rows_in_all, rows_done = sum(total.n for total in totals), 0
    for stream in streams(part):
        with _Senders(connection, stream, entry, at_once) as senders:
            for batch, rows in _numbered(stream, entry):
                progress(_STAGE, rows_done, rows_in_all)
                rows_done += len(rows)
                if batch not in done:
                    senders.send(batch, rows)
    progress(_STAGE, rows_done, rows_in_all)


class _Senders:
    """Sends batches of one stream, some at once; leaving it, all of them are there."""

    def __init__(self, connection: Connection, stream: Stream, entry: Entry, at_once: int) -> None:
        self._head = (connection, stream, entry)
        self._free_lanes = deque(range(min(at_once, LANES)))
        self._at_once = len(self._free_lanes)
        self._pool = ThreadPoolExecutor(self._at_once)
        self._under_way = set[Future[None]]()

    def __enter__(self) -> Self:
        return self

    def send(self, batch: str, rows: list[Row]) -> None:
        """Begin to send a batch, once there is room for it."""
        self._wait(self._at_once - 1)
        self._under_way.add(self._pool.submit(self._send, batch, rows))

    def _send(self, batch: str, rows: list[Row]) -> None:
        lane = self._free_lanes.popleft()  # there are as many as threads
        try:
            _send(*self._head, batch, rows, lane)
        finally:
            self._free_lanes.append(lane)

    def _wait(self, left: int) -> None:
        while len(self._under_way) > left:
            done, self._under_way = wait(self._under_way, return_when=FIRST_COMPLETED)
            for one in done:
                one.result()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._wait(0)
        finally:
            self._pool.shutdown()  # waits: what was begun is heard out, whatever went wrong


def _numbered(stream: Stream, entry: Entry) -> Iterator[tuple[str, list[Row]]]:
    prefix = f"{entry.number}/{entry.round}/{stream.name}"
    for place, rows in enumerate(batches(stream, entry.batch_rows)):
        yield f"{prefix}/{place}", rows


def _send(
    connection: Connection, stream: Stream, entry: Entry, batch: str, rows: list[Row], lane: int = 0
) -> None:
    """Write one batch once: what was committed unheard is recognised by its guard."""
    head = {"graph": entry.number, "round": entry.round, "base": entry.base}
    given = as_sent(stream, rows)
    of_batch = {**head, "lane": lane, "batch": batch, "rows": given}
    try:
        added = persistently(lambda: connection.write(stream.statement, of_batch))
    except AlreadyThereError as error:
        if _GUARD in error.message:
            return
        raise StoreError(
            f"The database holds nodes of this graph that no batch accounts for: {error.message}",
            hint=_REBUILD,
        ) from error
    if added != [[len(rows)]]:
        written = added[0][0] if added else 0
        if not written:
            raise StoreError(_GIVEN_UP, hint=_FILL_AGAIN)
        # The batch is there, with its guard; what its relationships should join is not.
        raise StoreError(f"Batch {batch} wrote {written} of {len(rows)} rows.", hint=_REBUILD)
    # The driver's result keeps its parameters until Python's next full collection, seconds later.
    given.clear()


def check_counts(connection: Connection, part: Part, entry: Entry) -> None:
    """Raise StoreError where the database does not hold as many of each kind as the part has."""
    found = {str(k): int(str(n)) for k, n in _counts(connection, part, entry)}
    totals = {**part.checksum.nodes, **part.checksum.edges}
    wrong = [k for k, total in totals.items() if found.get(k, 0) != total.n]
    if wrong:
        one = wrong[0]
        raise StoreError(
            f"The database holds {found.get(one, 0):,} of {totals[one].n:,} {one}.",
            hint=_REBUILD,
        )


def _counts(connection: Connection, part: Part, entry: Entry) -> list[list[object]]:
    nodes = entry.found if part.run_id else entry.own
    labels = connection.rows("read/count_nodes", nodes)
    return labels + connection.rows("read/count_edges", entry.whole)


def _until_none(connection: Connection, name: str, parameters: dict[str, int]) -> None:
    while connection.write(name, parameters)[0][0]:
        pass


def _sweep(connection: Connection, name: str, keys: Mapping[str, int], progress: Progress) -> None:
    """Run a removing statement over a range of keys, some thousands of keys at a time."""
    first, beyond = keys["first"], keys["beyond"]
    while True:
        rows = connection.rows("load/key_range", {"first": first, "beyond": beyond})
        if rows[0][0] is None:
            return
        first = int(str(rows[0][0])) + BATCH_ROWS
        progress(_REMOVE, first - keys["first"], None)
        connection.write(name, {"first": first - BATCH_ROWS, "beyond": min(first, beyond)})
