"""Connected components and core numbers, each in one pass along the edges.

Components: union-find with path halving (Tarjan & van Leeuwen 1984). Cores: Batagelj & Zaveršnik
2003 (arXiv:cs/0310049), buckets of vertices by what is left of their degree.
"""

import numpy as np
from numba import njit

from graphfraud.network.adjacency import Adjacency, Edges, Ints, Longs


def components(edges: Edges) -> Ints:
    """Return for each vertex the smallest vertex of its connected component (shape n).

    >>> from graphfraud.network.adjacency import edges_of
    >>> components(edges_of(4, np.array([2]), np.array([1]))).tolist()
    [0, 1, 1, 3]
    """
    return _roots(edges.n, edges.a, edges.b)


@njit(cache=True, nogil=True)
def _roots(n: int, a: Ints, b: Ints) -> Ints:
    root = np.arange(n).astype(np.int32)
    for k in range(len(a)):
        x, y = _root(root, a[k]), _root(root, b[k])
        if x < y:
            root[y] = x
        else:
            root[x] = y
    for v in range(n):
        root[v] = root[root[v]]  # smaller roots are final before larger ones ask them
    return root


@njit(cache=True, nogil=True)
def _root(root: Ints, v: int) -> int:
    while root[v] != v:
        root[v] = root[root[v]]
        v = root[v]
    return v


def core_numbers(rows: Adjacency) -> Ints:
    """Return for each vertex the largest k such that it is in the k-core (shape n).

    >>> from graphfraud.network.adjacency import adjacency_of, edges_of
    >>> triangle = edges_of(4, np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]))
    >>> core_numbers(adjacency_of(triangle)).tolist()
    [2, 2, 2, 1]
    """
    return _cores(rows.indptr, rows.neighbour)


@njit(cache=True, nogil=True)
def _cores(indptr: Longs, neighbour: Ints) -> Ints:
    """Take vertices by their degree among those left; it only falls, so buckets shift by swaps."""
    n = len(indptr) - 1
    left = np.diff(indptr).astype(np.int32)
    starts, order, place = _buckets(left)
    for i in range(n):
        v = order[i]
        for k in range(indptr[v], indptr[v + 1]):
            u = neighbour[k]
            if left[u] > left[v]:
                first = starts[left[u]]
                other = order[first]
                order[place[u]], order[first] = other, u
                place[other], place[u] = place[u], first
                starts[left[u]] += 1
                left[u] -= 1
    return left


@njit(cache=True, nogil=True)
def _buckets(degree: Ints) -> tuple[Longs, Ints, Ints]:
    """Return where each degree's vertices start, all by degree, and each one's place."""
    n = len(degree)
    starts = np.zeros((degree.max() if n else 0) + 2, np.int64)
    for v in range(n):
        starts[degree[v] + 1] += 1
    starts = np.cumsum(starts)
    free, order, place = starts.copy(), np.empty(n, np.int32), np.empty(n, np.int32)
    for v in range(n):
        place[v] = free[degree[v]]
        order[place[v]] = v
        free[degree[v]] += 1
    return starts, order, place
