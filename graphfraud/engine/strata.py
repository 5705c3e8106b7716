"""Strata: visits that chance may exchange with each other, because the traffic was alike.

A stratum is a group (one kind of care at one facility) × part of the day × weekday class × quarter.
Where one of these is thin, it is pooled with its neighbours, quarters first, then weekday classes,
then parts of the day: an expectation taken from a handful of visits is no expectation. Strata are a
partition of the visits.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs
from graphfraud.engine.windows import days_used

BAND = 3 * 3600
BANDS = 8
QUARTER = 91
THIN = 200

Flags = NDArray[np.bool_]


def strata(group: Ints, start: Longs, *, excluded: Flags, thin: int = THIN) -> Ints:
    """Return each visit's stratum as a dense int32 code, -1 for the excluded visits.

    Every stratum has at least `thin` visits, but for a whole group that has fewer.
    """
    if not len(start) or excluded.all():
        return np.full(len(start), -1, np.int32)
    first, quarter, quarters = _quarters(start)
    shape = (int(group.max()) + 1, BANDS, 2, quarters)
    cell = _cells(group, start, excluded, first, quarter, quarters)
    counts = _counts(cell, int(np.prod(shape))).reshape(shape)
    return _taken(cell, _codes(counts, thin))


def _quarters(start: Longs) -> tuple[int, Longs, int]:
    """Return (first day, number of each quarter since then, how many there are).

    Only quarters with visits have numbers: one visit of long ago costs no memory.
    """
    days = days_used(start)
    since = (days - days[0]) // QUARTER
    used = np.bincount(since) > 0
    return int(days[0]), np.cumsum(used) - 1, int(used.sum())


@njit(cache=True, nogil=True)
def _cells(
    group: Ints, start: Longs, excluded: Flags, first: int, quarter: Longs, quarters: int
) -> Longs:
    """Return the finest cell of each visit: group, part of the day, weekday class, quarter."""
    cell = np.full(len(start), -1, np.int64)
    for i in range(len(start)):
        if excluded[i]:
            continue
        day = start[i] // SECONDS_A_DAY
        band = (start[i] - day * SECONDS_A_DAY) // BAND
        off = np.int64((day + 3) % 7 >= 5)
        cell[i] = ((group[i] * BANDS + band) * 2 + off) * quarters + quarter[
            (day - first) // QUARTER
        ]
    return cell


@njit(cache=True, nogil=True)
def _counts(cell: Longs, cells: int) -> Longs:
    """Return the visits of each cell."""
    counts = np.zeros(cells, np.int64)
    for c in cell:
        if c >= 0:
            counts[c] += 1
    return counts


@njit(cache=True, nogil=True)
def _taken(cell: Longs, codes: Ints) -> Ints:
    """Return the code of each visit's cell, -1 where it has none."""
    stratum = np.full(len(cell), -1, np.int32)
    for i in range(len(cell)):
        if cell[i] >= 0:
            stratum[i] = codes[cell[i]]
    return stratum


def _codes(counts: Longs, thin: int) -> Ints:
    """Return the stratum of every cell, counts: visits by (group, band, weekday class, quarter)."""
    group, band, off, quarter = np.ix_(*(np.arange(size) for size in counts.shape))
    band = _runs(counts.sum(axis=(2, 3)), thin)[group, band]
    by_class = np.zeros_like(counts)
    np.add.at(by_class, (group, band, off, quarter), counts)
    off = _runs(by_class.sum(axis=3), thin)[group, band, off]
    by_quarter = np.zeros_like(counts)
    np.add.at(by_quarter, (group, band, off, quarter), counts)
    quarter = _runs(by_quarter, thin)[group, band, off, quarter]
    flat = np.ravel_multi_index((group, band, off, quarter), counts.shape).ravel()
    used = counts.ravel() > 0
    ranked = np.zeros(len(flat), np.int32)
    ranked[used] = np.unique(flat[used], return_inverse=True)[1]
    return ranked


def _runs(counts: Longs, thin: int) -> Longs:
    """Cut each row (last axis) into runs of neighbours with `thin` visits each, as short as can be.

    Returns the first place of each cell's run (shape of counts); what is left over at the end of a
    row belongs to the run before it.

    >>> _runs(np.array([60, 3, 48, 70, 9]), 50).tolist()
    [0, 1, 1, 3, 3]
    """
    rows = counts.reshape(-1, counts.shape[-1])
    return np.asarray(_runs_of_rows(rows, thin)).reshape(counts.shape)


@njit(cache=True, nogil=True)
def _runs_of_rows(counts: Longs, thin: int) -> Longs:
    run = np.zeros_like(counts)
    for row in range(len(counts)):
        first = seen = before = 0
        for k in range(counts.shape[1]):
            seen += counts[row, k]
            if seen >= thin:
                run[row, first : k + 1] = first
                before, first, seen = first, k + 1, 0
        run[row, first:] = before
    return run
