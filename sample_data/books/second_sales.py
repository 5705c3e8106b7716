"""Second sales (trace_code): the code of a box that was already settled is scanned again."""

import numpy as np

from ..arrays import Ints
from ..settlement import Claims
from .ledger import Books

FIRST_CODE = 99_999_999_977  # codes from here on are nobody else's


def add_second_sales(books: Books) -> None:
    """Give the second sale of each planted box the code of the first."""
    code = FIRST_CODE
    for group, claims in books.of_pattern("trace_code").items():
        first, second = _sales(books, group, claims)
        for sale in (first, second):
            lines = np.searchsorted(books.items.claim, sale)
            books.items.trace[lines] = code + np.arange(len(sale))
        code += len(first)
        books.ledger.pair(first, second, "trace_code")


def _sales(books: Books, group: int, claims: Claims) -> tuple[Ints, Ints]:
    """Return the claims of first and second sales: card holders are listed in pairs."""
    number_of = dict(zip(claims.person.tolist(), claims.number.tolist(), strict=True))
    members = books.planting.groups[group - 1].members
    holders = [m.number for m in members if m.entity_type == "person"]
    pairs = zip(holders[::2], holders[1::2], strict=True)
    both = [(number_of[a], number_of[b]) for a, b in pairs if a in number_of and b in number_of]
    numbers = np.array(both, dtype=np.int64).reshape(-1, 2)
    return numbers[:, 0], numbers[:, 1]
