"""Rings that want the same persons: each keeps its own, and one ring is never told twice."""

import numpy as np

from graphfraud.patterns.block_members import Bounds
from graphfraud.patterns.block_rivals import Weighed, Weigher
from graphfraud.patterns.block_trade import trade
from graphfraud.patterns.purchases import Ints, Longs
from tests.patterns.blocks import Lines, buyers, columns_of, honest, market_of, sales_of

BOUNDS = Bounds(join=0.01, persons=3, places=2, goods=2)
ONE, TWO = range(300, 325), range(325, 350)
LINES = (
    honest(1, range(300))
    + buyers(1, ONE, (0, 1, 2), range(6), 0.6)
    + buyers(2, TWO, (1, 2, 3), range(2, 8), 0.6)
)
FIRST = np.array(ONE, np.int32), columns_of((0, 1, 2), range(6))
SECOND = np.array(TWO, np.int32), columns_of((1, 2, 3), range(2, 8))


def weigher(lines: Lines) -> Weigher:
    sold = sales_of(lines)
    return Weigher(trade(sold), market_of(sold), 0.5, BOUNDS)


def told(parts: list[tuple[Ints, Longs]]) -> list[list[int]]:
    by = weigher(LINES)
    kept: list[Weighed] = []
    for part in parts:
        kept = by.added(kept, part)
    return sorted(one.block.persons.tolist() for one in by.apart(kept))


def test_rings_that_share_shops_and_goods_keep_their_own_members() -> None:
    assert told([FIRST, SECOND]) == [list(ONE), list(TWO)]


def test_the_order_in_which_they_are_found_changes_nothing() -> None:
    assert told([FIRST, SECOND]) == told([SECOND, FIRST])


def test_a_ring_found_twice_or_in_halves_is_told_once() -> None:
    half = FIRST[0][:14], FIRST[1]
    for parts in ([FIRST, FIRST], [FIRST, half], [half, FIRST]):
        blocks = told(parts)
        assert len(blocks) == 1
        assert len(set(ONE) & set(blocks[0])) >= 24


def test_a_part_of_honest_customers_is_none() -> None:
    assert weigher(LINES).weighed((np.arange(9, dtype=np.int32), FIRST[1])) is None


def test_who_is_left_out_of_a_block_is_no_member() -> None:
    one = weigher(LINES).weighed(FIRST, barred=FIRST[0][:4])
    assert one is not None
    assert set(ONE) - set(one.block.persons.tolist()) == set(FIRST[0][:4].tolist())
