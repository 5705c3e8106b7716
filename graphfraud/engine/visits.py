"""Visits in canonical order, as every step of the network of persons reads them.

Canonical order is (group, start, person); a group is one kind of care at one facility.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

SECONDS_A_DAY = 86_400

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
        indptr, order = _listed(self.person, self.n_persons)
        return indptr, order

    @cached_property
    def by_stratum(self) -> tuple[Longs, Ints]:
        """Return (indptr, order): where each stratum's visits stand in these arrays."""
        counted = np.flatnonzero(self.stratum >= 0).astype(np.int32)
        indptr, order = _listed(self.stratum[counted], self.n_strata)
        return indptr, counted[order]

    @cached_property
    def reach(self) -> tuple[Ints, Ints]:
        """Return (last, first): visit i meets none beyond last[i] and none before first[i]."""
        last, first = reach(self.group, self.start, self.window)
        return last, first

    @cached_property
    def by_clock(self) -> Ints:
        """Return the places of the visits by group and time of day, those of one time in order."""
        return np.lexsort((self.start % SECONDS_A_DAY, self.group)).astype(np.int32)

    def redated(self, start: Longs) -> Longs:
        """Return the canonical order of the visits had they these starts; equal ones stay in order.

        start: other days, but the same times of day, so the days alone are left to sort by.
        """
        return np.asarray(_by_day(self.group, start, self.by_clock))

    def rows_of(self, persons: Ints) -> Longs:
        """Return the positions of these persons' visits, ascending."""
        indptr, order = self.index
        spans = [order[indptr[p] : indptr[p + 1]] for p in persons.tolist()]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *spans]))

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


@njit(cache=True, nogil=True)
def _listed(code: Ints, n_codes: int) -> tuple[Longs, Ints]:
    """Return (indptr, order): the places of every code, ascending, by counting sort."""
    indptr = np.zeros(n_codes + 1, np.int64)
    for one in code:
        indptr[one + 1] += 1
    indptr = np.cumsum(indptr)
    place = indptr[:-1].copy()
    order = np.empty(len(code), np.int32)
    for i in range(len(code)):
        order[place[code[i]]] = i
        place[code[i]] += 1
    return indptr, order


@njit(cache=True, nogil=True)
def _by_day(group: Ints, start: Longs, by_clock: Ints) -> Longs:
    """Return the places by (group, day), those of one day as in `by_clock`, by counting sort."""
    order, low = np.empty(len(group), np.int64), 0  # as numpy takes positions: none is converted
    while low < len(group):
        high, first, last = low, start[low], start[low]
        while high < len(group) and group[high] == group[low]:
            first, last = min(first, start[high]), max(last, start[high])
            high += 1
        first //= SECONDS_A_DAY
        place = np.zeros(last // SECONDS_A_DAY - first + 2, np.int64)
        for i in range(low, high):
            place[start[i] // SECONDS_A_DAY - first + 1] += 1
        place = np.cumsum(place) + low
        for i in by_clock[low:high]:
            day = start[i] // SECONDS_A_DAY - first
            order[place[day]] = i
            place[day] += 1
        low = high
    return order


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
