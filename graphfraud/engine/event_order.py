"""Brings visits into canonical order; a person's visits to a place in a day become one event.

A visit is packed into one integer, start · person · scheduled from high to low, and scattered to
its place (facility × kind); sorting each place's integers then sorts the visits, in cache, on all
cores.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.errors import EngineError

SECONDS_A_DAY = 86_400
_USABLE_BITS = 63

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
Visits = tuple[Ints, Longs, Ints, Flags]


def day_events(
    parts: Sequence[Visits], rank: Ints, n_places: int
) -> tuple[Ints, Longs, Ints, Flags]:
    """Return (place, start, person, scheduled) of the events, sorted by (place, start, person).

    One event per (place, person, calendar day): its earliest start, scheduled if any of its visits
    is. parts: visits as (place, start in seconds since 1970, person code, scheduled), any order;
    rank: what a person's code becomes. EngineError where times span more than an integer can hold.
    """
    first = min((int(start.min()) for _, start, _, _ in parts if len(start)), default=0)
    last = max((int(start.max()) for _, start, _, _ in parts if len(start)), default=0)
    _check_span(last - first, len(rank))
    shift = len(rank).bit_length() + 1
    ends, packed = _by_place(parts, rank, n_places, first, shift)
    _sort_each(ends, packed)
    kept = _merged(ends, packed, first, shift, np.full(len(rank), -1, np.int64))
    return _unpacked(ends, packed[:kept], first, shift)


def _by_place(
    parts: Sequence[Visits], rank: Ints, n_places: int, first: int, shift: int
) -> tuple[Longs, Longs]:
    """Return (ends: n_places + 1, packed visits grouped by place)."""
    ends = np.zeros(n_places + 1, np.int64)
    for place, _, _, _ in parts:
        ends[1:] += np.bincount(place, minlength=n_places)
    ends = np.cumsum(ends)
    to, packed = ends[:-1].copy(), np.empty(ends[-1], np.int64)
    for part in parts:
        _scatter(*part, rank, first, shift, to, packed)
    return ends, packed


def _check_span(seconds: int, n_persons: int) -> None:
    if seconds.bit_length() + n_persons.bit_length() + 1 > _USABLE_BITS:
        raise EngineError(
            f"{n_persons} persons over {seconds // SECONDS_A_DAY} days are too much at once.",
            hint="Look for impossible dates, or use a snapshot of fewer feeds.",
        )


def _sort_each(ends: Longs, packed: Longs) -> None:
    """Sort every place's part of `packed` where it lies."""
    with ThreadPoolExecutor() as pool:
        for _ in pool.map(lambda at: packed[ends[at] : ends[at + 1]].sort(), range(len(ends) - 1)):
            pass


@njit(cache=True, nogil=True)
def _scatter(
    place: Ints, start: Longs, person: Ints, scheduled: Flags,
    rank: Ints, first: int, shift: int, to: Longs, packed: Longs,
) -> None:  # fmt: skip
    """Put each visit where its place goes on; to: where that is, moved along."""
    for i in range(len(place)):
        at = place[i]
        who = np.int64(rank[person[i]])
        packed[to[at]] = (start[i] - first) << shift | who << 1 | np.int64(scheduled[i])
        to[at] += 1


@njit(cache=True, nogil=True)
def _merged(ends: Longs, packed: Longs, first: int, shift: int, latest: Longs) -> int:
    """Keep the first visit of a person in a place's day, in place; return how many are left.

    ends: moved along with what is kept. latest: per person, where the last kept event lies, or -1.
    """
    kept, low, persons = 0, ends[0], (1 << (shift - 1)) - 1
    for at in range(len(ends) - 1):
        begin, high = kept, ends[at + 1]
        for i in range(low, high):
            who, before = (packed[i] >> 1) & persons, -1
            if latest[who] >= begin:
                before = latest[who]
            day = ((packed[i] >> shift) + first) // 86_400
            if before >= 0 and ((packed[before] >> shift) + first) // 86_400 == day:
                packed[before] |= packed[i] & 1
            else:
                packed[kept], latest[who] = packed[i], kept
                kept += 1
        low, ends[at + 1] = high, kept
    return kept


@njit(cache=True, nogil=True)
def _unpacked(
    ends: Longs, packed: Longs, first: int, shift: int
) -> tuple[Ints, Longs, Ints, Flags]:
    """Return (place, start, person, scheduled) of the packed events."""
    n = len(packed)
    place, start = np.empty(n, np.int32), np.empty(n, np.int64)
    person, scheduled = np.empty(n, np.int32), np.empty(n, np.bool_)
    persons = (1 << (shift - 1)) - 1
    for at in range(len(ends) - 1):
        for i in range(ends[at], ends[at + 1]):
            place[i], start[i] = at, (packed[i] >> shift) + first
            person[i], scheduled[i] = (packed[i] >> 1) & persons, packed[i] & 1
    return place, start, person, scheduled
