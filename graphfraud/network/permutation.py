"""Replicates in which nobody acts together: dates exchanged within strata.

Every visit keeps its person and its time of day; its date is exchanged with that of another visit
of the same stratum. So who goes where, how often and at which hour, and how busy each day is, all
stay; only who came on the same day as whom is left to chance.

Every visit draws a lot of 32 bits; the n-th visit of a stratum takes the date of the one with the
n-th smallest lot. Lots are even over their range, so each is first put where it belongs on average
and has few neighbours to be compared with (Isaac & Singleton 1956, Sorting by address
calculation, J. ACM 3): the cost is linear in the visits.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

SECONDS_A_DAY = 86_400
LOT_BITS = 32

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


def shuffled_dates(stratum: Ints, start: Longs, generator: np.random.Generator) -> Longs:
    """Return new starts: dates permuted within each stratum, times of day kept (shape of start).

    Visits with a negative stratum keep their date.
    """
    lots = generator.integers(0, 1 << LOT_BITS, len(start), dtype=np.int64)
    return np.asarray(_exchanged(stratum, start, lots, int(stratum.min(initial=0))))


@njit(cache=True, nogil=True)
def _exchanged(stratum: Ints, start: Longs, lots: Longs, first: int) -> Longs:
    """Exchange dates by the lots, which belong to the visits sorted by stratum; first: the least.

    The first strata may be negative: they draw lots too, but keep their dates.
    """
    ends, members = _members(stratum, first)
    result = start.copy()
    for s in range(-first, len(ends) - 1):
        mine = members[ends[s] : ends[s + 1]]
        order = _ordered(lots[ends[s] : ends[s + 1]])
        for k in range(len(mine)):
            date = start[mine[order[k]]] // SECONDS_A_DAY
            result[mine[k]] = date * SECONDS_A_DAY + start[mine[k]] % SECONDS_A_DAY
    return result


@njit(cache=True, nogil=True)
def _members(stratum: Ints, first: int) -> tuple[Longs, Ints]:
    """Return (ends, members): the places of every stratum's visits, by counting sort."""
    ends = np.zeros((stratum.max() if len(stratum) else first) - first + 2, np.int64)
    for s in stratum:
        ends[s - first + 1] += 1
    ends = np.cumsum(ends)
    place, members = ends[:-1].copy(), np.empty(len(stratum), np.int32)
    for i in range(len(stratum)):
        s = stratum[i] - first
        members[place[s]] = i
        place[s] += 1
    return ends, members


@njit(cache=True, nogil=True)
def _ordered(lots: Longs) -> Longs:
    """Return the order of the lots, smallest first; of equal ones the first comes first."""
    n = len(lots)
    place = np.zeros(n + 1, np.int64)
    for lot in lots:
        place[(lot * n >> LOT_BITS) + 1] += 1
    place = np.cumsum(place)
    order = np.empty(n, np.int64)
    for k in range(n):
        about = lots[k] * n >> LOT_BITS
        order[place[about]] = k
        place[about] += 1
    for k in range(1, n):  # those about one place lie together, in their own order
        moved, at = order[k], k
        while at > 0 and lots[order[at - 1]] > lots[moved]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = moved
    return order
