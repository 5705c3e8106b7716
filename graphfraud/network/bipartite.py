"""A bipartite graph of persons and columns, weighed for the search of dense blocks.

An edge weighs 1/log(degree of its column + c), Hooi et al. 2016 (doi:10.1145/2939672.2939747);
columns belong to places, and a place's own traffic says what chance gives (Newman 2006,
modularity: edges of the row at the place × share of the column in the place's edges).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

OFFSET = 5.0  # c of the paper: keeps a column of one edge from weighing everything


class Bipartite(NamedTuple):
    """Edges both ways round, their weights, and what a place's traffic gives by chance.

    columns[first[r]:first[r + 1]] are those of row r, rows[begin[c]:begin[c + 1]] the other way;
    weight, place, pull: per column (pull: weight × share of the edges of its place);
    stop, visited, mass: per row, its places and how many edges it has at each.
    """

    first: Longs
    columns: Ints
    begin: Longs
    rows: Ints
    weight: Floats
    place: Ints
    pull: Floats
    stop: Longs
    visited: Ints
    mass: Floats


def bipartite(row: Ints, column: Ints, place: Ints, *, offset: float = OFFSET) -> Bipartite:
    """Return the graph of distinct edges, in any order.

    row, column: int32 from 0, alike long; place: per column, the place it belongs to.
    """
    key = row.astype(np.int64) << 32 | column
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        row, column = row[order], column[order]
    degree = np.bincount(column, minlength=len(place)).astype(np.int64)
    weight = 1 / np.log(degree + offset)
    traffic = np.bincount(place, degree)
    first = np.searchsorted(row, np.arange(int(row.max(initial=-1)) + 2))
    begin = np.concatenate((np.zeros(1, np.int64), np.cumsum(degree)))
    stop, visited, mass = _visits(first, column, place, len(traffic))
    return Bipartite(
        first=first,
        columns=column,
        begin=begin,
        rows=_turned(row, column, begin),
        weight=weight,
        place=place,
        pull=weight * degree / np.maximum(1, traffic[place]),
        stop=stop,
        visited=visited,
        mass=mass,
    )


@njit(cache=True, nogil=True)
def _turned(row: Ints, column: Ints, begin: Longs) -> Ints:
    """Return the rows of each column, sorted: a counting sort."""
    rows, free = np.empty(len(row), np.int32), begin[:-1].copy()
    for edge in range(len(row)):
        rows[free[column[edge]]] = row[edge]
        free[column[edge]] += 1
    return rows


@njit(cache=True, nogil=True)
def _visits(first: Longs, column: Ints, place: Ints, places: int) -> tuple[Longs, Ints, Floats]:
    """Return for each row its places, in order of its edges, and its edges at each."""
    stop, seen = np.zeros(len(first), np.int64), np.full(places, -1, np.int64)
    visited, mass, size = np.empty(len(column), np.int32), np.zeros(len(column)), 0
    for row in range(len(first) - 1):
        for edge in range(first[row], first[row + 1]):
            at = place[column[edge]]
            if seen[at] < stop[row]:
                seen[at], visited[size] = size, at
                size += 1
            mass[seen[at]] += 1
        stop[row + 1] = size
    return stop, visited[:size].copy(), mass[:size].copy()
