"""Who was there together: the one quadratic step, compiled.

Invariants. Visits are sorted by (group, start, person); a group is one kind of care at one
facility. Two visits meet when they lie in one group and one stratum and the later one starts no
more than the earlier one's window after it. A pair (a, b), a < b, is counted once a calendar day:
the day of a's visit. A visit with a negative window starts no meeting (it can still be met, unless
its stratum is negative too). `sql/co_attendance.sql` says the same in SQL and must agree.

Rows are counted person by person in a dense scratch row (Gustavson 1978, sparse matrix product), so
memory grows with persons and found pairs, never with the raw meetings.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

SECONDS_A_DAY = 86_400
CHUNKS = 32

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Visits:
    """Visits in canonical order, all arrays of one length n.

    person, group, stratum: int32 codes; start: int64 seconds; window: int32 seconds, -1 for none.
    """

    person: Ints
    group: Ints
    start: Longs
    stratum: Ints
    window: Ints
    n_persons: int
    n_strata: int

    @cached_property
    def index(self) -> tuple[Longs, Ints]:
        """Return (indptr, order): where each person's visits stand in these arrays."""
        indptr, order = _by_person(self.person, self.n_persons)
        return indptr, order

    @cached_property
    def reach(self) -> tuple[Ints, Ints]:
        """Return (last, first): visit i meets none beyond last[i] and none before first[i]."""
        last, first = reach(self.group, self.start, self.window)
        return last, first

    def of(self, chosen: NDArray[np.bool_]) -> "Visits":
        """Return the visits of the persons marked in `chosen` (bool, n_persons), same codes."""
        return self.at(np.flatnonzero(chosen[self.person]))

    def at(self, rows: Longs) -> "Visits":
        """Return the visits at these positions, which must ascend."""
        return Visits(
            self.person[rows],
            self.group[rows],
            self.start[rows],
            self.stratum[rows],
            self.window[rows],
            self.n_persons,
            self.n_strata,
        )


@dataclass(frozen=True)
class PairCounts:
    """Pairs a < b with at least the asked number of joint days, sorted by (a, b).

    meetings: int64 per stratum, every meeting of two persons, before the once-a-day rule.
    """

    a: Ints
    b: Ints
    count: Ints
    meetings: Longs


def pair_counts(visits: Visits, *, at_least: int = 1, threads: int = 2) -> PairCounts:
    """Count the joint days of every pair of persons seen together on at least `at_least` days."""
    index = visits.index
    last, first = visits.reach
    day = (visits.start // SECONDS_A_DAY).astype(np.int32)
    row = partial(
        _count_rows, visits.person, visits.stratum, day, last, first, *index,
        at_least, visits.n_persons, visits.n_strata,
    )  # fmt: skip
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda span: row(*span), _spans(index[0])))
    a, b, count = (np.concatenate([part[k] for part in parts]) for k in range(3))
    return PairCounts(a, b, count, np.sum([part[3] for part in parts], axis=0, dtype=np.int64))


def _spans(indptr: Longs) -> Iterator[tuple[int, int]]:
    """Cut the persons into spans of about equally many visits; no persons are one empty span."""
    persons = len(indptr) - 1
    if not persons:
        yield 0, 0
    marks = np.linspace(0, indptr[-1], CHUNKS + 1)
    edges = np.searchsorted(indptr, marks)
    edges[0], edges[-1] = 0, persons
    for low, high in pairwise(edges.tolist()):
        if low < high:
            yield low, high


@njit(cache=True, nogil=True)
def _by_person(person: Ints, n_persons: int) -> tuple[Longs, Ints]:
    """Return (indptr, order): the places of every person's visits, by counting sort."""
    indptr = np.zeros(n_persons + 1, np.int64)
    for p in person:
        indptr[p + 1] += 1
    indptr = np.cumsum(indptr)
    place = indptr[:-1].copy()
    order = np.empty(len(person), np.int32)
    for i in range(len(person)):
        order[place[person[i]]] = i
        place[person[i]] += 1
    return indptr, order


@njit(cache=True, nogil=True)
def _sort_by_day(order: Ints, day: Ints, low: int, high: int) -> None:
    """Sort one person's visits order[low:high] by day in place; few, so by insertion."""
    for k in range(low + 1, high):
        i, at = order[k], k
        while at > low and day[order[at - 1]] > day[i]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = i


@njit(cache=True, nogil=True)
def reach(group: Ints, start: Longs, window: Ints) -> tuple[Ints, Ints]:
    """Return (last, first): visit i meets i+1 … last[i]-1, and none before first[i] reaches i."""
    n = len(start)
    last, first = np.empty(n, np.int32), np.empty(n, np.int32)
    covered = 0
    end = 0
    for i in range(n):
        end = max(end, i + 1)
        # A narrower window than the visit before may reach less far: step back as well as on.
        while end > i + 1 and start[end - 1] - start[i] > window[i]:
            end -= 1
        while end < n and group[end] == group[i] and start[end] - start[i] <= window[i]:
            end += 1
        last[i] = end
        if i >= covered:
            first[i] = i
            covered = i + 1
        while covered < end:
            first[covered] = i
            covered += 1
    return last, first


@njit(cache=True, nogil=True)
def _emit(
    out: Ints, size: int, a: int, partners: Ints, seen: Ints, at_least: int
) -> tuple[Ints, int]:
    """Append the pairs of one row that were seen often enough, and clear the row."""
    kept = 0
    for b in partners:
        if seen[b] >= at_least:
            partners[kept] = b
            kept += 1
        else:
            seen[b] = 0
    # Few pairs are seen often: sorting them alone keeps the row's cost linear.
    for b in np.sort(partners[:kept]):
        if size == out.shape[1]:
            out = np.concatenate((out, np.empty_like(out)), axis=1)
        out[0, size], out[1, size], out[2, size] = a, b, seen[b]
        size += 1
        seen[b] = 0
    return out, size


@njit(cache=True, nogil=True)
def _count_rows(
    person: Ints, stratum: Ints, day: Ints, last: Ints, first: Ints,
    indptr: Longs, order: Ints, at_least: int, n_persons: int, n_strata: int, low: int, high: int,
) -> tuple[Ints, Ints, Ints, Longs]:  # fmt: skip
    """Count the rows low … high-1: partners b > a of each person a, and meetings per stratum."""
    seen, last_day = np.zeros(n_persons, np.int32), np.full(n_persons, -1, np.int32)
    touched, meetings = np.empty(n_persons, np.int32), np.zeros(n_strata, np.int64)
    out, size = np.empty((3, 1024), np.int32), 0
    for a in range(low, high):
        n = 0
        _sort_by_day(order, day, indptr[a], indptr[a + 1])
        for k in range(indptr[a], indptr[a + 1]):
            i = order[k]
            if stratum[i] < 0:
                continue
            for j in range(first[i], last[i]):
                b = person[j]
                if b <= a or stratum[j] != stratum[i] or (j < i and last[j] <= i):
                    continue
                meetings[stratum[i]] += 1
                if seen[b] == 0:
                    touched[n] = b
                    n += 1
                elif last_day[b] == day[i]:
                    continue
                seen[b] += 1
                last_day[b] = day[i]
        out, size = _emit(out, size, a, touched[:n], seen, at_least)
    return out[0, :size].copy(), out[1, :size].copy(), out[2, :size].copy(), meetings
