"""Filling Neo4j over Bolt against the best plain UNWIND script, and beside the offline import.

    python benchmarks/bench_graph_load.py --claims 900000 --rounds 3

A lean graph of claims: 900,000 are a million nodes and 2.4 million relationships. Every load runs
in a process of its own on a fresh server, all in turns; reading and converting the Parquet files
counts for both. The peer is the script with two sessions and batches of 5,000 as ours (one session
and three were slower, and so were batches of 10,000). Goals: as many rows a second as the script at
least, and at most a gigabyte of memory.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.graph_load_work import CONTENDERS, Work
from benchmarks.graph_maker import Graph, make_graph, open_graph, plain_driver
from benchmarks.measure import Measured, in_own_process, report
from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.server import LocalServer

GOAL, GOAL_MB = 1.0, 1000
OVER_BOLT = tuple(name for name in CONTENDERS if name != "import")
Done = dict[str, list[Measured]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=90_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the graph is made, and found again")
    parser.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run_one(CONTENDERS[given.one], open_graph(given.folder))
        return
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        try:
            with tempfile.TemporaryDirectory() as home:
                LocalServer(Path(home)).fetch()
        except StoreError as error:
            sys.exit(str(error))
        graph = make_graph(folder, given.claims, lean=True)
        show(graph, run_all(folder, given.rounds))


def run_one(work: Work, graph: Graph) -> None:
    """Run one contender on a fresh server, report it, then see that nothing is missing."""
    with tempfile.TemporaryDirectory() as fresh:
        server = LocalServer(Path(fresh) / "home", port=0)
        try:
            if work is not CONTENDERS["import"]:
                server.start()
            report(lambda: work(server, graph), 1)
            check(server, graph)
        finally:
            server.stop()


def check(server: LocalServer, graph: Graph) -> None:
    with plain_driver(server) as driver:
        nodes = driver.execute_query("MATCH (n:Entity) RETURN count(n)").records[0][0]
        edges = driver.execute_query("MATCH ()-[r]->() RETURN count(r)").records[0][0]
    assert (nodes, edges) == (graph.nodes, graph.edges), (nodes, edges)


def run_all(folder: Path, rounds: int) -> Done:
    done: Done = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, measured in done.items():
            measured.append(in_own_process(Path(__file__).resolve(), name, folder, 1))
    return done


def show(graph: Graph, done: Done) -> None:
    print(f"{graph.nodes:,} nodes, {graph.edges:,} relationships, {len(done['ours'])} rounds")
    print(f"{'':6} {'nodes/s':>9} {'rels/s':>9} {'rows/s':>9} {'whole s':>8} {'peak MB':>8}")
    for name in OVER_BOLT:
        speeds = [speed(graph, done[name], step) for step in ("nodes", "edges", "rows")]
        shown = " ".join(f"{one:9,.0f}" for one in speeds)
        whole, peak = median(done[name], "whole"), max(one.peak_mb for one in done[name])
        print(f"{name:6} {shown} {whole:8.1f} {peak:8}")
    steps = ", ".join(f"{step} {median(done['import'], step):.1f} s" for step in IMPORT_STEPS)
    whole = sum(median(done["import"], step) for step in IMPORT_STEPS)
    print(f"{'import':6} {(graph.nodes + graph.edges) / whole:29,.0f} {whole:8.1f}   ({steps})")
    judge(graph, done)


def judge(graph: Graph, done: Done) -> None:
    """Print the figures that have goals."""
    for step in ("nodes", "edges", "rows"):
        ratio = speed(graph, done["ours"], step) / speed(graph, done["plain"], step)
        print(f"{step}/s, ours / plain: {ratio:.2f}, goal {GOAL:g}: {verdict(ratio >= GOAL)}")
    ratio = median(done["plain"], "whole") / median(done["ours"], "whole")
    print(f"whole job with indexes, plain / ours: {ratio:.2f}")
    peak = max(one.peak_mb for one in done["ours"])
    print(f"peak memory of our load: {peak} MB, goal {GOAL_MB}: {verdict(peak <= GOAL_MB)}")


def speed(graph: Graph, measured: list[Measured], step: str) -> float:
    """Return how many nodes, relationships or rows of either kind went in a second."""
    if step == "rows":
        return (graph.nodes + graph.edges) / median(measured, "nodes", "edges")
    return (graph.nodes if step == "nodes" else graph.edges) / median(measured, step)


def median(measured: list[Measured], *steps: str) -> float:
    """Return the median of the seconds that some steps took together."""
    return statistics.median(sum(one.answer[step] for step in steps) for one in measured) / 1000


def verdict(met: bool) -> str:  # noqa: FBT001 - the one argument
    return "met" if met else "MISSED"


IMPORT_STEPS = ("write", "import", "start", "index")

if __name__ == "__main__":
    main()
