"""The work that the graph load benchmark times: our load, a plain UNWIND script, offline import.

All start from the same Parquet files and leave the same graph with the same indexes on a server
that had none. The script is what a user would write who wants speed and no more: a transaction a
batch, no guard against a load that breaks off, nothing checked. Two sessions of it lock each
other's nodes out now and then; the driver tries again what the server rolled back as a deadlock.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import neo4j

from benchmarks.graph_maker import Graph, import_graph, plain_driver
from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.rows import Row, Stream, batches, streams
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.store import Neo4jStore
from graphfraud.model.ontology import NodeKind, Property, RelationshipKind

BASE = 1 << 40
_MADE = {"time": "localdatetime({})", "date": "date({})"}
Answer = dict[str, int]
Work = Callable[[LocalServer, Graph], Answer]


class Clock:
    """Notes when the first row was at hand, when the last node was out, the last relationship."""

    def __init__(self, graph: Graph) -> None:
        """Start the clock of the whole job now; that of the rows starts with the first."""
        self._graph = graph
        self._begun = time.perf_counter()
        self._rows = self._nodes = self._edges = 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:  # noqa: ARG002 - Progress
        """Take the progress of a load; other stages have other totals."""
        if total != self._graph.nodes + self._graph.edges:
            return
        now = time.perf_counter()
        self._rows = self._rows or now
        if done >= self._graph.nodes and not self._nodes:
            self._nodes = now
        if done == total:
            self._edges = now

    def answer(self) -> Answer:
        """Return the milliseconds of nodes, of relationships and of all until now."""
        seconds = {
            "nodes": self._nodes - self._rows,
            "edges": self._edges - self._nodes,
            "whole": time.perf_counter() - self._begun,
        }
        return {name: int(one * 1000) for name, one in seconds.items()}


def ours(server: LocalServer, graph: Graph) -> Answer:
    """Fill the graph as the product does: guarded batches, indexes, counts compared."""
    clock = Clock(graph)
    with Neo4jStore(Connection(server.login), graph.snapshot) as store:
        store.fill(graph.part, clock)
        return clock.answer()


class Shelf:
    """Batches to be sent, for several sessions to take from; notes the time with each."""

    def __init__(self, clock: Clock, rows_in_all: int) -> None:
        """Begin with nothing done."""
        self.made: Iterator[list[Row]] = iter(())
        self._clock, self._done, self._in_all = clock, 0, rows_in_all
        self._lock = Lock()

    def take(self) -> list[Row]:
        """Return the next batch; an empty one when all are taken."""
        with self._lock:
            self._clock("", self._done, self._in_all)
            rows = next(self.made, [])
            self._done += len(rows)
            return rows


def plain(size: int, sessions: int) -> Work:
    """Return the plain script with batches of this size, sent in so many sessions at once."""

    def work(server: LocalServer, graph: Graph) -> Answer:
        clock = Clock(graph)
        shelf = Shelf(clock, graph.nodes + graph.edges)
        with (
            plain_driver(server) as driver,
            driver.session() as session,
            ThreadPoolExecutor(sessions) as pool,
        ):
            _run_all(session, "schema/constraint_entity")
            for stream, text in _scripts(graph):
                shelf.made = batches(stream, size)
                jobs = [pool.submit(_empty, shelf, driver, text) for _ in range(sessions)]
                for job in jobs:
                    job.result()
            _run_all(session, "schema/id_", "schema/name_")
            _run_all(session, "schema/await")
            return clock.answer()

    return work


def _empty(shelf: Shelf, driver: neo4j.Driver, text: str) -> None:
    with driver.session() as session:
        while rows := shelf.take():
            session.execute_write(_write, text, rows)


def _write(transaction: neo4j.ManagedTransaction, text: str, rows: list[Row]) -> None:
    transaction.run(text, base=BASE, rows=rows).consume()


def _run_all(session: neo4j.Session, *beginnings: str) -> None:
    found = [name for name in names() if name.startswith(beginnings)]
    assert found, beginnings
    for name in found:
        session.run(statement(name)).consume()


def _scripts(graph: Graph) -> Iterator[tuple[Stream, str]]:
    """Yield what there is to load, each with its statement."""
    nodes = {one.name: one for one in graph.part.node_kinds()}
    edges = {one.name: one for one in graph.part.edge_kinds()}
    for stream in streams(graph.part):
        if stream.name in edges:
            yield stream, edge_script(edges[stream.name])
        else:
            yield stream, node_script(nodes[stream.name.partition("_")[0]], stream.label or "")


def node_script(kind: NodeKind, label: str) -> str:
    """Return the statement that creates nodes of a kind."""
    labels = ":".join(one for one in ("Entity", kind.name, label) if one)
    head = ["key: $base + row[0]", "graph: 1", "id: row[1]"]
    cells = ", ".join(head + _properties(kind.columns))
    return f"UNWIND $rows AS row CREATE (:{labels} {{{cells}}})"


def edge_script(kind: RelationshipKind) -> str:
    """Return the statement that creates relationships of a kind."""
    hub, other = kind.sides
    return (
        f"UNWIND $rows AS row MATCH ({hub}:Entity {{key: $base + row[0]}}) "
        f"MATCH ({other}:Entity {{key: $base + row[1]}}) "
        f"CREATE (source)-[:{kind.name} {{{', '.join(_properties(kind.columns))}}}]->(target)"
    )


def _properties(columns: tuple[Property, ...]) -> list[str]:
    cells = (_MADE.get(one.type, "{}").format(f"row[{at}]") for at, one in enumerate(columns, 2))
    return [f"{one.name}: {cell}" for one, cell in zip(columns, cells, strict=True)]


def offline(server: LocalServer, graph: Graph) -> Answer:
    """Write files, import them into the stopped server, start it, make the indexes."""
    return import_graph(server, graph)


CONTENDERS: dict[str, Work] = {
    "ours": ours,
    "plain": plain(5_000, sessions=2),
    "import": offline,
}
