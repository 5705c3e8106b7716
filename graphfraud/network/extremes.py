"""How strong chance at its best gets: the tail of a Gumbel law, known from the best of replicates.

The best of many is Gumbel distributed (Abrams, Kulldorff & Kleinman 2010,
doi:10.1186/1476-072X-9-61, for scan statistics): a few dozen replicates then tell small p-values
as well as 999 ranked ones. What so few leave open of location and scale is averaged over: the
distance of one more draw from their mean, in their standard deviations, has one law whatever the
location and scale (a pivot, Lawless 2003, Statistical Models and Methods for Lifetime Data,
section 3.4), so the p-value is exact for any number of replicates.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 4_000  # samples that the average is over: one hundredth is known to 2 %
ENOUGH = 1_000  # replicates, beyond which nothing is left open


def gumbel_tail(value: float, best: Floats) -> float:
    """Return the chance that one more replicate's best reaches `value`, given R ≥ 2 bests.

    >>> bests = np.array([1.00, 1.02, 0.98, 1.05, 0.97, 1.01, 1.00, 1.03])
    >>> gumbel_tail(1.01, bests) > 0.3, gumbel_tail(2.0, bests) < 0.0001
    (True, True)
    """
    far = (value - float(best.mean())) / max(float(best.std(ddof=1)), 1e-9)
    mean, deviation = _samples(min(len(best), ENOUGH))
    return float(-np.expm1(-np.exp(-np.maximum(-700.0, mean + far * deviation))).mean())


@lru_cache(maxsize=8)
def _samples(size: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of many samples of the standard law."""
    drawn = np.random.default_rng([size, 1958]).gumbel(size=(DRAWS, size))
    return drawn.mean(axis=1), drawn.std(axis=1, ddof=1)
