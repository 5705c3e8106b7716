"""The work that the graph job benchmark times: ours, plain igraph from tuples, networkx.

Every contender answers with the milliseconds of building the graph, of the job by the clock and of
the job on a core, and with what it found: modularity in millionths, how many communities, the
largest core, the highest rank in millionths. So a fast wrong answer shows.
"""

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import igraph
import networkx as nx
import numpy as np

from benchmarks.planted_graph import Pairs, read_edges
from graphfraud.network.adjacency import Edges, adjacency_of, edges_of
from graphfraud.network.components import core_numbers
from graphfraud.network.pagerank import pagerank
from graphfraud.network.partition import Method, by_size, grouped
from graphfraud.network.quality import quality

SEED = 1
PARTITIONS = ("leiden", "louvain", "label_propagation", "components")
JOBS = (*PARTITIONS, "core", "pagerank")
BY_NETWORKX = ("components", "core", "pagerank")
Answer = dict[str, int]
Moment = tuple[float, float]
Work = Callable[[], Answer]


def ours(job: str, n: int, pairs: Pairs) -> Answer:
    """Run one of our jobs on the pairs."""
    begun = moment()
    edges = edges_of(n, pairs[:, 0], pairs[:, 1])
    rows = adjacency_of(edges)
    built = moment()
    if job in PARTITIONS:
        community = grouped(edges, rows, Method(job, seed=SEED))
        done = moment()
        return _answer(begun, built, done, **_figures(edges, community))
    values = core_numbers(rows) if job == "core" else pagerank(rows)
    return _answer(begun, built, moment(), **_top(job, values.max()))


def by_igraph(job: str, n: int, pairs: Pairs) -> Answer:
    """Run igraph's own, on a graph from a list of tuples as most scripts make it."""
    begun = moment()
    graph = igraph.Graph(n, list(map(tuple, pairs.tolist())))
    built = moment()
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - not for secrets
    found = {
        "leiden": lambda: graph.community_leiden("modularity", n_iterations=2).membership,
        "louvain": lambda: graph.community_multilevel().membership,
        "label_propagation": lambda: graph.community_label_propagation().membership,
        "components": lambda: graph.connected_components().membership,
        "core": graph.coreness,
        "pagerank": graph.pagerank,
    }[job]()
    done = moment()
    if job not in PARTITIONS:
        return _answer(begun, built, done, **_top(job, max(found)))
    edges = edges_of(n, pairs[:, 0], pairs[:, 1])
    return _answer(begun, built, done, **_figures(edges, np.array(found, np.int32)))


def by_networkx(job: str, n: int, pairs: Pairs) -> Answer:
    """Run what networkx does in seconds and not in hours."""
    begun = moment()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(pairs.tolist())
    built = moment()
    if job == "components":
        parts = sum(1 for _ in nx.connected_components(graph))
        return _answer(begun, built, moment(), communities=parts, modularity=0)
    values = nx.core_number(graph) if job == "core" else nx.pagerank(graph)
    return _answer(begun, built, moment(), **_top(job, max(values.values())))


def moment() -> Moment:
    """Return the time by the clock and by this process's cores: others may use the machine."""
    return time.perf_counter(), time.process_time()


def _answer(begun: Moment, built: Moment, done: Moment, **found: int) -> Answer:
    build, job = built[0] - begun[0], done[0] - built[0]
    spent = {"build": build, "job": job, "core": done[1] - built[1]}
    return {name: int(seconds * 1000) for name, seconds in spent.items()} | found


def _figures(edges: Edges, community: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> Answer:
    told = quality(edges, adjacency_of(edges), by_size(community))
    return {"communities": told.communities, "modularity": int((told.modularity or 0) * 1e6)}


def _top(job: str, value: float) -> Answer:
    return {"top": int(value if job == "core" else value * 1e6)}


def work_of(name: str, folder: Path) -> Work:
    """Return the work of a contender's job, named CONTENDER.JOB; ours is compiled beforehand."""
    contender, _, job = name.partition(".")
    n, pairs = read_edges(folder)
    if contender == "ours":
        ours(job, 5, np.array([[0, 1], [1, 2], [0, 2], [3, 4]], np.int32))
    runs = {"ours": ours, "igraph": by_igraph, "networkx": by_networkx}
    return partial(runs[contender], job, n, pairs)


NAMES = [f"{one}.{job}" for one in ("ours", "igraph") for job in JOBS]
NAMES += [f"networkx.{job}" for job in BY_NETWORKX]
