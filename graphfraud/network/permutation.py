"""Replicates in which nobody acts together: dates exchanged within strata.

Every visit keeps its person and its time of day; its date is exchanged with that of another visit
of the same stratum. So who goes where, how often and at which hour, and how busy each day is, all
stay; only who came on the same day as whom is left to chance.

Every visit draws a lot of 32 bits, by which the dates of its stratum are shuffled (Fisher & Yates;
Durstenfeld 1964, Algorithm 235, doi:10.1145/364520.364540): the cost is linear in the visits.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

SECONDS_A_DAY = 86_400
LOT_BITS = 32

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


def shuffled_dates(
    indptr: Longs, order: Ints, start: Longs, generator: np.random.Generator
) -> Longs:
    """Return new starts: dates permuted within each stratum, times of day kept (shape of start).

    The visits of stratum s stand at order[indptr[s] : indptr[s + 1]] (as in Visits.by_stratum);
    those of no stratum keep their date.
    """
    lots = generator.integers(0, 1 << LOT_BITS, len(order), dtype=np.int64)
    return np.asarray(_dealt(indptr, order, start, lots))


@njit(cache=True, nogil=True)
def _dealt(indptr: Longs, order: Ints, start: Longs, lots: Longs) -> Longs:
    result, date = start.copy(), np.empty(len(order), np.int64)
    for k in range(len(order)):
        date[k] = start[order[k]] // SECONDS_A_DAY
    for s in range(len(indptr) - 1):
        low = indptr[s]
        for k in range(indptr[s + 1] - 1, low - 1, -1):
            other = low + (lots[k] * (k - low + 1) >> LOT_BITS)
            date[k], date[other] = date[other], date[k]
            visit = order[k]
            result[visit] = date[k] * SECONDS_A_DAY + start[visit] % SECONDS_A_DAY
    return result
