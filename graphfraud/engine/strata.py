"""Strata: visits that chance may exchange with each other, because the traffic was alike.

A stratum is a group (one kind of care at one facility) × part of the day × weekday class × quarter.
Where that is thin, quarters are pooled, then weekday classes, then parts of the day: an expectation
taken from a handful of visits is no expectation. Strata are a partition of the visits.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs
from graphfraud.engine.windows import days_used

BAND = 3 * 3600
BANDS = 8
QUARTER = 91
THIN = 50

Flags = NDArray[np.bool_]


def strata(group: Ints, start: Longs, *, excluded: Flags, thin: int = THIN) -> Ints:
    """Return each visit's stratum as a dense int32 code, -1 for the excluded visits.

    A cell is split by the next, finer part only where every piece keeps at least `thin` visits.
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


def _codes(counts: NDArray[np.int64], thin: int) -> NDArray[np.int32]:
    """Return the stratum of every cell, counts: visits by (group, band, weekday class, quarter)."""
    by_band, by_class = counts.sum(axis=(2, 3)), counts.sum(axis=3)
    band_split = _stays_thick(by_band, thin)
    class_split = band_split[:, None] & _stays_thick(by_class, thin)
    quarter_split = class_split[:, :, None] & _stays_thick(counts, thin)
    group, band, off, quarter = np.ix_(*(np.arange(size) for size in counts.shape))
    # Digit 0 stands for "pooled": no finer cell of another group of visits has the same code.
    code = group * (BANDS + 1) + np.where(band_split[:, None, None, None], band + 1, 0)
    code = code * 3 + np.where(class_split[:, :, None, None], off + 1, 0)
    code = code * (counts.shape[3] + 1) + np.where(quarter_split[..., None], quarter + 1, 0)
    flat, used = code.ravel(), counts.ravel() > 0
    ranked = np.zeros(len(flat), np.int32)
    ranked[used] = np.unique(flat[used], return_inverse=True)[1]
    return ranked


def _stays_thick(counts: NDArray[np.int64], thin: int) -> Flags:
    """Return whether every non-empty cell along the last axis has at least `thin` visits."""
    return np.asarray(((counts == 0) | (counts >= thin)).all(axis=-1))
