"""Baskets split by the way they are paid: the first part by the fund, the rest in cash."""

import numpy as np

from .ledger import Books

SERIES = 1800  # seconds within which settlements of a card are parts of one basket


def pay_in_cash(books: Books) -> None:
    """Let the later parts of the cashiers' split baskets cost the fund nothing."""
    for claims in books.of_pattern("cashier_repeats").values():
        order = np.lexsort((claims.start, claims.person))
        same = np.diff(claims.person[order]) == 0
        soon = np.diff(claims.start[order]) < SERIES
        later = order[1:][same & soon]
        books.claims.fund[claims.number[later]] = 0
