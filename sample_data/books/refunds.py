"""Refunds: honest corrections that are settled again, and the loops of pattern refund_loop."""

import numpy as np

from ..arrays import Ints, Rng
from ..settlement import Claims, fund_share
from .ledger import Books

PERSONS_PER_REFUND = 40
NEW_SLIP = 500_000  # added to the slip number of the first settlement


def add_refunds(books: Books) -> None:
    """Take claims back; two in three are settled again within the hour (not a duplicate)."""
    rng = books.stream("refunds")
    everything = np.ones(len(books.claims), dtype=np.bool_)
    first = books.draw(rng, books.planned(PERSONS_PER_REFUND), everything)
    taken = take_back(books, first, rng.integers(300, 1800, len(first)))
    books.ledger.pair(first.number, taken, "refund", honest=True)
    again = first.take(np.arange(len(first)) % 3 < 2)
    numbers = settle_again(books, rng, again, rng.integers(1800, 3600, len(again)))
    books.ledger.pair(again.number, numbers, "resettled", honest=True)


def add_refund_loops(books: Books) -> None:
    """Reverse every purchase of the planted rings and swipe the card again."""
    rng = books.stream("refund loops follow")
    for first in books.of_pattern("refund_loop").values():
        take_back(books, first, rng.integers(120, 900, len(first)))
        settle_again(books, rng, first, rng.integers(1000, 2400, len(first)))


def take_back(books: Books, first: Claims, after: Ints) -> Ints:
    """Reverse claims `after` so many seconds; return the numbers of the refunds."""
    settled = first.settled + after
    back = first.of(total=-first.total, fund=-first.fund, refund_of=first.number, settled=settled)
    return books.ledger.append(back, same_goods=False, same_encounter=True)


def settle_again(books: Books, rng: Rng, first: Claims, after: Ints) -> Ints:
    """Settle claims a second time `after` so many seconds; return the new numbers."""
    again = first.of(
        settled=first.settled + after,
        fund=fund_share(rng, first.kind, first.insurance, first.total),
        invoice=np.where(first.invoice >= 0, first.invoice + NEW_SLIP, -1),
    )
    return books.ledger.append(again, same_encounter=True)
