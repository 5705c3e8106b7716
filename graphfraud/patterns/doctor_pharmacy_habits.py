"""Whose pharmacy it is anyway: the share expected of a patient with these habits, at this facility.

A pharmacy next to a clinic sells to every patient of the clinic, also to those who never buy there
otherwise; one that is merely in the neighbourhood sells to those who buy there anyway. So the
facility's share is taken among its other doctors' patients of like habits (days on which they were
not at the facility): no purchases known, none there, some there, most there. Where these are few,
the larger of the facility's share and the patient's own habit stands in for them.
"""

import numpy as np

from graphfraud.patterns.doctor_pharmacy_sequences import Codes, Sequences
from graphfraud.patterns.doctor_pharmacy_shares import (
    Entries,
    Flags,
    Floats,
    Shares,
    looked_up,
    summed_at,
)

HABIT_PRIOR = 2.0  # one purchase is no habit: it weighs as much as two that nobody has seen
UNKNOWN, NONE, SOME, MOST = range(4)


class Habits:
    """The patients' purchases on days without the facility, and what like patients do after it."""

    def __init__(self, found: Sequences, used: Flags) -> None:
        """Count what each facility's patients of each habit do; used: rows of reference."""
        self._found, self._used = found, used
        self._count_days()
        rows = np.flatnonzero(used)
        facility, pharmacy = found.facility[rows], found.pharmacy[rows]
        klass = self._classes(found.person[rows], facility, pharmacy)[0]
        self._went = np.unique(self._key(facility, pharmacy, klass), return_counts=True)
        row, at = self._known(rows)
        there = self._classes(found.person[row], found.facility[row], at)[0]
        real = there >= SOME
        keys = self._key(found.facility[row], at, there)[real]
        self._could = np.unique(keys, return_counts=True)
        places = len(found.ids["facility"])
        self._total = np.bincount(facility, minlength=places)
        self._unknown = np.bincount(facility[klass == UNKNOWN], minlength=places)

    def expected(
        self, entries: Entries, left_out: Entries, shares: Shares, weight: float
    ) -> Floats:
        """Return for each entry the chance that the purchase is made at its pharmacy."""
        klass, habit = self._of(entries, shares.facility)
        hit, total = self._like(self._found.facility[entries.row], entries.pharmacy, klass)
        own_hit, own_total = self._own(entries, left_out, klass)
        prior = np.maximum(shares.facility, habit)
        share = (hit - own_hit + weight * prior) / (total - own_total + weight)
        # A season or department in which the pharmacy is more usual raises the share, never lowers.
        return np.minimum(share * np.maximum(1, shares.narrow / shares.facility), 1 - 1e-9)

    def _like(self, facility: Codes, pharmacy: Codes, klass: Codes) -> tuple[Floats, Floats]:
        """Return how many sequences of like patients ended there, and how many there were."""
        hit = looked_up(*self._went, self._key(facility, pharmacy, klass))
        some, most = (
            looked_up(*self._could, self._key(facility, pharmacy, np.full(len(klass), kind)))
            for kind in (SOME, MOST)
        )
        unknown = self._unknown[facility]
        none = self._total[facility] - unknown - some - most
        return hit, np.choose(klass, (unknown, none, some, most)).astype(np.float64)

    def _own(self, entries: Entries, left_out: Entries, klass: Codes) -> tuple[Floats, Floats]:
        """Return what each entry's candidate's left-out rows contribute to these counts."""
        cells = left_out.candidate * 4 + self._of(left_out)[0]
        counted = self._used[left_out.row]
        here = counted & (self._found.pharmacy[left_out.row] == left_out.pharmacy)
        return summed_at(cells, entries.candidate * 4 + klass, here, counted)

    def _of(self, entries: Entries, share: Floats | float = 0.0) -> tuple[Codes, Floats]:
        person, facility = (
            column[entries.row] for column in (self._found.person, self._found.facility)
        )
        return self._classes(person, facility, entries.pharmacy, share)

    def _count_days(self) -> None:
        """Prepare the days bought (person × pharmacy) and those to leave out (× facility)."""
        who, where, days = self._found.habit.T
        self._span = self._found.pharmacies + 1
        self._bought = who * self._span + where + 1, days
        self._bought_anywhere = np.bincount(who, days, minlength=len(self._found.ids["person"]))
        person, facility, pharmacy = self._found.same_day.T
        visited = person * len(self._found.ids["facility"]) + facility
        self._same = np.unique(visited * self._span + pharmacy + 1, return_counts=True)
        self._same_anywhere = np.unique(visited, return_counts=True)

    def _classes(
        self, person: Codes, facility: Codes, pharmacy: Codes, share: Floats | float = 0.0
    ) -> tuple[Codes, Floats]:
        """Return the class of each habit, and the habit as a share (pulled towards `share`)."""
        visited = person * len(self._found.ids["facility"]) + facility
        there = looked_up(*self._bought, person * self._span + pharmacy + 1)
        there -= looked_up(*self._same, visited * self._span + pharmacy + 1)
        days = self._bought_anywhere[person] - looked_up(*self._same_anywhere, visited)
        klass = np.where(there <= 0, NONE, np.where(2 * there < days, SOME, MOST))
        habit = (there + HABIT_PRIOR * share) / (days + HABIT_PRIOR)
        return np.where(days <= 0, UNKNOWN, klass).astype(np.int64), habit

    def _known(self, rows: Codes) -> tuple[Codes, Codes]:
        """Return (row, pharmacy) for every pharmacy at which the row's person ever bought."""
        who, where = self._found.habit.T[:2]
        low, high = (np.searchsorted(who, self._found.person[rows], s) for s in ("left", "right"))
        size = high - low
        at = np.repeat(low - np.cumsum(size) + size, size) + np.arange(size.sum())
        row = np.repeat(rows, size)
        return row[where[at] >= 0], where[at][where[at] >= 0]

    def _key(self, facility: Codes, pharmacy: Codes, klass: Codes) -> Codes:
        return (facility * self._found.pharmacies + pharmacy) * 4 + klass
