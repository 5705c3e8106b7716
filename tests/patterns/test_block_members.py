"""Members: who was overlooked joins, who was drawn in goes, wherever the search began."""

import numpy as np
import pytest

from graphfraud.patterns.block_members import Bounds, settled
from graphfraud.patterns.block_trade import trade
from tests.patterns.blocks import buyers, columns_of, honest, sales_of

BOUNDS = Bounds(join=0.01, persons=3, places=2, goods=2)
RING, SHOPS, GOODS = range(300, 320), range(3), range(5)
LINES = honest(1, range(300)) + buyers(1, RING, SHOPS, GOODS, 0.7) + honest(2, RING)


@pytest.mark.parametrize(
    ("named", "columns"),
    [
        (RING, columns_of(SHOPS, GOODS)),
        (range(300, 312), columns_of(SHOPS, range(3))),  # some of both
        (range(292, 320), columns_of(range(4), range(7))),  # more of both
    ],
)
def test_the_block_ends_within_what_was_planted_wherever_it_begins(
    named: range, columns: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    sold = sales_of(LINES)
    block = settled(trade(sold), np.array(named, np.int32), columns, BOUNDS)
    members = set(block.persons.tolist())
    assert members <= set(RING)
    assert len(members) >= 18
    assert set(block.columns.tolist()) <= set(columns_of(SHOPS, GOODS).tolist())
    assert len(block.columns) >= 14
    cells = sold.good[block.rows] * np.int64(sold.n_places) + sold.place[block.rows]
    assert set(cells.tolist()) <= set(block.columns.tolist())
    mine = np.isin(sold.person, block.persons)
    inside = np.isin(sold.good * np.int64(sold.n_places) + sold.place, block.columns)
    assert len(block.rows) == int((mine & inside).sum())
    assert block.expected < len(block.rows) / 3


def test_who_belongs_elsewhere_is_left_out() -> None:
    barred = np.array([301, 302], np.int32)
    columns = columns_of(SHOPS, GOODS)
    block = settled(trade(sales_of(LINES)), np.array(RING, np.int32), columns, BOUNDS, barred)
    assert set(RING) - set(block.persons.tolist()) == {301, 302}


def test_honest_customers_are_no_block() -> None:
    sold = sales_of(honest(3, range(300)))
    block = settled(trade(sold), np.arange(20, dtype=np.int32), columns_of(SHOPS, GOODS), BOUNDS)
    assert len(block.persons) == 0
