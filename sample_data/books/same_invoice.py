"""Duplicates of kind same_invoice: one invoice paid by the funds of two regions."""

import numpy as np

from ..settlement import fund_share
from ..visits import INPATIENT, MANUAL, OUTPATIENT
from .ledger import Books, elsewhere, later


def plant_same_invoice(books: Books) -> None:
    """Hand invoices of outpatient and inpatient care in again, elsewhere, weeks later.

    Every other one comes as a manual reimbursement on paper, with the date of care.
    """
    rng, claims = books.stream("same invoice"), books.claims
    care = (claims.kind == INPATIENT) | (claims.kind == OUTPATIENT)
    count = books.planned(books.world.plan.persons_per_duplicate)
    first = books.draw(rng, count, care & (claims.invoice >= 0))
    again = first.of(
        kind=np.where(np.arange(len(first)) % 2 == 0, MANUAL, first.kind),
        settle_region=elsewhere(rng, books, first),
        settled=later(rng, first, 5, 90),
        fund=fund_share(rng, first.kind, first.insurance, first.total),
        operator=first.operator + 1,
    )
    books.ledger.pair(first.number, books.ledger.append(again), "same_invoice")
