"""Replicates in which nobody acts together: dates exchanged within strata.

Every visit keeps its person and its time of day; its date is exchanged with that of another visit
of the same stratum. So who goes where, how often and at which hour, and how busy each day is, all
stay; only who came on the same day as whom is left to chance.
"""

import numpy as np
from numpy.typing import NDArray

SECONDS_A_DAY = 86_400


def shuffled_dates(
    stratum: NDArray[np.int32], start: NDArray[np.int64], generator: np.random.Generator
) -> NDArray[np.int64]:
    """Return new starts: dates permuted within each stratum, times of day kept (shape of start).

    Visits with a negative stratum keep their date.
    """
    day, clock = np.divmod(start, SECONDS_A_DAY)
    members = np.argsort(stratum, kind="stable")
    # One key holds stratum and lot, so a plain sort draws the order within every stratum.
    lots = generator.integers(0, 1 << 32, len(start), dtype=np.int64)
    mixed = members[np.argsort((stratum[members].astype(np.int64) << 32) | lots, kind="stable")]
    result = np.empty_like(day)
    result[members] = day[mixed]
    result[stratum < 0] = day[stratum < 0]
    return np.asarray(result * SECONDS_A_DAY + clock)
