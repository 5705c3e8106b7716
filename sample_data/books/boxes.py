"""Codes of boxes that honestly turn up twice: boxes returned, packs split, scans gone wrong."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..arrays import Bools, Ints, Rng
from ..planting import facilities, persons
from ..rhythm import DAY
from ..visits import HONEST, OVER_THE_COUNTER
from .ledger import Books
from .refunds import take_back

RETURNED_AFTER = (2 * 3600, 30 * DAY)  # seconds from the first sale to the next of the same good
SPLIT_WITHIN, MISREAD_WITHIN = 30 * DAY, 3600
ROLES = ("first_buyer", "next_buyer")


@dataclass(frozen=True)
class Sales:
    """Scanned boxes of one good sold one after the other at one pharmacy: lines of the items."""

    first: Ints
    second: Ints
    gap: Ints  # seconds

    def take(self, where: Bools | Ints) -> "Sales":
        """Return the chosen pairs of sales."""
        return Sales(self.first[where], self.second[where], self.gap[where])


def add_honest_boxes(books: Books) -> None:
    """Let each kind happen as often as planned."""
    rng, often = books.stream("honest boxes"), books.world.plan.lookalikes
    if not (often.box_returned or often.split_pack or often.scan_error):
        return
    sales, scanned = _sales(books), int(np.count_nonzero(books.items.trace >= 0))
    errors = round(scanned / often.scan_error) if often.scan_error else 0
    returned = (sales.gap >= RETURNED_AFTER[0]) & (sales.gap < RETURNED_AFTER[1])
    for count, where, follow in (
        (books.planned(often.box_returned), returned, _return_boxes),
        (books.planned(often.split_pack), sales.gap < SPLIT_WITHIN, _split_packs),
        (errors, sales.gap < MISREAD_WITHIN, _misread),
    ):
        _happen(books, rng, count, sales.take(where), follow)


def _sales(books: Books) -> Sales:
    """Return neighbouring sales of scanned boxes to different persons, honest ones only."""
    items, claims = books.items, books.claims
    lines = np.flatnonzero(items.trace >= 0)
    number = items.claim[lines]
    free = books.planting.cast.free[claims.person[number]] & (claims.origin[number] == HONEST)
    lines = lines[free & (claims.kind[number] == OVER_THE_COUNTER)]
    number = items.claim[lines]
    order = np.lexsort((claims.settled[number], items.good[lines], claims.place[number]))
    lines, number = lines[order], number[order]
    same = (np.diff(claims.place[number]) == 0) & (np.diff(items.good[lines]) == 0)
    same &= np.diff(claims.person[number]) != 0
    gap = np.diff(claims.settled[number])
    return Sales(lines[:-1], lines[1:], gap).take(same)


def _happen(
    books: Books, rng: Rng, count: int, sales: Sales, follow: Callable[[Books, Rng, Sales], str]
) -> None:
    """Choose pairs of sales in which nothing else happens, and note what follows from them."""
    items, used = books.items, books.ledger.used
    chosen: list[int] = []
    for at in rng.permutation(len(sales.first))[: 4 * count].tolist():
        both = {int(items.claim[line[at]]) for line in (sales.first, sales.second)}
        if len(chosen) < count and not both & used:
            used |= both
            chosen.append(at)
    pairs = sales.take(np.sort(np.array(chosen, dtype=np.int64)))
    kind = follow(books, rng, pairs)
    items.trace[pairs.second] = items.trace[pairs.first]
    first, second = items.claim[pairs.first], items.claim[pairs.second]
    books.ledger.pair(first, second, kind, honest=True)
    books.planting.cast.take(books.claims.person[np.concatenate((first, second))])
    for numbers in zip(first.tolist(), second.tolist(), strict=True):
        _note(books, kind, numbers)


def _note(books: Books, kind: str, numbers: tuple[int, int]) -> None:
    claims = books.claims
    members = facilities([claims.place[numbers[0]]], "pharmacy")
    for number, role in zip(numbers, ROLES, strict=True):
        members += persons([claims.person[number]], role)
    books.planting.note(kind, members, numbers)


def _return_boxes(books: Books, rng: Rng, pairs: Sales) -> str:
    """Take the first sales back before the box is sold again."""
    first = books.claims.take(books.items.claim[pairs.first])
    taken = take_back(books, first, rng.integers(600, RETURNED_AFTER[0] - 600, len(first)))
    books.ledger.pair(first.number, taken, "refund", honest=True)
    return "box_returned"


def _split_packs(books: Books, _rng: Rng, pairs: Sales) -> str:
    """Sell half of one box to either buyer; fund and total shrink alike."""
    items, claims = books.items, books.claims
    for lines in (pairs.first, pairs.second):
        number, whole = items.claim[lines], items.amount[lines]
        items.tenths[lines] = 5
        left = claims.total[number] - whole + items.amount[lines]
        claims.fund[number] = claims.fund[number] * left // claims.total[number]
        claims.total[number] = left
    return "split_pack"


def _misread(_books: Books, _rng: Rng, _pairs: Sales) -> str:
    """Scan the box of the customer before once more; nothing else is wrong."""
    return "scan_error"
