"""What share of a doctor's patients would end up at a pharmacy anyway.

From the widest stratum to the narrowest (everywhere, the same kind of facility in the same region,
the facility, the department, the quarter and weekday there), each share is the stratum's own count
with the wider share as so many pseudo-counts, and always without what is tested: the wider strata
leave out the whole facility, the narrow ones all sequences of the doctor's own patients, also those
with a colleague: patients whom two doctors share would stand witness for both.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from graphfraud.patterns.doctor_pharmacy_sequences import Codes, Sequences

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

INNER = 50.0  # pseudo-counts of the facility's share in a department or a season: few are no season
CONCENTRATIONS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)


@dataclass(frozen=True)
class Entries:
    """Candidates spelt out: entry e asks for the row `row[e]` and the pharmacy of its candidate."""

    candidate: Codes
    row: Codes
    pharmacy: Codes

    def cells(self, label: Codes) -> Codes:
        """Return one number for each (candidate, label of the row), the same for any entries."""
        return self.candidate * (int(label.max(initial=-1)) + 1) + label[self.row]


class Counter:
    """Counts by (label, pharmacy) and by label, over the rows that may serve as reference."""

    def __init__(self, label: Codes, pharmacy: Codes, used: Flags, pharmacies: int) -> None:
        """Count the rows that are used."""
        self._label, self._pharmacies = label, pharmacies
        keys, self._count = np.unique(label[used] * pharmacies + pharmacy[used], return_counts=True)
        self._keys = keys
        self._total = np.bincount(label[used], minlength=int(label.max(initial=-1)) + 1)

    def at(self, entries: Entries) -> tuple[Floats, Floats]:
        """Return for each entry the count to its pharmacy, and the count to any."""
        label = self._label[entries.row]
        hit = looked_up(self._keys, self._count, label * self._pharmacies + entries.pharmacy)
        return hit, self._total[label].astype(np.float64)


def looked_up(keys: Codes, values: Codes, wanted: Codes) -> Floats:
    """Return the value of each wanted key, 0 where it is not among the distinct keys."""
    at = pd.Index(keys).get_indexer(pd.Index(wanted))  # by hash: a binary search misses the cache
    return np.append(values, 0)[at].astype(np.float64)


@dataclass(frozen=True)
class Shares:
    """For each entry: the share of the facility and of its narrowest stratum, and what it rests on.

    rested: how many sequences of colleagues at the facility.
    """

    facility: Floats
    narrow: Floats
    rested: Floats


def shares(
    found: Sequences, entries: Entries, left_out: Entries, used: Flags, weight: float
) -> Shares:
    """Return what the places say to each entry.

    left_out: the rows that say nothing to a candidate; used: the rows that may serve as reference;
    weight: pseudo-counts.
    """
    everywhere = np.zeros(len(found), np.int64)
    wide = [
        Counter(label, found.pharmacy, used, found.pharmacies) for label in (everywhere, found.area)
    ]
    narrow = (found.facility, found.department, found.season)
    inner = [Counter(label, found.pharmacy, used, found.pharmacies) for label in narrow]
    of_facility = inner[0].at(entries)
    share = np.full(len(entries.row), 1 / max(1, found.pharmacies))
    for counter, prior in zip(wide, (0.5 * found.pharmacies, weight), strict=True):
        hit, total = (a - b for a, b in zip(counter.at(entries), of_facility, strict=True))
        share = (hit + prior * share) / (total + prior)
    steps: list[tuple[Floats, Floats]] = []
    for label, counter in zip(narrow, inner, strict=True):
        own = own_counts(found, entries, left_out, used, label)
        hit, total = (a - b for a, b in zip(counter.at(entries), own, strict=True))
        prior = INNER if steps else weight
        share = (hit + prior * share) / (total + prior)
        steps.append((share, total))
    return Shares(steps[0][0], share, steps[0][1])


def own_counts(
    found: Sequences, entries: Entries, left_out: Entries, used: Flags, label: Codes
) -> tuple[Floats, Floats]:
    """Return for each entry what its candidate's left-out rows contribute to its label's counts."""
    cells = left_out.cells(label)
    counted = used[left_out.row]
    here = counted & (found.pharmacy[left_out.row] == left_out.pharmacy)
    return summed_at(cells, entries.cells(label), here, counted)


def summed_at(cells: Codes, wanted: Codes, first: Flags, second: Flags) -> tuple[Floats, Floats]:
    """Return the sums of two columns over each wanted cell."""
    cell, keys = pd.factorize(cells)
    at = pd.Index(keys).get_indexer(pd.Index(wanted))
    sums = (np.bincount(cell, column, minlength=len(keys)) for column in (first, second))
    one, other = (np.append(column, 0.0)[at] for column in sums)
    return one, other


def concentration(found: Sequences, used: Flags) -> float:
    """Return how many pseudo-counts the wider stratum deserves: the likeliest of CONCENTRATIONS.

    Facilities of one kind and region share out their patients by a Dirichlet-multinomial law around
    the region's shares (Minka 2000, Estimating a Dirichlet distribution): the more alike they are,
    the more the region says of each.
    """
    cells = np.unique(np.stack((found.facility, found.pharmacy))[:, used], axis=1)
    key = cells[0] * found.pharmacies + cells[1]
    rows = np.flatnonzero(used)
    position = np.searchsorted(key, found.facility[rows] * found.pharmacies + found.pharmacy[rows])
    first = np.zeros(len(key), np.int64)
    first[position[::-1]] = rows[::-1]
    entries = Entries(np.arange(len(key)), first, cells[1])
    count, size = Counter(found.facility, found.pharmacy, used, found.pharmacies).at(entries)
    wide = Counter(found.area, found.pharmacy, used, found.pharmacies).at(entries)
    mean = (wide[0] - count + 0.5) / (wide[1] - size + 0.5 * found.pharmacies)
    _, start = np.unique(cells[0], return_index=True)
    likely = [_likelihood(count, mean, size[start], weight) for weight in CONCENTRATIONS]
    return CONCENTRATIONS[int(np.argmax(likely))]


def _likelihood(count: Floats, mean: Floats, sizes: Floats, weight: float) -> float:
    rising = special.gammaln(count + weight * mean) - special.gammaln(weight * mean)
    whole = special.gammaln(sizes + weight) - special.gammaln(weight)
    return float(rising.sum() - whole.sum())
