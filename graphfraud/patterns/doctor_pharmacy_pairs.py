"""Doctor × pharmacy: how many patients ended up there, and how many would have anyway.

The unit is the patient: how often one goes is one person's habit, how many go is the doctor's. Of
the N patients who bought anywhere on a day they saw the doctor, X took most of those purchases to
the pharmacy. Each would have with the larger of the expected share (as if one habit decided them
all) and the chance that most of so many independent purchases fall there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from graphfraud.network.beta_binomial import correlation, upper_tail
from graphfraud.patterns.doctor_pharmacy_habits import Habits
from graphfraud.patterns.doctor_pharmacy_sequences import Codes, Sequences
from graphfraud.patterns.doctor_pharmacy_shares import Entries, Flags, Floats, looked_up, shares

CHUNK = 2_000_000  # entries at a time: some hundred megabytes
LIKELIEST = 10  # pharmacies of each facility on which the spread is measured
TELLING = 0.5  # patients by chance below which a pair says nothing of the spread
UNUSUAL = 0.25  # of a person's purchases: fewer are expected there than elsewhere, by far
GROUPS = 2  # of patients: all; those who came again and for whom the pharmacy is unusual


@dataclass(frozen=True)
class Pairs:
    """Pairs of a seat (doctor at a facility) and a pharmacy.

    observed, size, expected: patients, one row a pair and one column a group of patients; known:
    the correlation among patients that comes of the expectation's own uncertainty.
    """

    seat: Codes
    pharmacy: Codes
    observed: Codes
    size: Codes
    expected: Floats
    known: Floats

    def at(self, rows: Codes) -> "Pairs":
        """Return the pairs at these positions."""
        columns = (getattr(self, name)[rows] for name in self.__dataclass_fields__)
        return Pairs(*columns)

    def p_values(self, rho: Floats) -> Floats:
        """Return the chance of as many patients, by group, with the data's own ρ of each group."""
        columns = [self._p_values(group, float(one)) for group, one in enumerate(rho)]
        return np.stack(columns, axis=1)

    def _p_values(self, group: int, rho: float) -> Floats:
        size = self.size[:, group]
        mean = self.expected[:, group] / np.maximum(1, size)
        wide = np.minimum(self.known + rho, 0.99)
        return upper_tail(self.observed[:, group], size, mean, wide)


@dataclass(frozen=True)
class Margins:
    """The pairs to look at, chosen without what was seen, and how many there could have been."""

    seat: Codes
    pharmacy: Codes
    family: int


def margins(found: Sequences, at_least: int) -> Margins:
    """Return every pair of a seat and a pharmacy of its facility, both with enough patients.

    Enough: `at_least` persons who bought anywhere after that doctor, and as many who bought there
    after any doctor of the facility.
    """
    people = len(found.ids["person"])
    patients = np.unique(found.seat * people + found.person) // people
    enough = np.bincount(patients, minlength=1) >= at_least
    place = found.facility * found.pharmacies + found.pharmacy
    visitors = np.unique(place * people + found.person) // people
    places, persons = np.unique(visitors, return_counts=True)
    reach = np.divmod(places[persons >= at_least], found.pharmacies)
    seats, first = np.unique(found.seat, return_index=True)
    home = found.facility[first][enough[seats]]
    low, high = (np.searchsorted(reach[0], home, side) for side in ("left", "right"))
    seat, at = _spelt(seats[enough[seats]], low, high)
    return Margins(seat, reach[1][at], len(seat)) if len(at) else Margins(at, at, 0)


def _spelt(label: Codes, low: Codes, high: Codes) -> tuple[Codes, Codes]:
    """Return each label once for every position of its range, and the positions."""
    size = high - low
    begin = np.repeat(low - np.cumsum(size) + size, size)
    return np.repeat(label, size), begin + np.arange(size.sum())


def likeliest(found: Sequences, among: Margins) -> Flags:
    """Tell which pairs concern one of the LIKELIEST pharmacies of their facility."""
    pharmacies = found.pharmacies
    place = found.facility * pharmacies + found.pharmacy
    keys, count = np.unique(place, return_counts=True)
    order = np.lexsort((keys, -count, keys // pharmacies))
    facility = keys[order] // pharmacies
    rank = np.arange(len(order)) - np.searchsorted(facility, facility)
    top = np.sort(keys[order][rank < LIKELIEST])
    first = np.searchsorted(found.seat, among.seat)
    return np.isin(found.facility[first] * pharmacies + among.pharmacy, top)


def counted(found: Sequences, seat: Codes, pharmacy: Codes) -> Codes:
    """Return how many persons each seat's sequences took to each pharmacy."""
    people = len(found.ids["person"])
    taken = np.unique((found.seat * found.pharmacies + found.pharmacy) * people + found.person)
    keys, count = np.unique(taken // people, return_counts=True)
    return looked_up(keys, count, seat * found.pharmacies + pharmacy).astype(np.int64)


def above_colleagues(found: Sequences, seat: Codes, pharmacy: Codes) -> Flags:
    """Tell which pairs have a larger share of sequences than the facility without that doctor.

    The others cannot beat an expectation that is never below that share; they stay in the family.
    """
    first = np.minimum(np.searchsorted(found.seat, seat), max(0, len(found) - 1))
    facility = found.facility[first]
    own, own_all = _count(found, found.seat, seat, pharmacy)
    whole, whole_all = _count(found, found.facility, facility, pharmacy)
    return own * (whole_all - own_all) > (whole - own) * own_all


def _count(found: Sequences, label: Codes, wanted: Codes, pharmacy: Codes) -> tuple[Codes, Codes]:
    """Return for each wanted label its sequences to the pharmacy, and to any."""
    keys, count = np.unique(label * found.pharmacies + found.pharmacy, return_counts=True)
    hit = looked_up(keys, count, wanted * found.pharmacies + pharmacy)
    return hit.astype(np.int64), np.bincount(label)[wanted]


def measured(found: Sequences, seat: Codes, pharmacy: Codes, used: Flags, weight: float) -> Pairs:
    """Return observed and expected patients of the pairs; used, weight: see `shares`."""
    parts = [
        _measured(found, seat[part], pharmacy[part], used, weight) for part in _chunks(found, seat)
    ]
    whole = (np.concatenate(column) for column in zip(*parts, strict=True))
    observed, size, expected, known = whole
    return Pairs(seat, pharmacy, observed, size, expected, known)


def _chunks(found: Sequences, seat: Codes) -> Iterator[slice]:
    sizes = np.searchsorted(found.seat, seat, "right") - np.searchsorted(found.seat, seat)
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // CHUNK, append=-1)) + 1
    begin = 0
    for end in ends.tolist() or [0]:
        yield slice(begin, end)
        begin = end


def spelt_out(found: Sequences, seat: Codes, pharmacy: Codes) -> Entries:
    """Return every sequence of each pair's seat as an entry of that pair."""
    low, high = (np.searchsorted(found.seat, seat, side) for side in ("left", "right"))
    candidate, row = _spelt(np.arange(len(seat)), low, high)
    return Entries(candidate, row, pharmacy[candidate])


class Company:
    """Of every seat, the sequences at its facility of all who are its patients, of any doctor."""

    def __init__(self, found: Sequences) -> None:
        """Put the rows in the order of (facility, person)."""
        key = found.facility * len(found.ids["person"]) + found.person
        self._order = np.argsort(key, kind="stable")
        # Seats stand in order, and a seat is at one facility: its persons tell its keys apart.
        patient = found.seat * len(found.ids["person"]) + found.person
        _, first = np.unique(patient, return_index=True)
        self._seat, wanted = found.seat[first], key[first]
        ordered = key[self._order]
        self._low, self._high = (np.searchsorted(ordered, wanted, s) for s in ("left", "right"))

    def spelt_out(self, seat: Codes, pharmacy: Codes) -> Entries:
        """Return these rows as entries of each pair."""
        low, high = (np.searchsorted(self._seat, seat, side) for side in ("left", "right"))
        candidate, patient = _spelt(np.arange(len(seat)), low, high)
        candidate, at = _spelt(candidate, self._low[patient], self._high[patient])
        return Entries(candidate, self._order[at], pharmacy[candidate])


def judged(
    found: Sequences, seat: Codes, pharmacy: Codes, used: Flags, weight: float
) -> tuple["Patients", Floats]:
    """Return the patients of the pairs, and how many of others' sequences each pair rests on."""
    entries = spelt_out(found, seat, pharmacy)
    left_out = Company(found).spelt_out(seat, pharmacy)
    places = shares(found, entries, left_out, used, weight)
    chance = Habits(found, used).expected(entries, left_out, places, weight)
    size = np.maximum(1, np.bincount(entries.candidate, minlength=len(seat)))
    rested = np.bincount(entries.candidate, places.rested, minlength=len(seat)) / size
    return by_patient(found, entries, chance), rested


def _measured(
    found: Sequences, seat: Codes, pharmacy: Codes, used: Flags, weight: float
) -> tuple[Codes, Codes, Floats, Floats]:
    patients, rested = judged(found, seat, pharmacy, used, weight)
    pairs = len(seat)
    columns = (patients.most, np.ones(len(patients.share)), patients.chance_of_most())
    observed, size, expected = (patients.summed(column, pairs) for column in columns)
    return observed.astype(np.int64), size.astype(np.int64), expected, 1 / (rested + weight + 1)


@dataclass(frozen=True)
class Patients:
    """One row a candidate pair and patient: sequences, how many went there, their mean share."""

    candidate: Codes
    person: Codes
    sequences: Codes
    there: Codes
    share: Floats

    @property
    def most(self) -> Flags:
        """Tell who took more than half of the purchases there."""
        return 2 * self.there > self.sequences

    @property
    def groups(self) -> Flags:
        """Tell for each patient and each of the GROUPS whether the patient belongs to it."""
        again = (self.sequences > 1) & (self.share < UNUSUAL)
        return np.stack((np.ones(len(again), bool), again), axis=1)

    def summed(self, values: Floats | Flags, pairs: int) -> Floats:
        """Return the sums of `values` by candidate pair and group of patients."""
        counted = [
            np.bincount(self.candidate, values * group, minlength=pairs) for group in self.groups.T
        ]
        return np.stack(counted, axis=1)

    def chance_of_most(self) -> Floats:
        """Return the chance of that, if one habit decided all purchases or each by itself."""
        apart = special.bdtrc(self.sequences // 2, self.sequences, self.share)
        return np.asarray(np.maximum(self.share, apart))


def by_patient(found: Sequences, entries: Entries, chance: Floats) -> Patients:
    """Return the entries by candidate and person; chance: each entry's expected share."""
    persons = len(found.ids["person"])
    keys = entries.candidate * persons + found.person[entries.row]
    whom, patient = np.unique(keys, return_inverse=True)
    size = np.bincount(patient, minlength=len(whom))
    hit = found.pharmacy[entries.row] == entries.pharmacy
    there = np.bincount(patient, hit, minlength=len(whom)).astype(np.int64)
    share = np.bincount(patient, chance, minlength=len(whom)) / np.maximum(1, size)
    return Patients(whom // persons, whom % persons, size, there, share)


def spread(pairs: Pairs, generator: np.random.Generator) -> Floats:
    """Return for each group of patients the correlation ρ that the expectation does not know of."""
    return np.array([_spread(pairs, group, generator) for group in range(GROUPS)])


def _spread(pairs: Pairs, group: int, generator: np.random.Generator) -> float:
    rows = np.flatnonzero(pairs.expected[:, group] >= TELLING)
    if not len(rows):
        return 0.0
    size = pairs.size[rows, group]
    mean = pairs.expected[rows, group] / size
    lots = generator.random(len(rows))
    return correlation(pairs.observed[rows, group], size, mean, pairs.known[rows], lots)


def exchanged(found: Sequences, generator: np.random.Generator) -> Sequences:
    """Return the sequences with doctors exchanged within facility, quarter and weekday class.

    Every patient keeps facility, day and pharmacy, every doctor the number of sequences: nobody is
    sent anywhere by a doctor of their own.
    """
    within = np.argsort(found.season, kind="stable")
    mixed = np.lexsort((generator.random(len(found)), found.season))
    moved = {name: getattr(found, name).copy() for name in ("seat", "doctor", "department")}
    for name, column in moved.items():
        column[within] = getattr(found, name)[mixed]
    order = np.lexsort((found.day, found.person, found.pharmacy, moved["seat"]))
    return replace(found, **moved).at(order)
