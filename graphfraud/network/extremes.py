"""How strong chance at its best gets: a Gumbel law fitted to the best of each replicate.

The best of many is Gumbel distributed (Abrams, Kulldorff & Kleinman 2010,
doi:10.1186/1476-072X-9-61, for scan statistics): a few dozen replicates then tell small p-values
as well as 999 ranked ones. Fitted by moments; location and scale are taken two standard errors
up, so that few replicates make the p-value larger, never smaller.
"""

import numpy as np
from numpy.typing import NDArray

EULER = 0.5772156649015329
SCALE_ERROR = 1.05  # of the scale by moments, relative, times √R
MEAN_ERROR = 1.2825  # standard deviation of a Gumbel law, in scales


def gumbel_tail(value: float, best: NDArray[np.float64]) -> float:
    """Return the chance that a replicate's best reaches `value`, given the bests of R ≥ 2.

    >>> bests = np.array([1.00, 1.02, 0.98, 1.05, 0.97, 1.01, 1.00, 1.03])
    >>> gumbel_tail(1.01, bests) > 0.5, gumbel_tail(2.0, bests) < 0.0001
    (True, True)
    """
    root = np.sqrt(len(best))
    scale = float(best.std(ddof=1)) * np.sqrt(6) / np.pi
    location = float(best.mean()) - EULER * scale + 2 * MEAN_ERROR * scale / root
    wide = max(scale * (1 + 2 * SCALE_ERROR / root), 1e-9)
    return float(-np.expm1(-np.exp(-max(-700.0, (value - location) / wide))))
