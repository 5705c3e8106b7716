"""How close in time is together: a window per visit that shrinks where a place is busy.

The bound: in a window on either side of a visit at most `strangers` other visits are expected, so
the work stays linear in claims and a busy place needs a tighter coincidence. Busyness is counted
per group (one kind of care at one facility), weekday class and hour, all in integers.

Where a group's visits carry no clock (half or more lie at midnight sharp), the unit is the day.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import SECONDS_A_DAY, Ints, Longs

INPATIENT = 2
HOURS = 24


@dataclass(frozen=True)
class WindowRule:
    """The rule's parameters.

    longest: seconds, the widest window by the clock; strangers: expected others in a window;
    crowd: more visits than this within one window make a mega-event, which starts no meetings.
    """

    longest: int = 3600
    strangers: int = 10
    crowd: int = 200


@dataclass(frozen=True)
class Windows:
    """window: int32 seconds per visit, -1 for none; clockless, crowded: bool per visit."""

    window: Ints
    clockless: NDArray[np.bool_]
    crowded: NDArray[np.bool_]


def weekend(start: Longs) -> NDArray[np.int64]:
    """Return 1 for Saturday and Sunday, else 0 (int64, shape of start).

    >>> weekend(np.array([0, 2 * 86400])).tolist()  # 1970-01-01 was a Thursday
    [0, 1]
    """
    return ((start // SECONDS_A_DAY + 3) % 7 >= 5).astype(np.int64)


def windows(group: Ints, kind: NDArray[np.int8], start: Longs, rule: WindowRule) -> Windows:
    """Return each visit's window; arrays in canonical (group, start) order, kind 2 is inpatient."""
    clockless = _clockless(group, kind, start)
    by_clock = _by_clock(group, start, rule)
    by_day = _by_day(group, kind, start, rule)
    window = np.where(clockless, by_day, by_clock)
    unclocked = ~clockless & (start % SECONDS_A_DAY == 0)
    window[unclocked] = -1
    crowded = _crowded(group, start, window, rule.crowd)
    window[crowded] = -1
    return Windows(window.astype(np.int32), clockless, crowded)


def _clockless(group: Ints, kind: NDArray[np.int8], start: Longs) -> NDArray[np.bool_]:
    """Return whether a visit's whole group is known by the day alone."""
    groups = int(group[-1]) + 1 if len(group) else 0
    midnight = np.bincount(group[start % SECONDS_A_DAY == 0], minlength=groups)
    whole = 2 * midnight >= np.bincount(group, minlength=groups)
    return np.asarray(whole[group] | (kind == INPATIENT))


def _days(start: Longs) -> tuple[int, int]:
    """Return how many working days and weekend days the period spans, at least one of each."""
    if not len(start):
        return 1, 1
    first, last = int(start.min()) // SECONDS_A_DAY, int(start.max()) // SECONDS_A_DAY
    off = int(weekend(np.arange(first, last + 1, dtype=np.int64) * SECONDS_A_DAY).sum())
    return max(1, last - first + 1 - off), max(1, off)


def _by_clock(group: Ints, start: Longs, rule: WindowRule) -> NDArray[np.int64]:
    """Return the window that expects `strangers` in its two sides, at most `longest`."""
    off = weekend(start)
    cell = (group.astype(np.int64) * 2 + off) * HOURS + start % SECONDS_A_DAY // 3600
    visits = np.bincount(cell)[cell] if len(cell) else np.zeros(0, np.int64)
    days = np.array(_days(start), np.int64)[off]
    return np.minimum(rule.longest, rule.strangers * 3600 * days // np.maximum(1, 2 * visits))


def _by_day(
    group: Ints, kind: NDArray[np.int8], start: Longs, rule: WindowRule
) -> NDArray[np.int64]:
    """Return a day for admissions where three days are quiet enough, else 0, else -1."""
    visits = np.bincount(group)[group] if len(group) else np.zeros(0, np.int64)
    days = sum(_days(start))
    wide = (kind == INPATIENT) & (3 * visits <= rule.strangers * days)
    same_day = visits <= rule.strangers * days
    return np.asarray(np.where(wide, SECONDS_A_DAY, np.where(same_day, 0, -1)))


def _crowded(group: Ints, start: Longs, window: NDArray[np.int64], crowd: int) -> NDArray[np.bool_]:
    """Return whether more than `crowd` visits lie in a visit's forward window."""
    result = np.zeros(len(start), bool)
    if len(start) <= crowd:
        return result
    ahead = np.arange(len(start) - crowd - 1)
    near = start[ahead + crowd + 1] - start[ahead] <= window[ahead]
    result[ahead] = near & (group[ahead + crowd + 1] == group[ahead]) & (window[ahead] >= 0)
    return result
