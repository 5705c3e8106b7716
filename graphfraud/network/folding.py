"""Folds a two-sided graph onto one side: two vertices are tied by everything both hang on.

The one-mode projection (Newman 2001, doi:10.1103/PhysRevE.64.016132), each thing in between
counting once for every pair, or as much as it weighs.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Floats, Ints, Longs

Column = NDArray[np.integer]

MOST_PAIRS = 100_000_000  # 2 GB while they are added up


def folded(middle: Column, outer: Column, weight: Floats) -> tuple[Ints, Ints, Floats]:
    """Return every pair of outer vertices that hang on one thing, and that thing's weight.

    middle, outer: rows in any order, doubles count once; weight: of each thing in between, by its
    number, or empty where each counts 1. A pair comes once for each thing. UsageError where there
    are too many pairs to add up, and where they come from.

    >>> a, b, w = folded(np.array([0, 0, 1, 1]), np.array([3, 5, 5, 3]), np.empty(0))
    >>> a.tolist(), b.tolist(), w.tolist()
    ([3, 3], [5, 5], [1.0, 1.0])
    """
    if not len(middle):
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0)
    n = int(outer.max()) + 1
    key = np.unique(middle.astype(np.int64) * n + outer)
    thing, hanging = np.divmod(key, n)
    starts = np.flatnonzero(np.concatenate(([True], thing[1:] != thing[:-1], [True])))
    size = np.diff(starts)
    pairs = size * (size - 1) // 2
    if int(pairs.sum()) > MOST_PAIRS:
        raise UsageError(
            f"Folding makes {int(pairs.sum()):,} pairs, {int(pairs.max()):,} of them through one "
            f"node that {int(size.max()):,} others share; the most is {MOST_PAIRS:,}.",
            hint="Keep that kind as a node instead, or fold away another.",
        )
    things = thing[starts[:-1]]
    values = weight[things] if len(weight) else np.ones(len(things))
    return _pairs(starts, hanging.astype(np.int32), values, int(pairs.sum()))


@njit(cache=True, nogil=True)
def _pairs(starts: Longs, hanging: Ints, values: Floats, total: int) -> tuple[Ints, Ints, Floats]:
    a, b, w = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total)
    used = 0
    for one in range(len(starts) - 1):
        for i in range(starts[one], starts[one + 1]):
            for j in range(i + 1, starts[one + 1]):
                a[used], b[used], w[used] = hanging[i], hanging[j], values[one]
                used += 1
    return a, b, w
