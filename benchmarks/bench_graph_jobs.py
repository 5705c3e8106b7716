"""Communities and centralities of a large graph: ours, plain igraph, networkx, and Neo4j GDS.

    python benchmarks/bench_graph_jobs.py --nodes 1000000 --edges 10000000 --gds

A graph with planted communities; every job in a process of its own. `--gds` starts a Neo4j server
with the open Graph Data Science procedures (Java 17 or 21, Maven), imports the same graph and runs
its own with two threads. Goals: faster than GDS in every job, as good a modularity as igraph's, and
at most a gigabyte of memory.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.gds_server import GdsServer
from benchmarks.graph_job_work import BY_NETWORKX, JOBS, NAMES, work_of
from benchmarks.graph_maker import plain_driver
from benchmarks.measure import Measured, in_own_process, report
from benchmarks.planted_graph import make_edges

GOAL_MB, GOAL_MODULARITY = 1000, 0.001
NETWORKX_UP_TO = 2_000_000  # edges; beyond, it needs many gigabytes
CALLED = {
    "leiden": "leiden", "louvain": "louvain", "label_propagation": "labelPropagation",
    "components": "wcc", "core": "kcore", "pagerank": "pageRank",
}  # fmt: skip
Done = dict[str, Measured]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=200_000)
    parser.add_argument("--edges", type=int, default=2_000_000)
    parser.add_argument("--without", nargs="*", default=[], choices=("igraph", "networkx"))
    parser.add_argument("--gds", action="store_true", help="measure Neo4j GDS as well")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the graph is made, and found again")
    parser.add_argument("--one", choices=NAMES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        report(work_of(given.one, given.folder), given.repeats)
        return
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        make_edges(folder, given.nodes, given.edges)
        print(f"{given.nodes:,} nodes, {given.edges:,} edges")
        done = run_all(folder, given.edges, set(given.without), given.repeats)
        gds = run_gds(folder, Path(fresh) / "server") if given.gds else {}
    judge(done, gds)


def run_all(folder: Path, edges: int, without: set[str], repeats: int) -> Done:
    print(f"{'':26} {'build s':>8} {'job s':>8} {'core s':>8} {'peak MB':>8}  found")
    done: Done = {}
    for name in sorted(NAMES, key=lambda name: JOBS.index(name.partition(".")[2])):
        who = name.partition(".")[0]
        if who in without or (who == "networkx" and edges > NETWORKX_UP_TO):
            continue
        done[name] = in_own_process(Path(__file__).resolve(), name, folder, repeats)
        found = dict(done[name].answer)
        spent = " ".join(f"{found.pop(one) / 1000:8.2f}" for one in ("build", "job", "core"))
        print(f"{name:26} {spent} {done[name].peak_mb:8}  {found}", flush=True)
    return done


def run_gds(folder: Path, home: Path) -> dict[str, float]:
    """Return the seconds of the projection and of every job on a fresh server."""
    server, seconds = GdsServer(home, port=0), {}
    server.fetch()
    server.fetch_procedures()
    server.import_edges(folder)
    with server, plain_driver(server) as driver:
        text = (
            "CALL gds.graph.project('g', 'V', {E: {orientation: 'UNDIRECTED'}}, "
            "{readConcurrency: 2}) YIELD projectMillis RETURN projectMillis AS ms"
        )
        seconds["build"] = driver.execute_query(text).records[0]["ms"] / 1000
        print(f"{'gds.build':26} {seconds['build']:8.2f}", flush=True)
        for job in JOBS:
            text = f"CALL gds.{CALLED[job]}.stats('g', {{concurrency: 2}})"
            found = driver.execute_query(text).records[0].data()
            seconds[job] = found["computeMillis"] / 1000
            told = {key: found[key] for key in ("modularity", "communityCount") if key in found}
            print(f"{'gds.' + job:26} {'':8} {seconds[job]:8.2f} {'':17}  {told}", flush=True)
    return seconds


def judge(done: Done, gds: dict[str, float]) -> None:
    """Print the figures that have goals."""
    peak = max(done[f"ours.{job}"].peak_mb for job in JOBS)
    print(f"our peak memory: {peak} MB, goal {GOAL_MB}: {verdict(peak <= GOAL_MB)}")
    for job in JOBS:
        mine = done[f"ours.{job}"].answer
        if peer := done.get(f"igraph.{job}"):
            ratio = peer.answer["job"] / max(1, mine["job"])
            print(f"{job}: igraph / ours {ratio:.1f}{compared(job, mine, peer.answer)}")
        if job in gds:
            ratio = gds[job] * 1000 / max(1, mine["job"])
            print(f"{job}: GDS / ours {ratio:.1f}, goal 1: {verdict(ratio >= 1)}")
    for job in BY_NETWORKX:
        if peer := done.get(f"networkx.{job}"):
            key = "communities" if job == "components" else "top"
            same = abs(peer.answer[key] - done[f"ours.{job}"].answer[key]) <= 1
            assert same, f"networkx finds another {job}"


def compared(job: str, mine: dict[str, int], other: dict[str, int]) -> str:
    if job not in ("leiden", "louvain"):  # the others do not seek it
        return ""
    less = (other["modularity"] - mine["modularity"]) / 1e6
    return f"; modularity {-less:+.4f} beside it: {verdict(less <= GOAL_MODULARITY)}"


def verdict(met: bool) -> str:  # noqa: FBT001 - the one argument
    return "met" if met else "MISSED"


if __name__ == "__main__":
    main()
