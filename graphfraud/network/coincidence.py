"""Do two things fall into the same periods? The exact law of the count, periods exchanged.

A person is paid in k of m periods and has claims in n of them: were the periods of payment drawn
at will, the overlap would be hypergeometric (Fisher 1935). The overlaps of independent persons add
up: their law is the convolution. Independent p-values combine by Fisher's method (1932).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def overlap_law(periods: Ints, claimed: Ints, paid: Ints) -> Floats:
    """Return P(X = 0), P(X = 1), … for the sum of the persons' overlaps; shapes alike, [persons].

    >>> overlap_law(np.array([2]), np.array([1]), np.array([1])).round(3).tolist()
    [0.5, 0.5]
    """
    laws = []
    for m, n, k in zip(periods.tolist(), claimed.tolist(), paid.tolist(), strict=True):
        if min(n, k) > 0:
            laws.append(stats.hypergeom.pmf(np.arange(min(n, k) + 1), m, n, k))
    return convolved(laws)


def convolved(laws: Iterable[Floats]) -> Floats:
    """Return the law of the sum of independent counts; [1.0] for none."""
    law = np.ones(1)
    for one in laws:
        law = np.convolve(law, one)
    return law


def tail(law: Floats, count: int) -> float:
    """Return P(X ≥ count) under a law of convolved().

    >>> tail(np.array([0.25, 0.5, 0.25]), 1)
    0.75
    """
    return float(min(1.0, law[max(0, count) :].sum()))


def combined(p: Iterable[float]) -> float:
    """Return the joint p-value of independent p-values (Fisher's method).

    >>> round(combined([0.1, 0.1]), 4)
    0.0561
    """
    values = np.clip(np.array(list(p)), 1e-300, 1.0)
    return float(special.gammaincc(len(values), -np.log(values).sum())) if len(values) else 1.0


def within_correlation(group: Ints, x: Floats, y: Floats) -> tuple[float, int]:
    """Return the correlation of x and y inside groups, and its degrees of freedom.

    x and y are ranked, and each group's mean is taken out: what differs between groups says
    nothing. (0.0, 0) where nothing is left.
    """
    ranks = [stats.rankdata(values) for values in (x, y)]
    sizes = np.bincount(group)
    free = int(len(group) - (sizes > 0).sum() - 1)
    a, b = (rank - (np.bincount(group, rank) / np.maximum(1, sizes))[group] for rank in ranks)
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    if free < 1 or norm < 1e-9:
        return 0.0, 0
    return float(np.clip((a * b).sum() / norm, -1, 1)), free


def correlation_tail(correlation: float, freedom: int) -> float:
    """Return the chance of a correlation at least so large where there is none (Student's t)."""
    if freedom < 1:
        return 1.0
    r = float(np.clip(correlation, 1e-9 - 1, 1 - 1e-9))
    return float(stats.t.sf(r * np.sqrt(freedom / (1 - r * r)), freedom))
