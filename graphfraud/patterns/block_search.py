"""Dense blocks one after another: peel, split what only hangs together loosely, remove, repeat."""

import math
from dataclasses import dataclass, replace

import numpy as np

from graphfraud.network.communities import communities
from graphfraud.network.dense_blocks import Block, densest, density
from graphfraud.patterns.block_chance import Chance, Search, chance
from graphfraud.patterns.block_members import Bounds, Membership, settled
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
LOOSE = 0.05  # a member buys one in ten of a part's columns, or it is no part
SHARED = 0.5  # blocks that share this part of the smaller one's persons are one


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
    whole = market(who, what, sold.n_places)
    found: list[Found] = []
    for _ in range(MOST):
        now = market(who, what, sold.n_places)
        block = densest(now.graph, against=against)
        if not len(block.rows) or chance.p_value(block.density) > WEAK:
            break
        taken = _inside(now, block, who, what)
        for persons, columns in _parts(now, block):
            one = _weighed(sold, whole, (persons, columns), against, bounds, chance)
            if one and not any(_same(one, other) for other in found):
                found.append(one)
                taken |= np.isin(who, one.block.persons) & np.isin(what, one.block.columns)
        who, what = who[~taken], what[~taken]
    return sorted(found, key=lambda one: (-one.density, one.block.persons.tolist()))


def _inside(now: Market, block: Block, who: Ints, what: Longs) -> np.ndarray:
    """Mark the edges of the block."""
    rows, columns = now.persons[block.rows], now.columns[block.columns]
    return np.asarray(np.isin(who, rows) & np.isin(what, columns))


def _parts(now: Market, block: Block) -> list[tuple[Ints, Longs]]:
    """Return the communities of a block: peeling unites blocks that have nothing in common."""
    row = np.repeat(np.arange(len(now.persons)), np.diff(now.graph.first))
    edge = np.isin(row, block.rows) & np.isin(now.graph.columns, block.columns)
    shift = len(now.persons)
    found = communities(
        row[edge].astype(np.int32),
        (now.graph.columns[edge] + shift).astype(np.int32),
        resolution=LOOSE,
        seed=1,
        smallest=5,
    )
    return [
        (now.persons[part[part < shift]], now.columns[part[part >= shift] - shift])
        for part in found
    ]


def _weighed(
    sold: Sales,
    whole: Market,
    part: tuple[Ints, Longs],
    against: float,
    bounds: Bounds,
    chance: Chance,
) -> Found | None:
    """Return the part with exactly its members, or None where too little is left."""
    block = settled(sold, *part, bounds)
    places = np.unique(block.columns % sold.n_places)
    if len(block.persons) < bounds.persons or len(places) < bounds.places:
        return None
    rows = np.flatnonzero(np.isin(whole.persons, block.persons)).astype(np.int32)
    held = np.flatnonzero(np.isin(whole.columns, block.columns)).astype(np.int32)
    return Found(block, density(whole.graph, rows, held, against=against), chance)


def _same(one: Found, other: Found) -> bool:
    """Say whether two blocks have most of their persons in common."""
    common = len(np.intersect1d(one.block.persons, other.block.persons))
    return common >= SHARED * min(len(one.block.persons), len(other.block.persons))


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
