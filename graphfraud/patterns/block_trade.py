"""The trade of all places by column: counted once, so that weighing a block sorts nothing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.patterns.purchases import Ints, Longs, Sales

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Trade:
    """Sales with their columns (good × places + place), named by position in `columns`, sorted.

    column: per row of sales; place, good: per column; bought: persons per column; traffic: rows of
    sales per place; begin: where a person's rows begin (n_persons + 1).
    """

    sold: Sales
    column: Longs
    columns: Longs
    place: Longs
    good: Longs
    bought: Longs
    traffic: Longs
    begin: Longs

    def rows_of(self, persons: Ints) -> Longs:
        """Return the rows of sales of these persons."""
        first, last = self.begin[persons], self.begin[persons + 1]
        long = last - first
        skipped = np.cumsum(long) - long
        return np.asarray(np.repeat(first - skipped, long) + np.arange(int(long.sum())))

    def shares(self, rows: Longs) -> Floats:
        """Return the share of each column in its place's trade, the rows of members left out."""
        others = self.bought - np.bincount(self.column[rows], minlength=len(self.columns))
        traffic = self.traffic - np.bincount(self.sold.place[rows], minlength=len(self.traffic))
        # One more of each: what no outsider bought is rare, not impossible.
        return np.asarray((others + 1) / (traffic[self.place] + 1))


def trade(sold: Sales) -> Trade:
    """Return the trade behind sales, which come person by person."""
    names = sold.good * np.int64(sold.n_places) + sold.place
    # Hashing finds the few distinct columns of many rows faster than sorting them.
    column, columns = pd.factorize(names, sort=True)
    return Trade(
        sold=sold,
        column=column.astype(np.int64),
        columns=columns,
        place=columns % max(1, sold.n_places),
        good=columns // max(1, sold.n_places),
        bought=np.bincount(column, minlength=len(columns)),
        traffic=np.bincount(sold.place, minlength=sold.n_places),
        begin=np.searchsorted(sold.person, np.arange(sold.n_persons + 1)),
    )
