"""The core of a community: those whom more than one other member holds there beyond chance.

A person who met one member three times by accident is tied to that member alone. So each member is
tested without the one they met most: joint days with all the others, against what chance gives
them. Who fails leaves, the weakest first, until all that are left pass.
"""

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.visits import Ints
from graphfraud.network.significance import upper_tail

Floats = NDArray[np.float64]


def core(
    persons: Ints, a: Ints, b: Ints, observed: Ints, expected: Floats, *, level: float
) -> Ints:
    """Return the persons who stay, sorted; level: for all members of the community together.

    a, b: every pair of `persons` (codes); observed, expected: their joint days, and by chance.

    >>> everyone, one = np.arange(4, dtype=np.int32), np.array([0, 0, 0, 1, 1, 2], np.int32)
    >>> other, days = np.array([1, 2, 3, 2, 3, 3], np.int32), np.array([5, 5, 3, 5, 0, 0], np.int32)
    >>> core(everyone, one, other, days, np.full(6, 0.1), level=0.01).tolist()
    [0, 1, 2]
    """
    joint, chance = _matrix(persons, a, b, observed), _matrix(persons, a, b, expected)
    stays = np.ones(len(persons), bool)
    while stays.sum() > 1:
        p = _p_without_closest(joint[np.ix_(stays, stays)], chance[np.ix_(stays, stays)])
        weakest = int(np.argmax(p))
        if p[weakest] * stays.sum() <= level:
            break
        stays[np.flatnonzero(stays)[weakest]] = False
    return persons[stays] if stays.sum() > 1 else persons[:0]


def _matrix(persons: Ints, a: Ints, b: Ints, values: NDArray[np.generic]) -> Floats:
    """Return the values as a symmetric matrix in the order of `persons`."""
    result = np.zeros((len(persons), len(persons)))
    row, column = np.searchsorted(persons, a), np.searchsorted(persons, b)
    result[row, column] = result[column, row] = values
    return result


def _p_without_closest(joint: Floats, chance: Floats) -> Floats:
    """Return for each member how likely chance gives the joint days without the closest member."""
    everyone = np.arange(len(joint))
    closest = np.argmax(joint, axis=1)
    days = joint.sum(axis=1) - joint[everyone, closest]
    expected = chance.sum(axis=1) - chance[everyone, closest]
    return upper_tail(days.astype(np.int64), expected)
