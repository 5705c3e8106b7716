"""Sales made by hand: honest customers, and blocks of persons who buy the same at the same places.

Persons and goods are numbers; a column is good × PLACES + place.
"""

from collections.abc import Iterable

import numpy as np

from graphfraud.patterns.purchases import Longs, Market, Sales, baskets, market, seen_market

PLACES, GOODS = 8, 40
Lines = list[tuple[int, int, int]]  # person, place, good


def honest(seed: int, persons: Iterable[int]) -> Lines:
    """Return customers with a main place, a second one and any goods."""
    generator = np.random.default_rng([seed, 51])
    lines: Lines = []
    for person in persons:
        near = generator.choice(PLACES, 2, replace=False).tolist()
        for _ in range(12):
            place = near[0] if generator.random() < 0.7 else near[1]
            lines.append((person, place, int(generator.integers(GOODS))))
    return lines


def buyers(
    seed: int, persons: Iterable[int], places: Iterable[int], goods: Iterable[int], share: float
) -> Lines:
    """Return persons who each have this share of the goods at the places."""
    generator = np.random.default_rng([seed, 53])
    cells = [(place, good) for place in places for good in goods]
    return [
        (person, *cells[at])
        for person in persons
        for at in np.flatnonzero(generator.random(len(cells)) < share).tolist()
    ]


def sales_of(lines: Lines) -> Sales:
    """Return the sales behind the lines."""
    rows, times = np.unique(np.array(lines, np.int32), axis=0, return_counts=True)
    person, place, good = rows.T.copy()
    return Sales(person, place, good, times.astype(np.int32), int(person.max()) + 1, PLACES)


def market_of(sold: Sales) -> Market:
    """Return the graph of goods bought at several places."""
    return market(*seen_market(baskets(sold), PLACES), PLACES)


def columns_of(places: Iterable[int], goods: Iterable[int]) -> Longs:
    """Return the columns of these goods at these places."""
    return np.array(sorted(good * PLACES + place for good in goods for place in places), np.int64)
