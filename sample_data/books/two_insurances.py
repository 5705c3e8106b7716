"""Duplicates of kind two_insurances: medical insurance paid, then work injury or maternity did."""

import numpy as np

from ..visits import INPATIENT
from .ledger import Books, later

WORK_INJURY, MATERNITY = 410, 510
PERCENT = 90  # what these funds pay


def plant_two_insurances(books: Books) -> None:
    """Settle stays a second time under another insurance; every other one keeps the invoice."""
    rng, claims = books.stream("two insurances"), books.claims
    female = ~books.world.people.male[claims.person]
    count = books.planned(2 * books.world.plan.persons_per_duplicate)
    first = books.draw(rng, count, claims.kind == INPATIENT)
    maternal = female[first.number] & (np.arange(len(first)) % 3 == 0)
    again = first.of(
        insurance=np.where(maternal, MATERNITY, WORK_INJURY),
        fund=first.total * PERCENT // 100,
        invoice=np.where(np.arange(len(first)) % 2 == 0, first.invoice, -1),
        settled=later(rng, first, 1, 40),
    )
    books.ledger.pair(first.number, books.ledger.append(again), "two_insurances")
