"""Visits before they are settled: who was where, when, why, and on whose account it happened."""

from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Indexes, Ints, indexes
from .diagnoses import NONE
from .records import Record

OVER_THE_COUNTER, OUTPATIENT, INPATIENT, MANUAL = range(4)  # kinds of claims
PERSONAL = -2  # basket of what a person always takes
HONEST = 0  # origin of what nobody planned


@dataclass(frozen=True)
class Visits(Record):
    """Columns of one length. `origin` is HONEST or the number of a planted group; -1 = not set."""

    person: Indexes
    place: Indexes
    kind: Codes
    start: Ints  # seconds since 1970, local
    stay: Indexes  # seconds
    diagnosis: Indexes
    doctor: Indexes
    origin: Indexes
    basket: Indexes  # number of a planted basket, PERSONAL, or -1: drawn


def visits(person: Ints | Indexes, place: Ints | Indexes, kind: int, start: Ints) -> Visits:
    """Return visits of one kind with everything else unset."""
    count, unset = len(person), np.full(len(person), NONE, dtype=np.int32)
    return Visits(
        person=indexes(person),
        place=indexes(place),
        kind=np.full(count, kind, dtype=np.int8),
        start=np.asarray(start, dtype=np.int64),
        stay=np.full(count, 600, dtype=np.int32),
        diagnosis=unset,
        doctor=unset.copy(),
        origin=np.zeros(count, dtype=np.int32),
        basket=unset.copy(),
    )
