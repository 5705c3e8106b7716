"""How long a person waits for a look into the graph: neighbourhoods, paths, search.

    python benchmarks/bench_graph_reads.py --claims 10000000 --neo4j

Medians and 95th percentiles over seeded random nodes of a graph of that many claims, in the
embedded store and, if asked, in Neo4j filled offline with the same graph. The first call opens
files and stands apart. Goal: a neighbourhood of one hop within 50 ms, the embedded store, median.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.graph_maker import Graph, import_graph, make_graph, open_graph, size_mb
from graphfraud.errors import StoreError
from graphfraud.graph.contract import Store
from graphfraud.graph.embedded import EmbeddedStore
from graphfraud.graph.embedded_fill import SHELF
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.store import Neo4jStore

GOAL_MS = 50.0
SECONDS = 60.0  # no question is asked for longer than this
Call = Callable[[Store], int]


class Question(NamedTuple):
    """A way of asking, once for each sample; a call answers how much was found."""

    name: str
    calls: list[Call]
    goal_ms: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--neo4j", action="store_true", help="ask Neo4j as well")
    parser.add_argument("--folder", type=Path, help="where the graph is made, and found again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        with timed("feeds, snapshot and projection, where not there already"):
            make_graph(folder, given.claims)
        graph = open_graph(folder)
        print(f"{graph.nodes:,} nodes, {graph.edges:,} relationships")
        ask_embedded(graph, given.samples, given.seed)
        if given.neo4j:
            ask_neo4j(graph, given.samples, given.seed)


def ask_embedded(graph: Graph, samples: int, seed: int) -> None:
    with EmbeddedStore(graph.workspace, graph.snapshot) as store:
        with timed("fill the embedded store"):
            store.fill(graph.part, rebuild=True)
        derived = graph.part.folder.with_name(SHELF)
        print(f"on disk: part {size_mb(graph.part.folder):,.0f} MB, adjacency and names", end=" ")
        print(f"{size_mb(derived):,.0f} MB")
        show("embedded", store, questions(store, graph, samples, seed))


def ask_neo4j(graph: Graph, samples: int, seed: int) -> None:
    with tempfile.TemporaryDirectory(dir=graph.workspace.path.parent) as fresh:
        server = LocalServer(Path(fresh) / "home", port=0)
        try:
            steps = import_graph(server, graph)
            print(", ".join(f"{step} {ms / 1000:.1f} s" for step, ms in steps.items()))
            data = server.home / "data"
            taken = size_mb(data / "databases" / "neo4j", data / "transactions" / "neo4j")
            print(f"on disk: Neo4j {taken:,.0f} MB")
            with Neo4jStore(Connection(server.login), graph.snapshot) as store:
                show("Neo4j", store, questions(store, graph, samples, seed))
        finally:
            server.stop()


@contextmanager
def timed(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.1f} s", flush=True)


def questions(store: Store, graph: Graph, samples: int, seed: int) -> Iterator[Question]:
    """Yield every question; the same seed asks the same of both stores."""
    chance = np.random.default_rng(seed)
    persons, others, facilities = (
        chance.choice(graph.numbers(kind), samples).tolist()
        for kind in ("InsuredPerson", "InsuredPerson", "Facility")
    )
    for kind, numbers in (("person", persons), ("facility", facilities)):
        for hops in (1, 2):
            calls: list[Call] = [partial(around, number, hops) for number in numbers]
            yield Question(f"{kind}, {hops} hop", calls, GOAL_MS if hops == 1 else None)
    pairs = zip(persons, others, strict=True)
    yield Question("path of persons", [partial(between, *pair) for pair in pairs])
    names = [named(store, number) for number in facilities]
    yield Question("search id", [partial(search, store.nodes([one])[0].id) for one in persons])
    yield Question("search person", [partial(search, named(store, one)) for one in persons])
    yield Question("search prefix", [partial(search, name[:4]) for name in names])
    yield Question("search part", [partial(search, name[1:]) for name in names])
    yield Question("search fuzzy", [partial(search, f"{name[:3]}〇{name[4:]}") for name in names])


def named(store: Store, number: int) -> str:
    return store.nodes([number])[0].caption


def around(number: int, hops: int, store: Store) -> int:
    return len(store.neighbourhood([number], hops=hops).nodes)


def between(start: int, end: int, store: Store) -> int:
    try:
        return len(store.paths(start, end))
    except StoreError:  # too much lies between them: the store says so instead of going on
        return 0


def search(text: str, store: Store) -> int:
    return len(store.search(text))


def show(title: str, store: Store, asked: Iterator[Question]) -> None:
    """Ask everything, and print a line for each question."""
    print(f"{title:16} {'asked':>5} {'first ms':>9} {'median ms':>9} {'p95 ms':>9} {'found':>7}")
    for question in asked:
        times, found = ask(store, question.calls)
        first, median, late = times[0], *np.percentile(times[1:] or times, [50, 95])
        goal = verdict(question, float(median)) if title == "embedded" else ""
        line = f"{len(times):5} {first:9.1f} {median:9.1f} {late:9.1f} {np.mean(found):7.1f}"
        print(f"{question.name:16} {line}{goal}", flush=True)


def ask(store: Store, calls: list[Call]) -> tuple[list[float], list[int]]:
    """Return the milliseconds and the size of each answer, until the time is up."""
    begun, times, found = time.perf_counter(), [], []
    for call in calls:
        started = time.perf_counter()
        found.append(call(store))
        times.append((time.perf_counter() - started) * 1000)
        if time.perf_counter() - begun > SECONDS:
            break
    return times, found


def verdict(question: Question, median: float) -> str:
    if question.goal_ms is None:
        return ""
    return f"  goal {question.goal_ms:g} ms: {'met' if median <= question.goal_ms else 'MISSED'}"


if __name__ == "__main__":
    main()
