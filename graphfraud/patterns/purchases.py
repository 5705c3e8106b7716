"""What persons buy where, as arrays: the lines behind dense blocks, and their graph.

Edges are goods that one person buys at several places: a chronic customer of one popular pharmacy
has none, so that stars and busy counters stay outside.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.network.bipartite import Bipartite, bipartite
from graphfraud.network.regimens import bought_elsewhere

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

LEAST = 4  # lines: two goods at two places; who buys less can be in no block
AWAY = 2  # lines beside the main place: two goods at two places have at least two
MOST = (1 << 32) - 1  # lines of one person at one place


@dataclass(frozen=True)
class Sales:
    """Who bought what where: one row a (person, place, good), sorted; lines: how often."""

    person: Ints
    place: Ints
    good: Ints
    lines: Ints
    n_persons: int
    n_places: int

    def without(self, rows: NDArray[np.bool_]) -> "Sales":
        """Return the sales but for the marked rows."""
        person, place, good, lines = (
            column[~rows] for column in (self.person, self.place, self.good, self.lines)
        )
        return Sales(person, place, good, lines, self.n_persons, self.n_places)


@dataclass(frozen=True)
class Baskets:
    """Every line of the persons who buy enough, person by person, the main place first.

    first: where a person's lines begin (n_persons + 1); main: the place with most of a person's
    lines (-1: buys too little); several: who has AWAY lines at other places, or more.
    """

    first: Longs
    place: Ints
    good: Ints
    main: Ints
    several: Ints


@dataclass(frozen=True)
class Market:
    """A graph of edges with the names of its nodes: person codes, and good × places + place."""

    graph: Bipartite
    persons: Ints
    columns: Longs


def sales(engine: Engine, *, items: bool) -> Sales:
    """Return the purchases of goods, or (without items) the visits by kind of care."""
    step = "patterns/dense_block_sales" if items else "patterns/dense_block_visits"
    found = engine.arrays(step)
    columns = [
        found.pop(name).astype(np.int32, copy=False)
        for name in ("person", "place", "good", "lines")
    ]
    person, place, good, lines = columns
    return Sales(
        person, place, good, lines,
        int(person.max(initial=-1)) + 1, int(place.max(initial=-1)) + 1,
    )  # fmt: skip


def baskets(sold: Sales) -> Baskets:
    """Return the lines of the persons who buy enough to be in a block."""
    held = np.bincount(sold.person, sold.lines, minlength=sold.n_persons)
    enough = held >= LEAST
    rows = np.flatnonzero(enough[sold.person])
    visit = np.flatnonzero(_differs(sold.person[rows]) | _differs(sold.place[rows]))
    times = np.add.reduceat(sold.lines[rows], visit) if len(visit) else np.zeros(0, np.int64)
    person, place = sold.person[rows[visit]], sold.place[rows[visit]]
    # Visits come person by person, place by place: few of them change their order.
    order = np.argsort(person.astype(np.int64) << 32 | MOST - times, kind="stable")
    main = np.full(sold.n_persons, -1, np.int32)
    begin = np.flatnonzero(_differs(person))
    main[person[begin]] = place[order[begin]]
    rows = rows[_spans(visit[order], np.diff(visit, append=len(rows))[order])]
    lines = sold.lines[rows]
    count = np.where(enough, held, 0).astype(np.int64)
    # The first of a person's visits is now to their main place.
    away = count.copy()
    away[person[begin]] -= times[order[begin]]
    return Baskets(
        first=np.concatenate((np.zeros(1, np.int64), np.cumsum(count))),
        place=np.repeat(sold.place[rows], lines),
        good=np.repeat(sold.good[rows], lines),
        main=main,
        several=np.flatnonzero(away >= AWAY).astype(np.int32),
    )


def _spans(begin: Longs, long: Longs) -> Longs:
    """Return the positions of all spans, one span after another."""
    skipped = np.cumsum(long) - long
    return np.asarray(np.repeat(begin - skipped, long) + np.arange(int(long.sum())))


def market(who: Ints, what: Longs, n_places: int) -> Market:
    """Return the graph of these edges, which come person by person; what: good × places + place."""
    begins = _differs(who)
    row = np.cumsum(begins, dtype=np.int32) - np.int32(1)
    # Hashing finds the few distinct columns of many edges faster than sorting them.
    column, columns = pd.factorize(what, sort=True)
    _, place = np.unique(columns % max(1, n_places), return_inverse=True)
    graph = bipartite(row, column.astype(np.int32), place.astype(np.int32))
    return Market(graph, who[begins], columns)


def seen_market(basket: Baskets, n_places: int) -> tuple[Ints, Longs]:
    """Return the edges of the data as they are."""
    who, what = bought_elsewhere(basket.first, basket.place, basket.good, basket.several, n_places)
    return who, what


def _differs(values: Ints) -> NDArray[np.bool_]:
    """Say of each value whether it differs from the one before."""
    return np.concatenate((np.ones(min(1, len(values)), bool), values[1:] != values[:-1]))
