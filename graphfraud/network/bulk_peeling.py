"""The first part of peeling a big graph: while many nodes are left, many go at once.

Whoever is lighter than the graph is dense cannot be in its densest part, and among many nodes the
order of the lightest few is of no account (Bahmani, Kumar & Vassilvitskii 2012,
doi:10.14778/2140436.2140442). All of them are weighed before each round, so that the order of the
nodes changes nothing.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.network.bipartite import Bipartite

Nodes = NDArray[np.int64]
Floats = NDArray[np.float64]

FEW = 2_000  # nodes: from here on they are peeled one by one
SHARE = 0.04  # of the nodes go in a round at least


class Weights(NamedTuple):
    """What the nodes that are left weigh; rows come first, then columns.

    seen: per node, weight of its edges; crowd, held: per place, edges of the rows there and the
    pull of its columns.
    """

    seen: Floats
    crowd: Floats
    held: Floats


@njit(cache=True, nogil=True)
def bulk(
    graph: Bipartite, against: float, weights: Weights, gone: Nodes
) -> tuple[Nodes, float, int]:
    """Peel until FEW nodes are left; return them, the best density of a state and its size.

    weights are brought up to date, and gone gets the peeled nodes, round by round.
    """
    n_rows, size = len(graph.first) - 1, len(weights.seen)
    nodes, there = np.arange(size), np.ones(size, np.bool_)
    key, best, kept, left = np.empty(size), -np.inf, size, size
    while left > FEW:
        chance = (weights.crowd * weights.held).sum()
        value = (_total(nodes[:left], n_rows, weights.seen) - against * chance) / left
        if value > best:
            best, kept = value, left
        weigh(graph, against, nodes[:left], weights, key)
        least = np.partition(key[nodes[:left]], int(SHARE * left))[int(SHARE * left)]
        stays, removed = 0, size - left
        for at in range(left):
            node = nodes[at]
            there[node] = key[node] > max(least, value)
            if there[node]:
                nodes[stays] = node
                stays += 1
            else:
                gone[removed] = node
                removed += 1
        for node in gone[size - left : removed]:
            _drop(graph, node, there, weights)
        left = stays
    return nodes[:left].copy(), best, kept


@njit(cache=True, nogil=True)
def weigh(graph: Bipartite, against: float, nodes: Nodes, weights: Weights, key: Floats) -> None:
    """Set every node's key to the weight its removal takes away, less that by chance."""
    n_rows = len(graph.first) - 1
    for node in nodes:
        chance = 0.0
        if node < n_rows:
            for at in range(graph.stop[node], graph.stop[node + 1]):
                chance += graph.mass[at] * weights.held[graph.visited[at]]
        else:
            chance = graph.pull[node - n_rows] * weights.crowd[graph.place[node - n_rows]]
        key[node] = weights.seen[node] - against * chance


@njit(cache=True, nogil=True)
def _total(nodes: Nodes, n_rows: int, seen: Floats) -> float:
    total = 0.0
    for node in nodes:
        if node < n_rows:
            total += seen[node]
    return total


@njit(cache=True, nogil=True)
def _drop(graph: Bipartite, node: int, there: NDArray[np.bool_], weights: Weights) -> None:
    """Take a node out of what the others weigh."""
    n_rows = len(graph.first) - 1
    if node < n_rows:
        for at in range(graph.stop[node], graph.stop[node + 1]):
            weights.crowd[graph.visited[at]] -= graph.mass[at]
        for edge in range(graph.first[node], graph.first[node + 1]):
            column = graph.columns[edge]
            if there[n_rows + column]:
                weights.seen[n_rows + column] -= graph.weight[column]
        return
    column = node - n_rows
    weights.held[graph.place[column]] -= graph.pull[column]
    for edge in range(graph.begin[column], graph.begin[column + 1]):
        if there[graph.rows[edge]]:
            weights.seen[graph.rows[edge]] -= graph.weight[column]
