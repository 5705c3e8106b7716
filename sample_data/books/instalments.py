"""Instalments: a long stay is billed in parts, for equal sums, under one encounter (honest)."""

import numpy as np

from ..arrays import Bools
from ..conflicts import SPAN
from ..rhythm import DAY
from ..visits import INPATIENT
from .ledger import Books

PERSONS_PER_INSTALMENT = 600
PART = 5 * DAY


def add_instalments(books: Books) -> None:
    """Prolong stays by a second bill that begins when the first one ends."""
    rng = books.stream("instalments")
    first = books.draw(rng, books.planned(PERSONS_PER_INSTALMENT), _prolongable(books))
    end = first.end + PART
    invoice = np.where(first.invoice >= 0, first.invoice + 1, -1)
    again = first.of(start=first.end, end=end, settled=end + 600, invoice=invoice)
    numbers = books.ledger.append(again, same_encounter=True)
    books.ledger.pair(first.number, numbers, "instalment", honest=True)


def _prolongable(books: Books) -> Bools:
    """Tell which claims are stays after which the person is free for the time of another bill."""
    claims = books.claims
    stays = np.flatnonzero(claims.kind == INPATIENT)
    busy = np.sort(claims.person.astype(np.int64) * SPAN + claims.start)
    ends = claims.person[stays].astype(np.int64) * SPAN + claims.end[stays]
    free = np.searchsorted(busy, ends) == np.searchsorted(busy, ends + PART)
    in_time = claims.end[stays] + PART < books.world.at(books.world.rhythm.days, 0)
    out = np.zeros(len(claims), dtype=np.bool_)
    out[stays] = free & in_time
    return out
