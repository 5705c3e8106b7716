"""Does a share beat chance? Tails, when the chance itself is known only roughly.

X of n is binomial with a probability that is not fixed but beta distributed (Skellam 1948): of mean
μ and intraclass correlation ρ = 1 / (α + β + 1). ρ = 0 is the plain binomial, whose tail is never
thinner than that of independent trials with unequal chances of the same mean (Hoeffding 1956,
doi:10.1214/aoms/1177728178).
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CORRELATIONS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5)
LEVELS = np.array([0.2, 0.1, 0.05, 0.02, 0.01])
_FAR = 1e250
_PLAIN = 1e-7  # below this correlation, binomial and beta-binomial agree to many digits


def upper_tail(count: Counts, size: Counts, mean: Floats, correlation: Floats) -> Floats:
    """Return P(X ≥ count) for X of `size` trials; arrays of one shape, mean in [0, 1].

    >>> one = np.array([1])
    >>> round(float(upper_tail(one, 2 * one, np.array([0.5]), np.array([0.0]))[0]), 6)
    0.75
    """
    return np.asarray(_tails(count, size, np.clip(mean, 1e-12, 1 - 1e-12), correlation))


def correlation(count: Counts, size: Counts, mean: Floats, known: Floats, lots: Floats) -> float:
    """Return the smallest ρ of CORRELATIONS under which the bulk is no wider than it should be.

    known: the correlation that comes of the mean's own uncertainty, to which ρ is added; lots: one
    uniform number for each count, which makes the p-values of whole numbers continuous. A level may
    hold two standard deviations more than its share; a few true exceptions do not move it.
    """
    allowed = LEVELS * len(count) + 2 * np.sqrt(LEVELS * len(count))
    for rho in CORRELATIONS:
        wide = np.minimum(known + rho, 0.99)
        at, above = (upper_tail(count + step, size, mean, wide) for step in (0, 1))
        p = np.sort(lots * at + (1 - lots) * above)
        if (np.searchsorted(p, LEVELS, side="right") <= allowed).all():
            return rho
    return CORRELATIONS[-1]


@njit(cache=True, nogil=True)
def _tails(count: Counts, size: Counts, mean: Floats, correlation: Floats) -> Floats:
    out = np.ones(len(count))
    for i in range(len(count)):
        if count[i] > size[i]:
            out[i] = 0.0
        elif count[i] > 0:
            out[i] = _tail(count[i], size[i], mean[i], correlation[i])
    return out


@njit(cache=True, nogil=True)
def _tail(count: int, size: int, mean: float, correlation: float) -> float:
    """Sum the probabilities of count … size, each from the one before."""
    rho = max(correlation, _PLAIN)
    alpha, beta = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
    log_first = (
        math.lgamma(size + 1) - math.lgamma(count + 1) - math.lgamma(size - count + 1)
        + math.lgamma(count + alpha) - math.lgamma(alpha)
        + math.lgamma(size - count + beta) - math.lgamma(beta)
        + math.lgamma(alpha + beta) - math.lgamma(size + alpha + beta)
    )  # fmt: skip
    term, total = 1.0, 1.0
    for x in range(count, size):
        term *= (size - x) * (alpha + x) / ((x + 1) * (beta + size - x - 1))
        total += term
        if total > _FAR:
            return 1.0  # so far below the bulk that the first term would vanish
    return min(1.0, math.exp(log_first) * total)
