"""Communities by igraph, for who wants its own code; canonical order and an explicit generator.

igraph's algorithms depend on the order of edges and on a global random state. It needs about four
times the memory of the compiled kernels, and more time.
"""

import random

import igraph
import numpy as np

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Edges, Ints


def graph_of(edges: Edges) -> igraph.Graph:
    """Return the graph; edges carry `weight` where they are weighted."""
    ends = np.empty((len(edges.a), 2), np.int64)
    ends[:, 0], ends[:, 1] = edges.a, edges.b
    # An empty buffer has no shape that igraph reads.
    graph = igraph.Graph(edges.n, memoryview(ends.data) if len(ends) else [])
    if edges.weighted:
        graph.es["weight"] = edges.weight.tolist()
    return graph


def communities(edges: Edges, algorithm: str, resolution: float, objective: str, seed: int) -> Ints:
    """Return a community for each vertex (shape n)."""
    if edges.n == 0:
        return np.empty(0, np.int32)
    graph = graph_of(edges)
    weights = "weight" if edges.weighted else None
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  not for secrets
    if algorithm == "core":
        return np.array(graph.coreness(), np.int32)
    if algorithm == "components":
        found = graph.connected_components()
    elif algorithm == "leiden":
        found = graph.community_leiden(
            objective.upper() if objective == "cpm" else objective,
            weights,
            resolution=resolution,
            n_iterations=-1,
        )
    elif algorithm == "louvain":
        _only_modularity(objective)
        found = graph.community_multilevel(weights, resolution=resolution)
    elif algorithm == "infomap":
        found = graph.community_infomap(edge_weights=weights)
    else:
        found = graph.community_label_propagation(weights)
    return np.array(found.membership, np.int32)


def _only_modularity(objective: str) -> None:
    if objective != "modularity":
        raise UsageError(
            f"igraph's Louvain has no objective {objective!r}.", hint="Leave --engine out."
        )
