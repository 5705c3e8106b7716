"""Communities by NetworKit, an optional peer for graphs beyond this machine's usual size.

Staudt, Sazonovs & Meyerhenke 2016 (doi:10.1017/nws.2016.20). Its algorithms are parallel and race
for vertices; on one thread with a fixed seed they give the same answer every time, and so they are
run here. Import only where it is asked for and installed.
"""

import importlib
from typing import Any

import numpy as np

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Edges, Ints

_KNOWN = ("leiden", "louvain", "label_propagation", "components", "core")


def communities(edges: Edges, algorithm: str, resolution: float, objective: str, seed: int) -> Ints:
    """Return a community for each vertex (shape n); UsageError where it cannot."""
    if algorithm not in _KNOWN or objective != "modularity":
        what = algorithm if algorithm not in _KNOWN else objective
        raise UsageError(f"The engine networkit has no {what}.", hint="Leave --engine out.")
    kit = _library()
    if edges.n == 0:
        return np.empty(0, np.int32)
    kit.setNumberOfThreads(1)
    kit.setSeed(seed, False)  # noqa: FBT003  its signature: one seed for every thread
    graph = _graph(kit, edges)
    if algorithm == "core":
        return np.array(kit.centrality.CoreDecomposition(graph).run().scores(), np.int32)
    if algorithm == "components":
        found = kit.components.ConnectedComponents(graph).run().getPartition()
    elif algorithm == "leiden":
        found = kit.community.ParallelLeiden(graph, gamma=resolution).run().getPartition()
    elif algorithm == "louvain":
        found = kit.community.PLM(graph, refine=True, gamma=resolution).run().getPartition()
    else:
        found = kit.community.PLP(graph).run().getPartition()
    return np.array(found.getVector(), np.int32)


def _library() -> Any:  # noqa: ANN401  it has no types
    try:
        return importlib.import_module("networkit")
    except ImportError as error:
        raise UsageError(
            "The engine networkit is not installed.", hint='pip install "graphfraud[networkit]"'
        ) from error


def _graph(kit: Any, edges: Edges) -> Any:  # noqa: ANN401  as above
    weight = edges.weight if edges.weighted else np.ones(len(edges.a))
    ends = edges.a.astype(np.uint64), edges.b.astype(np.uint64)
    return kit.GraphFromCoo((weight, ends), n=edges.n, weighted=edges.weighted, directed=False)
