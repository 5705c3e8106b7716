"""Does a count beat chance? Tails, and the correction for looking at many pairs.

The count of joint days of two persons is compared with a Poisson law of mean λ (statistically
validated networks: Tumminello et al. 2011, doi:10.1371/journal.pone.0017994), widened to a negative
binomial of variance λ + κλ² where shuffled replicates show more spread than Poisson: what the null
model's mean does not know makes λ wrong by a factor, which the gamma mixture stands for.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

_LEAST = 1e-9  # a κ beside which the negative binomial law is the Poisson law to nine digits
DISPERSIONS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)


def upper_tail(
    count: NDArray[np.integer], expected: Floats, dispersion: float | Floats = 0.0
) -> Floats:
    """Return P(X ≥ count) for X of mean λ = expected and variance λ + κλ², κ = dispersion.

    Shapes alike; κ = 0 is Poisson; an array of κ has one for each count.

    >>> round(float(upper_tail(np.array([1]), np.array([0.5]))[0]), 6)
    0.393469
    """
    floor = np.maximum(expected, 1e-300)
    if np.all(np.asarray(dispersion) <= 0.0):
        tail = special.pdtrc(np.maximum(count, 1) - 1, floor)
        return np.asarray(np.where(count > 0, tail, 1.0))
    size = 1.0 / np.maximum(dispersion, _LEAST)
    tail = special.betainc(np.maximum(count, 1), size, floor / (size + floor))
    return np.asarray(np.where(count > 0, tail, 1.0))


def adjusted(p: Floats, family: int) -> Floats:
    """Return Benjamini–Hochberg q-values for the smallest p of a family of `family` tests.

    The tests not listed count as p = 1 (Benjamini & Hochberg 1995). family ≥ len(p).

    >>> adjusted(np.array([0.001, 0.5]), 10).round(3).tolist()
    [0.01, 1.0]
    """
    order = np.argsort(p, kind="stable")
    ranked = np.minimum(1.0, p[order] * family / np.arange(1, len(p) + 1))
    result = np.empty(len(p))
    result[order] = np.minimum.accumulate(ranked[::-1])[::-1]
    return result


def log_likelihood_ratio(count: float, expected: float) -> float:
    """Return how much better a rate of `count` explains `count` than `expected` does, in nats.

    The Poisson scan statistic (Kulldorff 1997): c·ln(c/e) - (c - e), and 0 where c ≤ e.

    >>> round(log_likelihood_ratio(10, 1.0), 3), log_likelihood_ratio(1, 2.0)
    (14.026, 0.0)
    """
    if count <= expected:
        return 0.0
    return float(count * np.log(count / max(expected, 1e-300)) - (count - expected))


def dispersion(count: NDArray[np.integer], expected: Floats, family: int) -> float:
    """Return the smallest κ of DISPERSIONS under which the null's tail is as thin as it should be.

    count, expected: the pairs that met at all in replicates in which nobody meets but by chance;
    family: how many pairs could have met, over all replicates. At each level the number of pairs
    below it must not exceed level·family by more than two standard deviations.
    """
    levels = 10.0 ** -np.arange(3, 11)
    allowed = levels * family + 2 * np.sqrt(levels * family)
    for kappa in DISPERSIONS:
        p = np.sort(upper_tail(count, expected, kappa))
        if (np.searchsorted(p, levels, side="right") <= allowed).all():
            return kappa
    return DISPERSIONS[-1]
