"""Meetings in company: two members met, and at least one of them a third on the same visit.

Where persons seldom come, chance joins many pairs and hardly ever three. So what counts of a group
are the joint days of its pairs at which a third was there, not pairs that chance scatters.
"""

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import meetings_among
from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs, Visits

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def in_company(first: Longs, second: Longs, person: Ints) -> Flags:
    """Say for each meeting of two visits whether one of them meets a third person.

    first, second: the visits' rows; person: whose each row is.

    >>> rows = np.array([0, 0, 5]), np.array([1, 2, 6])
    >>> in_company(*rows, np.arange(7, dtype=np.int32)).tolist()
    [True, True, False]
    """
    visit = np.concatenate((first, second))
    met = np.concatenate((person[second], person[first])).astype(np.int64)
    once = np.unique(np.stack((visit, met)), axis=1)
    companions = np.bincount(once[0], minlength=len(person))
    return np.asarray((companions[first] > 1) | (companions[second] > 1))


def days_in_company(visits: Visits, persons: Ints) -> tuple[Ints, Ints]:
    """Return (a, b), once for each day on which two of the persons met in company; a < b."""
    member = np.zeros(visits.n_persons, bool)
    member[persons] = True
    first, second = meetings_among(visits, member)
    kept = in_company(first, second, visits.person)
    one, other = visits.person[first[kept]], visits.person[second[kept]]
    low = np.where(one < other, first[kept], second[kept])
    pairs = np.stack((np.minimum(one, other), np.maximum(one, other)))
    days = np.unique(np.vstack((pairs, visits.start[low] // SECONDS_A_DAY)), axis=1)
    return days[0].astype(np.int32), days[1].astype(np.int32)


def gathered(visits: Visits, persons: Ints, *, at_least: int) -> Ints:
    """Return the persons who met others in company on `at_least` days or more, sorted.

    Who did not leaves, and the others are looked at again without them.
    """
    while len(persons):
        a, b = days_in_company(visits, persons)
        days = _most_days(persons, a, b)
        staying = persons[days >= at_least]
        if len(staying) == len(persons):
            break
        persons = staying
    return persons


def _most_days(persons: Ints, a: Ints, b: Ints) -> Longs:
    """Return for each person the most joint days in company with any one other."""
    counts = np.zeros(len(persons), np.int64)
    pairs, days = np.unique(np.stack((a, b)), axis=1, return_counts=True)
    for end in pairs:
        np.maximum.at(counts, np.searchsorted(persons, end), days)
    return counts


def expected_in_company(persons: Ints, visits: Ints, a: Ints, b: Ints, expected: Floats) -> Floats:
    """Return how many of each pair's expected joint days would be in company by chance.

    visits: how many each person has; a, b, expected: every pair of the persons and its λ. A third
    comes to one visit of a with chance 1 - exp(-μ), μ the sum of a's other λ over a's visits.
    """
    row, column = np.searchsorted(persons, a), np.searchsorted(persons, b)
    total = np.zeros(len(persons))
    np.add.at(total, row, expected)
    np.add.at(total, column, expected)
    each = np.maximum(1, visits)
    others = (total[row] - expected) / each[row] + (total[column] - expected) / each[column]
    return np.asarray(expected * -np.expm1(-others))
