"""Duplicates of kind same_expense: the invoice number, the amount or the date was altered."""

import numpy as np

from ..arrays import Ints, Rng
from ..rhythm import DAY
from ..settlement import Claims, fund_share
from ..visits import INPATIENT, MANUAL, OUTPATIENT
from .ledger import Books, elsewhere, later

INVOICE, AMOUNT, DATE = range(3)  # what was altered, in turns


def plant_altered_expenses(books: Books) -> None:
    """Hand expenses in again on paper, half of them to another region's fund."""
    rng, claims = books.stream("altered expenses"), books.claims
    care = (claims.kind == INPATIENT) | (claims.kind == OUTPATIENT)
    dear = care & (claims.invoice >= 0) & (claims.total > 10_000)
    count = books.planned(books.world.plan.persons_per_duplicate)
    first = books.draw(rng, count, dear)
    turn = np.arange(len(first))
    changed = _altered(rng, first, turn % 3)
    region = np.where(turn % 2 == 0, elsewhere(rng, books, first), first.settle_region)
    again = changed.of(kind=MANUAL, settle_region=region, settled=later(rng, first, 5, 60))
    numbers = books.ledger.append(again, same_goods=False)
    books.ledger.pair(first.number, numbers, "same_expense")


def _altered(rng: Rng, first: Claims, what: Ints) -> Claims:
    """Swap or change digits of the invoice, raise the amount, or move the date by some days."""
    digit = 10 ** rng.integers(0, 6, len(first))
    invoice = first.invoice + np.where(what == INVOICE, rng.integers(1, 9, len(first)) * digit, 0)
    percent = np.where(what == AMOUNT, rng.integers(105, 140, len(first)), 100)
    total = first.total * percent // 100
    moved = np.where(what == DATE, rng.integers(1, 4, len(first)) * DAY, 0)
    fund = fund_share(rng, first.kind, first.insurance, total)
    changed = first.of(invoice=invoice, total=total, fund=fund)
    return changed.of(start=first.start + moved, end=first.end + moved)
