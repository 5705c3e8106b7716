"""How often chance alone would bring two persons together: λ from the strata's own traffic.

λ of a pair is the sum over strata of n_a · n_b · w, where n are the persons' visits in the stratum
and w is the chance that two of its visits, of two persons, meet: its meetings over its possible
pairs. So the λ of all pairs add up to the meetings that were seen.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import Ints, Longs, Visits

Floats = NDArray[np.float64]


def meeting_chance(visits: Visits, meetings: Longs) -> Floats:
    """Return per stratum the chance that two of its visits meet; meetings: int64 per stratum."""
    total, own = traffic(visits)
    possible = total * (total - 1) // 2 - own
    return np.asarray(meetings / np.maximum(1, possible))


def traffic(visits: Visits) -> tuple[Longs, Longs]:
    """Return per stratum its visits and its pairs of visits of one and the same person."""
    total, own = _traffic(visits.stratum, *visits.index, visits.n_strata)
    return total, own


@njit(cache=True, nogil=True)
def _traffic(stratum: Ints, indptr: Longs, order: Ints, n_strata: int) -> tuple[Longs, Longs]:
    total, own = np.zeros(n_strata, np.int64), np.zeros(n_strata, np.int64)
    held = np.zeros(n_strata, np.int32)
    for p in range(len(indptr) - 1):
        for k in range(indptr[p], indptr[p + 1]):
            s = stratum[order[k]]
            if s >= 0:
                total[s] += 1
                own[s] += held[s]
                held[s] += 1
        for k in range(indptr[p], indptr[p + 1]):
            if stratum[order[k]] >= 0:
                held[stratum[order[k]]] = 0
    return total, own


def expected_counts(
    visits: Visits, a: Ints, b: Ints, chance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return λ of each pair: the sum over strata of n_a · n_b · chance (float64, len(a)).

    `a` must be sorted, as in PairCounts; chance: per stratum, that two of its visits meet.
    """
    return _expected(visits.stratum, *visits.index, a, b, chance)


@njit(cache=True, nogil=True)
def _expected(
    stratum: Ints, indptr: Longs, order: Ints, a: Ints, b: Ints, chance: NDArray[np.float64]
) -> NDArray[np.float64]:
    result, weight = np.zeros(len(a)), np.zeros(len(chance))
    for k in range(len(a)):
        if k == 0 or a[k] != a[k - 1]:
            if k:
                for m in range(indptr[a[k - 1]], indptr[a[k - 1] + 1]):
                    weight[stratum[order[m]]] = 0.0
            for m in range(indptr[a[k]], indptr[a[k] + 1]):
                if stratum[order[m]] >= 0:
                    weight[stratum[order[m]]] += chance[stratum[order[m]]]
        for m in range(indptr[b[k]], indptr[b[k] + 1]):
            if stratum[order[m]] >= 0:
                result[k] += weight[stratum[order[m]]]
    return result
