"""People at one place at one time, again and again: what honest groups and rings have in common."""

import numpy as np

from .arrays import Indexes, Ints, Rng, indexes
from .visits import Visits, visits


def gathering(
    rng: Rng,
    members: Indexes,
    place: Indexes,
    kind: int,
    when: Ints,
    attendance: float,
    jitter: float,
) -> Visits:
    """Return the visits of `members` around the moments `when` at `place` (one for each moment).

    Each member comes with probability `attendance`, normally spread by `jitter` seconds.
    """
    there = rng.random((len(when), len(members))) < attendance
    meeting, member = np.nonzero(there)
    start = when[meeting] + rng.normal(0.0, jitter, len(meeting)).astype(np.int64)
    return visits(members[member], place[meeting], kind, start)


def queue(
    rng: Rng,
    members: Indexes,
    place: Indexes,
    kind: int,
    when: Ints,
    attendance: float,
    gap: tuple[int, int],
) -> Visits:
    """Return visits one behind the other, `gap` seconds apart, in a new order each time."""
    shape = (len(when), len(members))
    order = np.argsort(rng.random(shape), axis=1)
    there = np.take_along_axis(rng.random(shape) < attendance, order, axis=1)
    passed = np.cumsum(rng.integers(*gap, size=shape) * there, axis=1)
    meeting, turn = np.nonzero(there)
    start = when[meeting] + passed[meeting, turn]
    return visits(members[order[meeting, turn]], place[meeting], kind, start)


def one_place(place: int, moments: Ints) -> Indexes:
    """Return `place` once for each moment."""
    return indexes(np.full(len(moments), place))


def spread_days(rng: Rng, days: int, count: int) -> Ints:
    """Return up to `count` distinct days spread over the period, sorted."""
    count = min(count, max(1, int(days * 0.8)))
    return np.sort(rng.choice(days, count, replace=False)).astype(np.int64)


def every(rng: Rng, days: int, gap: tuple[int, int]) -> Ints:
    """Return days `gap` apart (low, high excluded), from a random first one."""
    steps = rng.integers(*gap, size=days // gap[0] + 2)
    steps[0] = rng.integers(0, gap[0])
    day = np.cumsum(steps)
    return day[day < days].astype(np.int64)
