"""The claim_items table, made in pieces and ordered like the claims."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from . import goods
from .arrays import Ints
from .claim_table import PIECE, claim_ids, rows_by_number
from .columns import Column, blank, padded, picked, together, yuan
from .items import Items
from .settlement import Claims


def items_table(claims: Claims, items: Items) -> Iterator[pa.Table]:
    """Yield the lines in the order of the claims, piece by piece."""
    row = rows_by_number(claims)[items.claim]
    order = np.argsort(row, kind="stable")
    line = _line_numbers(row[order])
    for start in range(0, max(1, len(order)), PIECE):
        part = order[start : start + PIECE]
        yield _piece(claims, items.take(part), row[part], line[start : start + PIECE])


def _line_numbers(row: Ints) -> Ints:
    """Count the lines of each claim from 1."""
    here = np.arange(len(row))
    first = np.diff(row, prepend=-1) != 0
    return np.asarray(here - np.maximum.accumulate(np.where(first, here, 0)) + 1)


def _piece(claims: Claims, part: Items, row: Ints, line: Ints) -> pa.Table:
    return pa.table({
        "claim_id": claim_ids(claims, row),
        "line_no": pa.array(line).cast(pa.string()),
        "item_code": picked(goods.codes(), part.good),
        "item_name": picked(goods.names(), part.good),
        "quantity": _quantities(part),
        "unit_price": yuan(part.price),
        "amount": yuan(part.amount),
        "trace_code": blank(together("8", padded(part.trace, 19)), part.trace < 0),
    })  # fmt: skip


def _quantities(part: Items) -> Column:
    """Return boxes without needless decimals: 2, 0.5."""
    values, number = np.unique(part.tenths, return_inverse=True)
    texts = [f"{tenths / 10:g}" for tenths in values.tolist()]
    return picked(texts, number)
