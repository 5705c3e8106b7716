"""A peeled block in parts: rings that share a shop and goods come apart, one ring stays one."""

import numpy as np

from graphfraud.network.dense_blocks import Block
from graphfraud.patterns.block_parts import parts
from graphfraud.patterns.purchases import Market
from tests.patterns.blocks import Lines, buyers, columns_of, honest, market_of, sales_of


def peeled(lines: Lines, persons: range) -> tuple[Market, Block]:
    """Return the market, and the persons with all they bought as a block of it."""
    whole = market_of(sales_of(lines))
    rows = np.flatnonzero(np.isin(whole.persons, persons)).astype(np.int32)
    held = [whole.graph.columns[whole.graph.first[r] : whole.graph.first[r + 1]] for r in rows]
    return whole, Block(rows, np.unique(np.concatenate(held)), 1.0)


def found(lines: Lines, persons: range) -> list[set[int]]:
    whole, block = peeled(lines, persons)
    return sorted((set(part.tolist()) for part, _ in parts(whole, whole, block)), key=min)


FIRST = buyers(1, range(300, 325), (0, 1, 2), range(6), 0.6)
CROWD = honest(1, range(300))


def test_rings_with_a_shop_and_goods_in_common_are_two_parts() -> None:
    other = buyers(2, range(325, 350), (2, 3, 4), range(4, 10), 0.6)
    apart = found(CROWD + FIRST + other, range(300, 350))
    assert apart == [set(range(300, 325)), set(range(325, 350))]


def test_a_shared_column_belongs_to_both() -> None:
    other = buyers(2, range(325, 350), (0, 1, 2), range(3, 9), 0.8)
    whole, block = peeled(CROWD + FIRST + other, range(300, 350))
    held = [set(columns.tolist()) for _, columns in parts(whole, whole, block)]
    assert len(held) == 2
    assert set(columns_of((0, 1, 2), range(3, 6)).tolist()) <= held[0] & held[1]


def test_a_ring_that_is_alike_throughout_stays_one() -> None:
    assert found(CROWD + FIRST, range(300, 325)) == [set(range(300, 325))]


def test_rings_with_nothing_in_common_are_two_parts() -> None:
    other = buyers(2, range(325, 350), (5, 6, 7), range(20, 26), 0.8)
    apart = found(CROWD + FIRST + other, range(300, 350))
    assert apart == [set(range(300, 325)), set(range(325, 350))]
