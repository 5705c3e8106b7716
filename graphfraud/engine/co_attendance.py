"""Who was there together: the one quadratic step, compiled.

Invariants. Visits are in canonical order (engine.visits). Two of them meet when they lie in one
group and one stratum and the later one starts no more than the earlier one's window after it. A
pair (a, b), a < b, is counted once a calendar day: the day of a's visit. A visit with a negative
window starts no meeting (it can still be met, unless its stratum is negative too).
`sql/co_attendance.sql` says the same in SQL and must agree.

A meeting is one integer, person a · person b · day. Visits are walked in their own order, once to
count and once to write the meetings into buckets of neighbouring persons a; a bucket fits the cache
where it is sieved (most pairs meet less often than asked), sorted and counted. Memory grows with
the found pairs and with `MEETINGS_AT_ONCE`, never with all meetings.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs, Visits

BUCKETS = 512
VISITS_A_BUCKET = 1 << 12  # fewer visits need fewer buckets: starting work on one takes time too
MEETINGS_AT_ONCE = 1 << 26  # of eight bytes
SPANS = 32
_KEY_BITS = 63


@dataclass(frozen=True)
class PairCounts:
    """Pairs a < b with at least the asked number of joint days, sorted by (a, b)."""

    a: Ints
    b: Ints
    count: Ints


class _Layout(NamedTuple):
    """How a meeting becomes an integer: a within its bucket · b · day since the first day."""

    bucket_bits: int  # of person a: how many neighbours share a bucket
    person_bits: int
    day_bits: int
    first_day: int

    @classmethod
    def of(cls, visits: Visits) -> "_Layout":
        """Return the layout for these visits; there must be some."""
        first, last = (int(of() // SECONDS_A_DAY) for of in (visits.start.min, visits.start.max))
        person, day = visits.n_persons.bit_length(), (last - first).bit_length()
        buckets = min(BUCKETS, len(visits.person) // VISITS_A_BUCKET + 1)
        bucket = min(person - buckets.bit_length() + 1, _KEY_BITS - person - day)
        return cls(max(0, bucket), person, day, first)


def pair_counts(
    visits: Visits, *, at_least: int = 1, threads: int = 2, at_once: int = MEETINGS_AT_ONCE
) -> PairCounts:
    """Count the joint days of every pair of persons seen together on at least `at_least` days.

    at_once: how many meetings are held in memory; more of them take several walks.
    """
    if not len(visits.person):
        nobody = np.zeros(0, np.int32)
        return PairCounts(nobody, nobody, nobody)
    with ThreadPoolExecutor(threads) as pool:
        walk = _Walk(visits, _Layout.of(visits), pool)
        sizes = walk.sizes()
        found = [
            part
            for low, high in _passes(sizes.sum(axis=0), at_once)
            for part in walk.counted(low, sizes[:, low:high], at_least)
        ]
    a, b, count = np.concatenate([np.empty((3, 0), np.int32), *found], axis=1)
    return PairCounts(a, b, count)


@dataclass(frozen=True)
class _Walk:
    """The walks over all visits, in spans, side by side."""

    visits: Visits
    layout: _Layout
    pool: ThreadPoolExecutor

    def sizes(self) -> Longs:
        """Return the meetings per (span, bucket)."""
        buckets = ((self.visits.n_persons - 1) >> self.layout.bucket_bits) + 1
        nowhere = np.zeros(0, np.int64)

        def work(span: tuple[int, int]) -> Longs:
            sizes = np.zeros(buckets, np.int64)
            self._meetings(span, 0, sizes, nowhere)
            return sizes

        return np.stack(list(self.pool.map(work, self._spans())))

    def counted(self, low: int, sizes: Longs, at_least: int) -> Iterator[Ints]:
        """Return per bucket its (a, b, days); sizes: (span, bucket), the first bucket is `low`."""
        buckets = sizes.T.ravel()
        places = (np.cumsum(buckets) - buckets).reshape(sizes.T.shape).T
        meetings = np.empty(buckets.sum(), np.int64)

        def write(span: tuple[int, int], to: Longs) -> None:
            self._meetings(span, low, to.copy(), meetings)

        def count(bucket: int, begin: int, end: int) -> Ints:
            part = meetings[begin:end]
            part = part[: _sieved(part, self.layout, at_least)]
            part.sort()
            return _days_of_pairs(part, bucket, self.layout, at_least)

        list(self.pool.map(write, self._spans(), places))
        ends = np.cumsum(sizes.sum(axis=0))
        begins = np.concatenate(([0], ends[:-1]))
        return self.pool.map(count, range(low, low + len(ends)), begins, ends)

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Cut the visits into spans of about equal length."""
        visits = len(self.visits.person)
        spans = min(SPANS, visits // VISITS_A_BUCKET + 1)
        marks = np.linspace(0, visits, spans + 1).astype(np.int64)
        return pairwise(marks.tolist())

    def _meetings(self, span: tuple[int, int], bucket: int, to: Longs, out: Longs) -> None:
        seen = self.visits
        columns = seen.person, seen.group, seen.start, seen.stratum, seen.window
        _meetings(*columns, self.layout, *span, bucket, to, out)


def _passes(sizes: Longs, at_once: int) -> Iterator[tuple[int, int]]:
    """Cut the buckets into runs of at most `at_once` meetings, but of one bucket at least."""
    ends = np.cumsum(sizes)
    low = done = 0
    while low < len(ends):
        high = max(low + 1, int(np.searchsorted(ends, done + at_once, side="right")))
        yield low, high
        low, done = high, int(ends[high - 1])


@njit(cache=True, nogil=True)
def _meetings(
    person: Ints, group: Ints, start: Longs, stratum: Ints, window: Ints, layout: _Layout,
    low: int, high: int, first_bucket: int, to: Longs, out: Longs,
) -> None:  # fmt: skip
    """Walk the meetings that the visits low … high-1 start, in the buckets that `to` stands for.

    to: per bucket, moved along with each meeting: its place in `out`. Without an `out` the meetings
    are only counted.
    """
    write = len(out) > 0
    for i in range(low, high):
        if stratum[i] < 0:
            continue
        end = start[i] + window[i]
        for j in range(i + 1, len(person)):
            if group[j] != group[i] or start[j] > end:
                break
            if stratum[j] != stratum[i] or person[j] == person[i]:
                continue
            a, b, at = person[i], person[j], start[i]
            if b < a:
                a, b, at = b, a, start[j]
            bucket = (a >> layout.bucket_bits) - first_bucket
            if not 0 <= bucket < len(to):
                continue
            if write:
                inside = np.int64(a & ((1 << layout.bucket_bits) - 1))
                day = at // SECONDS_A_DAY - layout.first_day
                out[to[bucket]] = (inside << layout.person_bits | b) << layout.day_bits | day
            to[bucket] += 1


@njit(cache=True, nogil=True)
def _sieved(meetings: Longs, layout: _Layout, at_least: int) -> int:
    """Move forward the meetings of pairs that may have `at_least` of them; return how many.

    Pairs that share a place in a small table count together (a Bloom filter that counts, Fan et al.
    2000), so a pair is never lost, only seldom kept in vain.
    """
    size = 2
    while size < 4 * len(meetings):
        size *= 2
    seen, enough = np.zeros(size, np.uint8), min(at_least, 255)
    for meeting in meetings:
        place = _place(meeting, layout) & (size - 1)
        seen[place] = min(seen[place] + 1, 255)
    kept = 0
    for meeting in meetings:
        meetings[kept] = meeting
        kept += seen[_place(meeting, layout) & (size - 1)] >= enough
    return kept


@njit(cache=True, nogil=True)
def _place(meeting: int, layout: _Layout) -> int:
    """Return a number that spreads pairs: b plus a golden multiple of a (Fibonacci hashing)."""
    pair = meeting >> layout.day_bits
    a, b = pair >> layout.person_bits, pair & ((1 << layout.person_bits) - 1)
    return b + (a * 2_654_435_769 >> 7)


@njit(cache=True, nogil=True)
def _days_of_pairs(meetings: Longs, bucket: int, layout: _Layout, at_least: int) -> Ints:
    """Return (3, pairs): a, b and days of the pairs in a bucket's sorted meetings."""
    out, size = np.empty((3, 16), np.int32), 0
    low = 0
    while low < len(meetings):
        pair = meetings[low] >> layout.day_bits
        days, high = 1, low + 1
        while high < len(meetings) and meetings[high] >> layout.day_bits == pair:
            days += meetings[high] != meetings[high - 1]
            high += 1
        if days >= at_least:
            if size == out.shape[1]:
                out = np.concatenate((out, np.empty_like(out)), axis=1)
            out[0, size] = (bucket << layout.bucket_bits) + (pair >> layout.person_bits)
            out[1, size] = pair & ((1 << layout.person_bits) - 1)
            out[2, size] = days
            size += 1
        low = high
    return out[:, :size].copy()


def meetings_among(visits: Visits, member: NDArray[np.bool_]) -> tuple[Longs, Longs]:
    """Return (earlier, later): the places of the two visits of each meeting of members.

    member: bool, n_persons.
    """
    first, second = _meetings_among(visits.person, visits.stratum, visits.reach[0], member)
    return first, second


@njit(cache=True, nogil=True)
def _meetings_among(
    person: Ints, stratum: Ints, last: Ints, member: NDArray[np.bool_]
) -> tuple[Longs, Longs]:
    out, size = np.empty((2, 256), np.int64), 0
    for i in range(len(person)):
        if not member[person[i]] or stratum[i] < 0:
            continue
        for j in range(i + 1, last[i]):
            if member[person[j]] and person[j] != person[i] and stratum[j] == stratum[i]:
                if size == out.shape[1]:
                    out = np.concatenate((out, np.empty_like(out)), axis=1)
                out[0, size], out[1, size] = i, j
                size += 1
    return out[0, :size].copy(), out[1, :size].copy()
