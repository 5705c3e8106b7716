"""An undirected graph as compressed rows: what every kernel of this package walks along.

Vertices count from 0. Edges are put in canonical order first, so that nothing computed on them
depends on the order or the direction in which they came.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.errors import UsageError

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
NO_WEIGHTS: Floats = np.empty(0)


@dataclass(frozen=True)
class Edges:
    """Edges a < b in order, none twice; weight: of each, or empty where all weigh 1.

    n: how many vertices there are, with an edge or not.
    """

    n: int
    a: Ints
    b: Ints
    weight: Floats

    @property
    def weighted(self) -> bool:
        """Say whether the edges differ in weight."""
        return len(self.weight) > 0


@dataclass(frozen=True)
class Adjacency:
    """Each vertex's neighbours, ascending: those of v in neighbour[indptr[v]:indptr[v + 1]].

    weight: beside neighbour, or empty where all weigh 1.
    """

    indptr: Longs
    neighbour: Ints
    weight: Floats

    @property
    def n(self) -> int:
        """Return how many vertices there are."""
        return len(self.indptr) - 1

    @property
    def weighted(self) -> bool:
        """Say whether the edges differ in weight."""
        return len(self.weight) > 0

    @property
    def degree(self) -> Longs:
        """Return how many neighbours each vertex has (shape n)."""
        return np.diff(self.indptr)

    @property
    def strength(self) -> Floats:
        """Return the sum of each vertex's weights (shape n)."""
        if not self.weighted:
            return self.degree.astype(np.float64)
        return _row_sums(self.indptr, self.weight)


def edges_of(
    n: int,
    a: NDArray[np.integer],
    b: NDArray[np.integer],
    weight: Floats = NO_WEIGHTS,
    *,
    counted: bool = False,
) -> Edges:
    """Return edges in canonical order: loops left out, those between the same two added up.

    a, b: numbers below n, in any order; weight: of each edge, or empty, then several between the
    same two weigh 1 together, or as many as they are where they are `counted`. UsageError where a
    weight is missing, negative or infinite; edges of weight 0 are left out.

    >>> one = edges_of(3, np.array([2, 0, 1]), np.array([0, 2, 1]), np.array([1.0, 2.0, 9.0]))
    >>> one.a.tolist(), one.b.tolist(), one.weight.tolist()
    ([0], [2], [3.0])
    """
    check_weights(weight)
    key = np.minimum(a, b).astype(np.int64)
    key *= n
    key += np.maximum(a, b)
    keep = a != b
    if len(weight):
        keep &= weight > 0
    key = key[keep]
    if len(weight):
        weight = weight[keep]
        order = _order(key, weight)
        key, weight = key[order], weight[order]
    else:
        key.sort()
    first = np.ones(len(key), bool)
    first[1:] = key[1:] != key[:-1]
    if len(weight):
        weight = np.add.reduceat(weight, np.flatnonzero(first))
    elif counted and not first.all():
        weight = np.diff(np.append(np.flatnonzero(first), len(key))).astype(np.float64)
    key = key[first]
    low = key // n
    key -= low * n
    return Edges(n, low.astype(np.int32), key.astype(np.int32), weight)


def _order(key: Longs, weight: Floats) -> Longs:
    """Return in which order to add up: sums of fractions depend on it, so those go by size."""
    exact = bool((weight == np.floor(weight)).all()) and weight.sum() < 2**53
    return np.argsort(key, kind="stable") if exact else np.lexsort((weight, key))


def check_weights(weight: Floats) -> None:
    """Raise UsageError where a weight cannot be one: missing, infinite or negative."""
    wrong = ~(np.isfinite(weight) & (weight >= 0))
    if wrong.any():
        first = weight[int(np.argmax(wrong))]
        what = "missing" if np.isnan(first) else f"{first:g}"
        raise UsageError(
            f"{int(wrong.sum()):,} of {len(weight):,} weights are missing, infinite or negative; "
            f"the first is {what}.",
            hint="Choose another property, count or none as the weight.",
        )


def adjacency_of(edges: Edges) -> Adjacency:
    """Return the rows of edges in canonical order.

    >>> rows = adjacency_of(edges_of(3, np.array([0, 1]), np.array([1, 2])))
    >>> rows.indptr.tolist(), rows.neighbour.tolist()
    ([0, 1, 3, 4], [1, 0, 2, 1])
    """
    degree = np.bincount(edges.a, minlength=edges.n) + np.bincount(edges.b, minlength=edges.n)
    indptr = np.concatenate(([0], np.cumsum(degree))).astype(np.int64)
    neighbour, weight = _rows(indptr, edges.a, edges.b, edges.weight)
    return Adjacency(indptr, neighbour, weight)


@njit(cache=True, nogil=True)
def _rows(indptr: Longs, a: Ints, b: Ints, weight: Floats) -> tuple[Ints, Floats]:
    """Distribute edges to both ends; edges sorted by (a, b) leave every row ascending."""
    free = indptr[:-1].copy()
    neighbour = np.empty(2 * len(a), np.int32)
    values = np.empty(2 * len(weight), np.float64)
    for k in range(len(a)):
        i, j = free[a[k]], free[b[k]]
        neighbour[i], neighbour[j] = b[k], a[k]
        if len(weight):
            values[i] = values[j] = weight[k]
        free[a[k]] += 1
        free[b[k]] += 1
    return neighbour, values


@njit(cache=True, nogil=True)
def _row_sums(indptr: Longs, weight: Floats) -> Floats:
    sums = np.zeros(len(indptr) - 1)
    for v in range(len(sums)):
        for k in range(indptr[v], indptr[v + 1]):
            sums[v] += weight[k]
    return sums
