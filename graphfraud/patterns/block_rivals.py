"""Blocks that want the same persons: one block or two by likelihood, each person in one of them.

Rings that share shops and goods draw each other's members in. A part is weighed by itself, and
where it ends as a block that is known, once more with the persons named by the other left out of
either: if both are then likelier together than the one, they are two (network.block_likelihood).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphfraud.network.block_likelihood import score
from graphfraud.network.dense_blocks import density
from graphfraud.patterns.block_members import NOBODY, Bounds, Membership, settled
from graphfraud.patterns.block_trade import Trade
from graphfraud.patterns.purchases import Ints, Longs, Market, Sales

SHARED = 0.5  # blocks that share this part of the smaller one's persons want the same persons


@dataclass(frozen=True)
class Weighed:
    """A block with exactly its members, the part it began as, and who was left out of it.

    density: as the search measures it.
    """

    block: Membership
    density: float
    part: tuple[Ints, Longs]
    barred: Ints


@dataclass(frozen=True)
class Weigher:
    """Weighs parts of the market `whole` on all trade."""

    trade: Trade
    whole: Market
    against: float
    bounds: Bounds

    def weighed(self, part: tuple[Ints, Longs], barred: Ints = NOBODY) -> Weighed | None:
        """Return the part with exactly its members, or None where too little is left."""
        block = settled(self.trade, *part, self.bounds, barred)
        places = np.unique(block.columns % self.trade.sold.n_places)
        if len(block.persons) < self.bounds.persons or len(places) < self.bounds.places:
            return None
        rows = np.flatnonzero(np.isin(self.whole.persons, block.persons)).astype(np.int32)
        held = np.flatnonzero(np.isin(self.whole.columns, block.columns)).astype(np.int32)
        graph = self.whole.graph
        dense = density(graph, rows, held, against=self.against)
        return Weighed(block, dense, part, barred)

    def score(self, one: Weighed, aside: Ints) -> float:
        """Return how much likelier the block is than chance, which persons aside do not tell."""
        rows, others = (
            np.flatnonzero(np.isin(self.whole.persons, who)).astype(np.int32)
            for who in (one.block.persons, np.union1d(one.block.persons, aside))
        )
        held = np.flatnonzero(np.isin(self.whole.columns, one.block.columns)).astype(np.int32)
        return score(self.whole.graph, rows, held, aside=others)

    def added(self, kept: list[Weighed], part: tuple[Ints, Longs]) -> list[Weighed]:
        """Return the blocks with that of the part, where it is another one."""
        one = self.weighed(part)
        if one is None:
            return kept
        rivals = [other for other in kept if _same(one, other)]
        if not rivals:
            return [*kept, one]
        contested = [one, *rivals]
        nearest = _nearest(self.trade.sold, contested)
        both = []
        for number, other in enumerate(contested):
            barred = np.concatenate([lot for at, lot in enumerate(nearest) if at != number])
            again = self.weighed(other.part, np.union1d(other.barred, barred))
            both += [again] if again else []
        aside = np.concatenate(nearest)
        fewer = max(sum(self.score(other, aside) for other in rivals), self.score(one, aside))
        if len(both) < len(contested) or sum(self.score(two, aside) for two in both) <= fewer:
            return kept
        return [other for other in kept if not _same(one, other)] + both

    def apart(self, kept: Sequence[Weighed]) -> list[Weighed]:
        """Return the blocks, each person in the one that explains most of their purchases."""
        claims = [_claims(self.trade.sold, one) for one in kept]
        found: list[Weighed] = []
        for number, one in enumerate(kept):
            lost = [
                person
                for person, worth in claims[number].items()
                if any(
                    (other.get(person, -1.0), number) > (worth, at)
                    for at, other in enumerate(claims)
                    if at != number
                )
            ]
            if lost:
                barred = np.union1d(one.barred, np.array(lost, np.int32))
                again = self.weighed((one.block.persons, one.block.columns), barred)
                found += [again] if again else []
            else:
                found.append(one)
        return found


def _nearest(sold: Sales, contested: Sequence[Weighed]) -> list[Ints]:
    """Return all persons of the blocks, each with the part whose persons buy most as they do.

    A part's profile is how many of those it names bought each column, one more of each outcome; a
    person goes where the profile makes what they bought and did not buy likeliest.
    """
    persons = np.unique(np.concatenate([two for one in contested for two in _both(one)]))
    columns = np.unique(np.concatenate([one.block.columns for one in contested]))
    what = sold.good * np.int64(sold.n_places) + sold.place
    near = np.isin(sold.person, persons) & np.isin(what, columns)
    bought = np.zeros((len(persons), len(columns)))
    at = np.searchsorted(persons, sold.person[near]), np.searchsorted(columns, what[near])
    bought[at] = 1.0
    fit = []
    for one in contested:
        named = np.isin(persons, one.part[0])
        share = (bought[named].sum(axis=0) + 1) / (named.sum() + 2)
        fit.append(bought @ np.log(share) + (1 - bought) @ np.log(1 - share))
    best = np.argmax(fit, axis=0)
    return [persons[best == number] for number in range(len(contested))]


def _both(one: Weighed) -> tuple[Ints, Ints]:
    return one.block.persons, one.part[0]


def _claims(sold: Sales, one: Weighed) -> dict[int, float]:
    """Return per member the log likelihood that the block lends to their purchases in it."""
    lift = max(1.0, len(one.block.rows) / max(one.block.expected, 1e-9))
    persons, bought = np.unique(sold.person[one.block.rows], return_counts=True)
    return dict(zip(persons.tolist(), (bought * math.log(lift)).tolist(), strict=True))


def _same(one: Weighed, other: Weighed) -> bool:
    """Say whether two blocks have most of their persons in common."""
    common = len(np.intersect1d(one.block.persons, other.block.persons))
    return common >= SHARED * min(len(one.block.persons), len(other.block.persons))
