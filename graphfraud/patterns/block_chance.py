"""The densest block that chance shows: the same search in replicates where nobody acts together."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from graphfraud.network.dense_blocks import densest
from graphfraud.network.extremes import gumbel_tail
from graphfraud.network.regimens import bought_elsewhere, classes, donors, exchanged
from graphfraud.patterns.purchases import Baskets, Ints, Longs, market
from graphfraud.progress import Progress

FIRST = 9  # all of them above the data: p would be 0.9


@dataclass(frozen=True)
class Chance:
    """The density of the best block of each replicate."""

    best: tuple[float, ...]

    def p_value(self, density: float) -> float:
        """Return the chance that clean data of the same habits shows a block as dense."""
        return gumbel_tail(density, np.array(self.best))


@dataclass(frozen=True)
class Search:
    """How blocks are looked for; threads changes the time it takes, nothing else."""

    against: float
    replicates: int
    thin: int
    seed: int
    items: bool
    threads: int = 1


def chance(
    basket: Baskets, n_places: int, search: Search, progress: Progress, seen: float = math.inf
) -> Chance:
    """Search every replicate and return its best density.

    seen: the best density of the data. Where FIRST replicates all exceed it, the rest are spared
    (Besag & Clifford 1991): no block can then be beyond chance.
    """
    group = classes(basket.main, np.diff(basket.first).astype(np.int32), thin=search.thin)

    def best(number: int) -> float:
        generator = np.random.default_rng([search.seed, number])
        who, what = _replicate(basket, n_places, group, generator, items=search.items)
        return densest(market(who, what, n_places).graph, against=search.against).density

    found: list[float] = []
    with ThreadPoolExecutor(search.threads) as pool:
        for numbers in (range(FIRST), range(FIRST, search.replicates)):
            for value in pool.map(best, numbers[: search.replicates]):
                found.append(value)
                progress("replicates", len(found), search.replicates)
            if min(found) > seen:
                break
    return Chance(tuple(found))


def _replicate(
    basket: Baskets, n_places: int, group: Ints, generator: np.random.Generator, *, items: bool
) -> tuple[Ints, Longs]:
    """Return the edges of one replicate."""
    several = basket.several
    if items:
        donor = donors(group, generator)
        edges: tuple[Ints, Longs] = exchanged(
            basket.first, basket.place, basket.good, several, n_places, donor, generator
        )
        return edges
    moved = _redealt(basket, generator)
    who, what = bought_elsewhere(basket.first, moved, basket.good, several, n_places)
    return who, what


def _redealt(basket: Baskets, generator: np.random.Generator) -> Ints:
    """Return the lines' places, those away from the main place dealt anew.

    They are exchanged among the customers of one main place, by kind of care: how often the
    customers of one place go to another stays, which of them share three places or more does not.
    """
    person = np.repeat(np.arange(len(basket.main)), np.diff(basket.first))
    away = np.flatnonzero(basket.place != basket.main[person])
    deck = basket.main[person[away]].astype(np.int64) << 32 | basket.good[away]
    before = np.argsort(deck, kind="stable")
    after = np.lexsort((generator.random(len(away)), deck))
    moved = basket.place.copy()
    moved[away[before]] = basket.place[away[after]]
    return moved
