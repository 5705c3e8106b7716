"""Do p-values keep their word? Distance from the uniform law, and intervals of observed rates."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats


class Distance(NamedTuple):
    """How far p-values are from uniform (Kolmogorov 1933, Smirnov 1948).

    too_small: the most by which the share of p-values ≤ x exceeds x: the dangerous side;
    too_large: the other side, which only costs power; chance: of such a too_small, or a greater
    one, where they are uniform and independent. n: how many p-values.
    """

    n: int
    too_small: float
    too_large: float
    chance: float

    @property
    def statistic(self) -> float:
        """Return the two-sided statistic."""
        return max(self.too_small, self.too_large)


def distance(p_values: ArrayLike) -> Distance:
    """Return the Kolmogorov-Smirnov distance from the uniform law on [0, 1]; n ≥ 1.

    >>> distance([0.5]).too_small
    0.5
    """
    p = np.sort(np.asarray(p_values, np.float64))
    n = len(p)
    if n == 0 or p[0] < 0 or p[-1] > 1:
        raise ValueError("p-values are numbers from 0 to 1, one at least.")
    above = float((np.arange(1, n + 1) / n - p).max())
    below = float((p - np.arange(n) / n).max())
    return Distance(n, max(0.0, above), max(0.0, below), float(stats.ksone.sf(above, n)))


class Rate(NamedTuple):
    """An observed share, and the interval that holds the true one in 95 of 100 repetitions."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return hits / n, NaN where nothing was tried."""
        return self.hits / self.n if self.n else float("nan")


def rate(hits: int, n: int, confidence: float = 0.95) -> Rate:
    """Return the exact binomial interval of Clopper and Pearson 1934 (doi:10.2307/2331986).

    >>> [round(end, 4) for end in rate(0, 100)[2:]]
    [0.0, 0.0362]
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share.")
    tail = (1 - confidence) / 2
    low = float(stats.beta.ppf(tail, hits, n - hits + 1)) if hits else 0.0
    high = float(stats.beta.isf(tail, hits + 1, n - hits)) if hits < n else 1.0
    return Rate(hits, n, low, high)
