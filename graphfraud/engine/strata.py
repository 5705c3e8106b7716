"""Strata: visits that chance may exchange with each other, because the traffic was alike.

A stratum is a group (one kind of care at one facility) × part of the day × weekday class × quarter.
Where that is thin, quarters are pooled, then weekday classes, then parts of the day: an expectation
taken from a handful of visits is no expectation. Strata are a partition of the visits.
"""

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import SECONDS_A_DAY, Ints, Longs
from graphfraud.engine.windows import weekend

BAND = 3 * 3600
QUARTER = 91
THIN = 50


def strata(group: Ints, start: Longs, *, excluded: NDArray[np.bool_], thin: int = THIN) -> Ints:
    """Return each visit's stratum as a dense int32 code, -1 for the excluded visits.

    A cell is split by the next, finer part only where every piece keeps at least `thin` visits.
    """
    kept = np.flatnonzero(~excluded)
    result = np.full(len(start), -1, np.int32)
    if len(kept):
        result[kept] = _partition(group[kept].astype(np.int64), _parts(start[kept]), thin)
    return result


def _parts(start: Longs) -> list[Longs]:
    """Return part of the day, weekday class and quarter, from coarse to fine."""
    day = start // SECONDS_A_DAY
    return [start % SECONDS_A_DAY // BAND, weekend(start), (day - day.min()) // QUARTER]


def _partition(cell: Longs, parts: list[Longs], thin: int) -> NDArray[np.int64]:
    """Split cells by each part in turn; return dense codes of the cells that result."""
    open_cell = np.ones(len(cell), bool)
    for part in parts:
        width = int(part.max()) + 2
        finer = cell * width + part + 1  # digit 0 is "not split here"
        open_cell &= _stays_thick(cell, finer, width, thin)
        cell = _ranked(np.where(open_cell, finer, cell * width))
    return cell


def _stays_thick(cell: Longs, finer: Longs, width: int, thin: int) -> NDArray[np.bool_]:
    """Return whether every non-empty piece of a visit's cell has at least `thin` visits."""
    counts = np.bincount(finer, minlength=(int(cell.max()) + 1) * width).reshape(-1, width)
    smallest = np.where(counts == 0, np.iinfo(np.int64).max, counts).min(axis=1)
    return np.asarray((smallest >= thin)[cell])


def _ranked(cell: Longs) -> Longs:
    """Return the codes ranked 0, 1, … in order, without sorting the visits."""
    used = np.bincount(cell) > 0
    return np.asarray((np.cumsum(used) - 1)[cell])
