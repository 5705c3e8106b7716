"""Dense blocks of a bipartite graph: many rows that share the same few columns, camouflage or not.

FRAUDAR (Hooi et al. 2016, doi:10.1145/2939672.2939747): an edge weighs 1/log(degree of its column +
c), so that what everybody has counts little and what a member adds elsewhere costs the block
nothing; the node of least weight is peeled off, and the densest of all states is the block. Its
density is within a factor of 2 of the best one. `against` takes off that share of the weight which
the places' own traffic gives by chance (row's edges at a place × the column's share there, as in
modularity: Newman 2006), without which big loose blocks of busy places win; 0 is plain FRAUDAR.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.network.bipartite import Bipartite
from graphfraud.network.bulk_peeling import Weights, bulk, weigh
from graphfraud.network.node_heap import heapify, lift, pop

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

EPOCH = 0.04  # expectations are brought up to date whenever this share of the nodes is gone


class Block(NamedTuple):
    """Rows and columns (sorted) and density: weight, less that by chance, for each of them."""

    rows: Ints
    columns: Ints
    density: float


def densest(graph: Bipartite, *, against: float = 0.0) -> Block:
    """Return the densest block that peeling finds; ties go to the smaller index, rows first.

    against: the share of the weight by chance that is taken off, in [0, 1]. Without edges the
    block is empty.

    >>> from graphfraud.network.bipartite import bipartite
    >>> edges = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, 2]], np.int32)
    >>> graph = bipartite(edges[:, 0], edges[:, 1], np.zeros(3, np.int32))
    >>> block = densest(graph)
    >>> block.rows.tolist(), block.columns.tolist()
    ([0, 1], [0, 1])
    """
    n_rows = len(graph.first) - 1
    if not len(graph.columns):
        return Block(np.zeros(0, np.int32), np.zeros(0, np.int32), 0.0)
    left, density = _peel(graph, float(against))
    rows, columns = left[left < n_rows], left[left >= n_rows] - n_rows
    return Block(np.sort(rows).astype(np.int32), np.sort(columns).astype(np.int32), float(density))


def density(graph: Bipartite, rows: Ints, columns: Ints, *, against: float = 0.0) -> float:
    """Return the density of the block of these rows and columns, as `densest` measures it."""
    inside_row = np.zeros(len(graph.first) - 1, bool)
    inside_column = np.zeros(len(graph.weight), bool)
    inside_row[rows], inside_column[columns] = True, True
    row = np.repeat(np.arange(len(inside_row)), np.diff(graph.first))
    both = inside_row[row] & inside_column[graph.columns]
    places = int(graph.place.max(initial=-1)) + 1
    held = np.bincount(graph.place[columns], graph.pull[columns], minlength=places)
    goer = np.repeat(inside_row, np.diff(graph.stop))
    chance = float((graph.mass[goer] * held[graph.visited[goer]]).sum())
    weight = float(graph.weight[graph.columns[both]].sum())
    return (weight - against * chance) / max(1, len(rows) + len(columns))


@njit(cache=True, nogil=True)
def _peel(graph: Bipartite, against: float) -> tuple[NDArray[np.int64], float]:
    """Return the nodes (rows, then columns) of the densest state, and its density."""
    n_rows, size = len(graph.first) - 1, len(graph.first) - 1 + len(graph.weight)
    weights = _weights(graph)
    gone = np.empty(size, np.int64)
    heap, best, kept = bulk(graph, against, weights, gone)
    position = np.full(size, -1)
    position[heap] = np.arange(len(heap))
    total, chance = weights.seen[heap[heap < n_rows]].sum(), (weights.crowd * weights.held).sum()
    key, wait, start = weights.seen.copy(), 0, len(heap)
    for left in range(start, 0, -1):
        value = (total - against * chance) / left
        if value > best:
            best, kept = value, left
        if wait == 0:
            weigh(graph, against, heap[:left], weights, key)
            heapify(heap, position, key, left)
            wait = max(1, int(EPOCH * left))
        wait -= 1
        node = pop(heap, position, key, left)
        gone[size - left] = node
        total -= weights.seen[node]
        if node < n_rows:
            chance -= _drop_row(graph, node, heap, position, key, weights)
        else:
            chance -= _drop_column(graph, node - n_rows, heap, position, key, weights)
    return gone[size - kept :], best


@njit(cache=True, nogil=True)
def _weights(graph: Bipartite) -> Weights:
    """Return what all nodes weigh."""
    n_rows, places = len(graph.first) - 1, graph.place.max() + 1
    seen, crowd, held = np.zeros(n_rows + len(graph.weight)), np.zeros(places), np.zeros(places)
    for row in range(n_rows):
        for edge in range(graph.first[row], graph.first[row + 1]):
            seen[row] += graph.weight[graph.columns[edge]]
    for column in range(len(graph.weight)):
        degree = graph.begin[column + 1] - graph.begin[column]
        seen[n_rows + column] = graph.weight[column] * degree
        held[graph.place[column]] += graph.pull[column]
    for at in range(len(graph.visited)):
        crowd[graph.visited[at]] += graph.mass[at]
    return Weights(seen, crowd, held)


@njit(cache=True, nogil=True)
def _drop_row(
    graph: Bipartite,
    row: int,
    heap: NDArray[np.int64],
    position: NDArray[np.int64],
    key: Floats,
    weights: Weights,
) -> float:
    """Take a row out and return the weight by chance that goes with it."""
    chance, n_rows = 0.0, len(graph.first) - 1
    for at in range(graph.stop[row], graph.stop[row + 1]):
        chance += graph.mass[at] * weights.held[graph.visited[at]]
        weights.crowd[graph.visited[at]] -= graph.mass[at]
    for edge in range(graph.first[row], graph.first[row + 1]):
        column = graph.columns[edge]
        _lighten(n_rows + column, graph.weight[column], heap, position, key, weights.seen)
    return chance


@njit(cache=True, nogil=True)
def _drop_column(
    graph: Bipartite,
    column: int,
    heap: NDArray[np.int64],
    position: NDArray[np.int64],
    key: Floats,
    weights: Weights,
) -> float:
    """Take a column out and return the weight by chance that goes with it."""
    place = graph.place[column]
    weights.held[place] -= graph.pull[column]
    for edge in range(graph.begin[column], graph.begin[column + 1]):
        _lighten(graph.rows[edge], graph.weight[column], heap, position, key, weights.seen)
    return float(graph.pull[column] * weights.crowd[place])


@njit(cache=True, nogil=True)
def _lighten(
    node: int,
    weight: float,
    heap: NDArray[np.int64],
    position: NDArray[np.int64],
    key: Floats,
    seen: Floats,
) -> None:
    """Take weight from a node that is still there, and lift it in the heap."""
    at = position[node]
    if at < 0:
        return
    seen[node] -= weight
    key[node] -= weight
    lift(heap, position, key, at)
