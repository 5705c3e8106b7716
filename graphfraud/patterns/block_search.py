"""Dense blocks one after another: peel, split what only hangs together loosely, remove, repeat."""

import math
from dataclasses import dataclass, replace

import numpy as np

from graphfraud.network.dense_blocks import Block, densest
from graphfraud.patterns.block_chance import Chance, Search, chance
from graphfraud.patterns.block_members import Bounds, Membership
from graphfraud.patterns.block_parts import parts
from graphfraud.patterns.block_rivals import Weighed, Weigher
from graphfraud.patterns.block_trade import trade
from graphfraud.patterns.purchases import (
    Ints,
    Longs,
    Market,
    Sales,
    baskets,
    market,
    seen_market,
)
from graphfraud.progress import Progress

MOST = 200  # blocks looked at; a cut that no data has reached
WEAK = 0.2  # blocks that chance shows in one run of five are not worth telling
STEPS = 4  # times that chance is asked anew


@dataclass(frozen=True)
class Found:
    """A block, how dense it is, and what chance shows."""

    block: Membership
    density: float
    chance: Chance

    @property
    def p_value(self) -> float:
        """Return the family-wise p-value, before any purchase is excused."""
        return self.chance.p_value(self.density)


def blocks(
    sold: Sales, who: Ints, what: Longs, *, against: float, chance: Chance, bounds: Bounds
) -> list[Found]:
    """Return the blocks that chance does not often show, densest first."""
    weigher = Weigher(trade(sold), market(who, what, sold.n_places), against, bounds)
    kept: list[Weighed] = []
    for _ in range(MOST):
        now = market(who, what, sold.n_places)
        block = densest(now.graph, against=against)
        if not len(block.rows) or chance.p_value(block.density) > WEAK:
            break
        taken = _inside(now, block, who, what)
        for part in parts(weigher.whole, now, block):
            kept = weigher.added(kept, part)
        for one in kept:
            # Only whom the part named: whoever joined may be the part of a rival still hidden.
            taken |= np.isin(who, one.part[0]) & np.isin(what, one.block.columns)
        who, what = who[~taken], what[~taken]
    found = [Found(one.block, one.density, chance) for one in weigher.apart(kept)]
    return sorted(found, key=lambda one: (-one.density, one.block.persons.tolist()))


def _inside(now: Market, block: Block, who: Ints, what: Longs) -> np.ndarray:
    """Mark the edges of the block."""
    rows, columns = now.persons[block.rows], now.columns[block.columns]
    return np.asarray(np.isin(who, rows) & np.isin(what, columns))


def stepwise(
    sold: Sales, search: Search, bounds: Bounds, level: float, progress: Progress
) -> list[Found]:
    """Return all blocks that chance does not often show.

    Whatever a step finds is taken out of the data before chance is asked again, for a ring's goods,
    dealt to others, would hide the next one (step-down testing, Westfall & Young 1993); and what
    was not beyond `level` is judged once more, by replicates that do not hold it.
    """
    found: list[Found] = []
    weak: list[Found] = []
    left = np.ones(len(sold.person), bool)
    for _ in range(STEPS):
        rest = sold.without(~left)
        basket = baskets(rest)
        if not len(basket.several):
            break
        edges = seen_market(basket, sold.n_places)
        whole = market(*edges, sold.n_places)
        best = densest(whole.graph, against=search.against).density
        # What is judged once more needs all replicates, however little else there is.
        by_chance = chance(basket, sold.n_places, search, progress, seen=math.inf if weak else best)
        found += [replace(one, chance=by_chance) for one in weak]
        now = blocks(rest, *edges, against=search.against, chance=by_chance, bounds=bounds)
        rows = np.flatnonzero(left)
        now = [replace(one, block=replace(one.block, rows=rows[one.block.rows])) for one in now]
        weak = [one for one in now if one.p_value > level]
        found += [one for one in now if one.p_value <= level]
        if not now:
            return found
        for one in now:
            left[one.block.rows] = False
    return found + weak
