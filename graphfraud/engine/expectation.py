"""How often chance alone would bring two persons together: λ, exact for the null model as stated.

The null model deals the dates of each stratum anew among its visits: every visit keeps its person,
its place and its time of day. Then λ of a pair is a sum over their visits u, v in one stratum: the
chance that u and v fall on one day (or on two days in a row), where their times of day let them
meet. So the habits of the clock, a morning shift or the hour after work, are part of λ; and λ is
the same for a replicate with dates exchanged as for the data itself.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs, Visits

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DateExchange:
    """The null model of these visits; windows of at most a day."""

    visits: Visits

    @cached_property
    def chance(self) -> Floats:
        """Return (2, n_strata): that two of its visits share a day; that v comes the day after u.

        Two distinct visits of the stratum at random, u and v in this order.
        """
        seen = self.visits
        total, same, after = _date_pairs(seen.stratum, seen.start, seen.n_strata)
        ordered = np.maximum(1, total * (total - 1))
        return np.stack((2 * same / ordered, after / ordered))

    def expected(self, a: Ints, b: Ints) -> Floats:
        """Return λ of each pair (float64, len(a)): the meetings that chance would give them.

        `a` must be sorted, as in PairCounts.
        """
        seen = self.visits
        return np.asarray(
            _expected(seen.stratum, seen.start, seen.window, *seen.index, a, b, self.chance)
        )


@njit(cache=True, nogil=True)
def _date_pairs(stratum: Ints, start: Longs, n_strata: int) -> tuple[Longs, Longs, Longs]:
    """Return per stratum: visits, pairs of visits of one day, pairs of visits a day apart."""
    total, same, after = np.zeros((3, n_strata), np.int64)
    today, before = np.zeros((2, n_strata), np.int64)
    latest = np.full(n_strata, np.iinfo(np.int64).min, np.int64)
    for i in range(len(stratum)):  # a stratum lies in one group, so its days ascend
        s, day = stratum[i], start[i] // SECONDS_A_DAY
        if s < 0:
            continue
        if day != latest[s]:
            before[s] = today[s] if day - 1 == latest[s] else 0
            today[s], latest[s] = 0, day
        total[s] += 1
        same[s] += today[s]
        after[s] += before[s]
        today[s] += 1
    return total, same, after


@njit(cache=True, nogil=True)
def _expected(
    stratum: Ints, start: Longs, window: Ints, indptr: Longs, order: Ints,
    a: Ints, b: Ints, chance: Floats,
) -> Floats:  # fmt: skip
    """Sum the chances over the pairs' visits; those of one `a` are chained by stratum."""
    result, mine = np.zeros(len(a)), order[:0]
    latest, chain = np.full(chance.shape[1], -1, np.int32), np.empty(len(order), np.int32)
    for k in range(len(a)):
        if k == 0 or a[k] != a[k - 1]:
            before, mine = mine, order[indptr[a[k]] : indptr[a[k] + 1]]
            _chain(stratum, before, mine, latest, chain)
        for v in order[indptr[b[k]] : indptr[b[k] + 1]]:
            if stratum[v] >= 0:
                u = latest[stratum[v]]
                while u >= 0:
                    result[k] += _meeting(start, window, u, v, chance[:, stratum[v]])
                    u = chain[u]
    return result


@njit(cache=True, nogil=True)
def _chain(stratum: Ints, before: Ints, rows: Ints, latest: Ints, chain: Ints) -> None:
    """Forget the visits `before`, then chain `rows`: each names the one before of its stratum."""
    for i in before:
        if stratum[i] >= 0:
            latest[stratum[i]] = -1
    for i in rows:
        if stratum[i] >= 0:
            chain[i] = latest[stratum[i]]
            latest[stratum[i]] = i


@njit(cache=True, nogil=True)
def _meeting(start: Longs, window: Ints, u: int, v: int, chance: Floats) -> float:
    """Return the chance that the visits u and v meet, of one stratum, by their times of day."""
    later = start[v] % SECONDS_A_DAY - start[u] % SECONDS_A_DAY
    result = 0.0
    if -window[v] <= later <= window[u]:
        result += chance[0]
    if later + SECONDS_A_DAY <= window[u]:
        result += chance[1]
    if SECONDS_A_DAY - later <= window[v]:
        result += chance[1]
    return result
