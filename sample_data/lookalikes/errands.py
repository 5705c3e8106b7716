"""Errands: someone buys for relatives and swipes their cards behind the own one, every month."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..gatherings import every, one_place, queue
from ..plan import planned
from ..planting import Planting, Relation, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER
from ..world import World


def plant_errands(world: World, planting: Planting) -> None:
    """Cast buyers; half buy for the own household, half for a registered relative elsewhere."""
    rng = stream(world.seed, "errands")
    people, cast = world.people, planting.cast
    count = planned(people.count, world.plan.persons_per_buyer)
    buyers = cast.patients(rng, count, (people.age >= 30) & (people.age < 60))
    for region in range(people.regions):
        mine = buyers[people.region[buyers] == region]
        parents = cast.patients(rng, len(mine), (people.age >= 62) & (people.region == region))
        for number, (buyer, parent) in enumerate(zip(mine, parents, strict=False)):
            family = _household(world, planting, int(buyer)) if number % 2 == 0 else None
            if family is None or len(family) == 0:
                family = indexes([parent])
                ends = ("person", int(buyer)), ("person", int(parent))
                planting.relations.append(Relation(ends[0], "relative", ends[1]))
            _shop(world, planting, rng, indexes([buyer]), family)


def _household(world: World, planting: Planting, buyer: int) -> Indexes:
    """Cast up to two of the buyer's household; its members have neighbouring numbers."""
    near = np.arange(max(0, buyer - 5), min(world.people.count, buyer + 6))
    same = (world.people.home[near] == world.people.home[buyer]) & planting.cast.free[near]
    return planting.cast.take(indexes(near[same][:2]))


def _shop(world: World, planting: Planting, rng: Rng, buyer: Indexes, family: Indexes) -> None:
    pharmacy = int(world.places.nearest[PHARMACY][world.people.home[buyer[0]], 0])
    day = every(rng, world.rhythm.days, (24, 36))
    when = world.at(day, rng.integers(9 * 3600, 20 * 3600, len(day)))
    together = indexes(np.concatenate((buyer, family)))
    made = queue(rng, together, one_place(pharmacy, when), OVER_THE_COUNTER, when, 0.9, (30, 150))
    members = persons(buyer, "buyer") + persons(family, "relative")
    members += facilities([pharmacy], "pharmacy")
    planting.lookalike("errand", members, made)
