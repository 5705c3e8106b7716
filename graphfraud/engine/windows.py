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

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs

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


@njit(cache=True, nogil=True)
def groups(facility: Ints, kind: NDArray[np.int8]) -> Ints:
    """Return a dense number per visit for its facility and kind of care; visits sorted by both."""
    group = np.zeros(len(facility), np.int32)
    for i in range(1, len(facility)):
        group[i] = group[i - 1] + (facility[i] != facility[i - 1] or kind[i] != kind[i - 1])
    return group


def windows(group: Ints, kind: NDArray[np.int8], start: Longs, rule: WindowRule) -> Windows:
    """Return each visit's window; arrays in canonical (group, start) order, kind 2 is inpatient."""
    if not len(start):
        return Windows(np.zeros(0, np.int32), np.zeros(0, bool), np.zeros(0, bool))
    kinds, visits = _group_kinds(group, kind), _visits(group, np.ones(len(group), bool))
    clockless, midnight = _clockless(group, kinds, visits, start)
    days = _days(start)
    window = _by_clock(group, start, days, rule)
    # A visit without a clock among visits that have one would meet every other such visit.
    window[midnight] = -1
    window[clockless] = _by_day(kinds, visits, days, rule)[group[clockless]]
    crowded = _crowded(group, start, window, rule.crowd)
    window[crowded] = -1
    return Windows(window, clockless, crowded)


@njit(cache=True, nogil=True)
def _group_kinds(group: Ints, kind: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the kind of care of each group."""
    kinds = np.zeros(group[-1] + 1, np.int8)
    for i in range(len(group)):
        kinds[group[i]] = kind[i]
    return kinds


@njit(cache=True, nogil=True)
def _visits(group: Ints, chosen: NDArray[np.bool_]) -> Longs:
    """Return the chosen visits of each group."""
    visits = np.zeros(group[-1] + 1, np.int64)
    for i in range(len(group)):
        visits[group[i]] += chosen[i]
    return visits


def _clockless(
    group: Ints, kinds: NDArray[np.int8], visits: Longs, start: Longs
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether a visit's whole group is known by the day alone; whether it is at midnight."""
    midnight = _at_midnight(start)
    whole = 2 * _visits(group, midnight) >= visits
    return np.asarray((whole | (kinds == INPATIENT))[group]), midnight


@njit(cache=True, nogil=True)
def _at_midnight(start: Longs) -> NDArray[np.bool_]:
    result = np.empty(len(start), np.bool_)
    for i in range(len(start)):
        result[i] = start[i] % SECONDS_A_DAY == 0
    return result


def days_used(start: Longs) -> Longs:
    """Return the days since 1970 on which there are visits, sorted (int64).

    A day nobody came on counts for nothing, so one wrong date of long ago stretches no period.
    """
    if not len(start):
        return np.zeros(0, np.int64)
    first, last = (int(of() // SECONDS_A_DAY) for of in (start.min, start.max))
    return np.flatnonzero(_marked_days(start, first, last - first + 1)) + first


@njit(cache=True, nogil=True)
def _marked_days(start: Longs, first: int, days: int) -> NDArray[np.bool_]:
    used = np.zeros(days, np.bool_)
    for at in start:
        used[at // SECONDS_A_DAY - first] = True
    return used


def _days(start: Longs) -> tuple[int, int]:
    """Return on how many working days and weekend days there are visits."""
    used = days_used(start)
    off = int(weekend(used * SECONDS_A_DAY).sum())
    return len(used) - off, off


def _by_clock(group: Ints, start: Longs, days: tuple[int, int], rule: WindowRule) -> Ints:
    """Return the window that expects `strangers` in its two sides, at most `longest`."""
    cell = _clock_cells(group, start)
    visits = np.bincount(cell)
    open_days = np.array(days, np.int64)[np.arange(len(visits)) // HOURS % 2]
    widest = rule.strangers * 3600 * open_days // np.maximum(1, 2 * visits)
    return np.asarray(np.minimum(rule.longest, widest).astype(np.int32)[cell])


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
    kinds: NDArray[np.int8], visits: Longs, days: tuple[int, int], rule: WindowRule
) -> Ints:
    """Return per group: a day for admissions where three days are quiet enough, else 0, else -1."""
    bound = rule.strangers * sum(days)
    same_day = np.where(visits <= bound, 0, -1)
    quiet = (kinds == INPATIENT) & (3 * visits <= bound)
    return np.where(quiet, SECONDS_A_DAY, same_day).astype(np.int32)


@njit(cache=True, nogil=True)
def _crowded(group: Ints, start: Longs, window: Ints, crowd: int) -> NDArray[np.bool_]:
    """Return whether more than `crowd` visits lie in a visit's forward window."""
    result = np.zeros(len(start), np.bool_)
    for i in range(len(start) - crowd - 1):
        there = i + crowd + 1
        near = window[i] >= 0 and start[there] - start[i] <= window[i]
        result[i] = near and group[there] == group[i]
    return result
