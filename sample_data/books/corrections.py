"""Hospitals that correct diagnoses: claims refunded and settled again under another code."""

import numpy as np

from ..arrays import Ints, Rng
from ..diagnoses import ACUTE
from ..diagnoses import INPATIENT as WARD_CODES
from ..planting import facilities, persons
from ..rhythm import HOSPITAL
from ..settlement import Claims
from ..visits import INPATIENT
from .ledger import Books
from .refunds import settle_again, take_back

ONE_IN = 50  # of the hospital's claims is corrected


def add_corrections(books: Books) -> None:
    """Take claims of many persons back and settle them again with the corrected diagnosis."""
    rng, world = books.stream("corrections"), books.world
    count = books.planned(world.plan.lookalikes.refund_counter)
    hospitals = world.places.of(HOSPITAL)
    for hospital in rng.choice(hospitals, min(count, len(hospitals)), replace=False).tolist():
        free = books.planting.cast.free[books.claims.person]
        here = (books.claims.place == hospital) & free
        first = books.draw(rng, -(-int(np.count_nonzero(here)) // ONE_IN), here)
        taken = take_back(books, first, rng.integers(300, 1800, len(first)))
        corrected = first.of(diagnosis=_others(rng, first))
        again = settle_again(books, rng, corrected, rng.integers(1800, 3600, len(first)))
        books.ledger.pair(first.number, taken, "refund", honest=True)
        books.ledger.pair(first.number, again, "resettled", honest=True)
        patients = books.planting.cast.take(np.unique(first.person))
        members = facilities([hospital], "hospital") + persons(patients, "patient")
        numbers = np.concatenate((first.number, taken, again))
        books.planting.note("refund_counter", members, numbers.tolist())


def _others(rng: Rng, first: Claims) -> Ints:
    """Return a diagnosis for each claim that differs from its own."""
    ward = first.kind == INPATIENT
    step = rng.integers(1, np.where(ward, len(WARD_CODES), len(ACUTE)), len(first))
    at_ward = np.searchsorted(WARD_CODES, first.diagnosis) + step
    at_desk = np.searchsorted(ACUTE, first.diagnosis) + step
    other = np.where(ward, WARD_CODES[at_ward % len(WARD_CODES)], ACUTE[at_desk % len(ACUTE)])
    return np.asarray(other, dtype=np.int64)
