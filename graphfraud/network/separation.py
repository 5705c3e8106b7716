"""Whether what lies on two sides of a border are two things, or one that the border cuts.

Two normal laws are held against one by their likelihood, less what it costs to say which value is
of which (Biernacki, Celeux & Govaert 2000, doi:10.1109/34.865189) and Schwarz's price of two more
parameters (1978, doi:10.1214/aos/1176344136); and nothing lies between the two for longer than
either is wide. A single law that the border cuts, normal, exponential or uniform, fails one of it.
"""

import math

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

RESOLUTION = 0.2  # log of a day or two over √12: waits are known to the day
DAY = 24.0


def waits_apart(hours: Floats, short: Bools) -> bool:
    """Return whether the short waits and the others (n, hours each) are two things.

    >>> short = np.arange(20) < 10
    >>> waits_apart(np.where(short, 3.0, 24.0 * np.arange(21, 41)), short)
    True
    >>> waits_apart(3.0 * np.arange(20), short)
    False
    """
    near, far = hours[short], hours[~short]
    if not (len(near) and len(far)):
        return False
    # A day is added: waits of the same day are alike, whether their hours are known or not.
    whole, one, other = (_Law(np.log(DAY + part)) for part in (hours, near, far))
    naming = sum(law.n * math.log(whole.n / law.n) for law in (one, other))
    gain = whole.cost - one.cost - other.cost - naming - math.log(whole.n)
    gap = math.log(DAY + far.min()) - math.log(DAY + near.max() + DAY)
    return gain > 0 and gap > max(one.width, other.width)


class _Law:
    """A normal law of values known to the day: how many, how wide, and its cost in nats."""

    def __init__(self, values: Floats) -> None:
        self.n = len(values)
        self.width = math.hypot(float(values.std()), RESOLUTION)
        self.cost = self.n * math.log(self.width)
