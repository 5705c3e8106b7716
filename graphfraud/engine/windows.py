"""How close in time is together: a window per visit that shrinks where a place is busy.

The bound: in a window on either side of a visit at most `strangers` other visits are expected, so
the work stays linear in claims and a busy place needs a tighter coincidence. Busyness is counted
per group (one kind of care at one facility), weekday class and hour, all in integers.

Where a group's visits carry no clock (half or more lie at midnight sharp), the unit is the day.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
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
    clockless, midnight = _clockless(group, kind, start)
    by_clock = _by_clock(group, start, rule)
    # A visit without a clock among visits that have one would meet every other such visit.
    by_clock[midnight] = -1
    window = np.where(clockless, _by_day(group, kind, start, rule), by_clock)
    crowded = _crowded(group, start, window, rule.crowd)
    window[crowded] = -1
    return Windows(window, clockless, crowded)


def _clockless(
    group: Ints, kind: NDArray[np.int8], start: Longs
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether a visit's whole group is known by the day alone; whether it is at midnight."""
    groups = int(group[-1]) + 1 if len(group) else 0
    midnight = start % SECONDS_A_DAY == 0
    whole = 2 * np.bincount(group[midnight], minlength=groups) >= np.bincount(
        group, minlength=groups
    )
    return np.asarray(whole[group] | (kind == INPATIENT)), np.asarray(midnight)


def _days(start: Longs) -> tuple[int, int]:
    """Return how many working days and weekend days the period spans."""
    if not len(start):
        return 0, 0
    first, last = int(start.min()) // SECONDS_A_DAY, int(start.max()) // SECONDS_A_DAY
    off = int(weekend(np.arange(first, last + 1, dtype=np.int64) * SECONDS_A_DAY).sum())
    return last - first + 1 - off, off


def _by_clock(group: Ints, start: Longs, rule: WindowRule) -> NDArray[np.int32]:
    """Return the window that expects `strangers` in its two sides, at most `longest`."""
    if not len(start):
        return np.zeros(0, np.int32)
    cell = _clock_cells(group, start)
    visits = np.bincount(cell)
    days = np.array(_days(start), np.int64)[np.arange(len(visits)) // HOURS % 2]
    widest = rule.strangers * 3600 * days // np.maximum(1, 2 * visits)
    return np.minimum(rule.longest, widest).astype(np.int32)[cell]


@njit(cache=True, nogil=True)
def _clock_cells(group: Ints, start: Longs) -> Ints:
    """Return the cell of each visit: group, weekday class, hour."""
    cell = np.empty(len(start), np.int32)
    for i in range(len(start)):
        day = start[i] // SECONDS_A_DAY
        off = np.int64((day + 3) % 7 >= 5)
        hour = (start[i] - day * SECONDS_A_DAY) // 3600
        cell[i] = (group[i] * 2 + off) * HOURS + hour
    return cell


def _by_day(
    group: Ints, kind: NDArray[np.int8], start: Longs, rule: WindowRule
) -> NDArray[np.int32]:
    """Return a day for admissions where three days are quiet enough, else 0, else -1."""
    visits = np.bincount(group)
    bound = rule.strangers * sum(_days(start))
    same_day = np.where(visits <= bound, 0, -1).astype(np.int32)
    wide = (kind == INPATIENT) & (3 * visits <= bound)[group]
    return np.where(wide, np.int32(SECONDS_A_DAY), same_day[group])


def _crowded(group: Ints, start: Longs, window: NDArray[np.int32], crowd: int) -> NDArray[np.bool_]:
    """Return whether more than `crowd` visits lie in a visit's forward window."""
    result = np.zeros(len(start), bool)
    if len(start) > crowd + 1:
        here, there = slice(0, len(start) - crowd - 1), slice(crowd + 1, None)
        near = start[there] - start[here] <= window[here]
        result[here] = near & (group[there] == group[here]) & (window[here] >= 0)
    return result
