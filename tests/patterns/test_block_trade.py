"""Counts of the trade against a walk through every sale."""

import numpy as np

from graphfraud.patterns.block_trade import trade
from tests.patterns.blocks import PLACES, honest, sales_of


def test_shares_and_rows_are_those_of_a_walk_through_the_sales() -> None:
    sold = sales_of(honest(1, range(60)))
    table = trade(sold)
    members = np.array([3, 7, 40], np.int32)
    rows = table.rows_of(members)
    assert rows.tolist() == np.flatnonzero(np.isin(sold.person, members)).tolist()
    others = [
        (int(p), int(f), int(g))
        for p, f, g in zip(sold.person, sold.place, sold.good, strict=True)
        if p not in {3, 7, 40}
    ]
    shares = table.shares(rows)
    for at, column in enumerate(table.columns.tolist()):
        good, place = divmod(column, PLACES)
        here = [line for line in others if line[1] == place]
        bought = sum(line[2] == good for line in here)
        assert shares[at] == (bought + 1) / (len(here) + 1)


def test_no_sales_are_no_trade() -> None:
    table = trade(sales_of([(0, 0, 0)]).without(np.array([True])))
    assert (len(table.columns), len(table.rows_of(np.zeros(0, np.int32)))) == (0, 0)
