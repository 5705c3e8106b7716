"""Errands: someone buys for relatives and swipes their cards behind the own one, every month."""

import numpy as np

from ..arrays import Indexes, Ints, Rng, indexes
from ..gatherings import every, one_place, queue
from ..plan import planned
from ..planting import Group, Planting, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER
from ..world import World


def plant_errands(world: World, planting: Planting) -> None:
    """Cast buyers; half buy for the own household, half for a registered relative elsewhere."""
    rng = stream(world.seed, "errands")
    people = world.people
    old = np.flatnonzero(people.age >= 62)
    for number in range(planned(people.count, world.plan.persons_per_buyer)):
        among = (people.age >= 30) & (people.age < 60)
        buyer = planting.cast.patients(rng, 1, among)
        family = _household(world, planting, buyer)
        if number % 2 or len(family) == 0:
            family = _relative(world, planting, rng, buyer, old)
        _shop(world, planting, rng, buyer, family)


def _household(world: World, planting: Planting, buyer: Indexes) -> Indexes:
    same = np.flatnonzero((world.people.home == world.people.home[buyer[0]]) & planting.cast.free)
    return planting.cast.take(indexes(same[:2]))


def _relative(
    world: World,
    planting: Planting,
    rng: Rng,
    buyer: Indexes,
    old: Ints,
) -> Indexes:
    people = world.people
    near = old[planting.cast.free[old] & (people.region[old] == people.region[buyer[0]])]
    parent = planting.cast.take(indexes(rng.choice(near, 1)))
    planting.relatives.append((int(buyer[0]), int(parent[0])))
    return parent


def _shop(world: World, planting: Planting, rng: Rng, buyer: Indexes, family: Indexes) -> None:
    pharmacy = int(world.places.nearest[PHARMACY][world.people.home[buyer[0]], 0])
    day = every(rng, world.rhythm.days, (24, 36))
    when = world.at(day, rng.integers(9 * 3600, 20 * 3600, len(day)))
    together = indexes(np.concatenate((buyer, family)))
    made = queue(rng, together, one_place(pharmacy, when), OVER_THE_COUNTER, when, 0.9, (30, 150))
    members = persons(buyer, "buyer") + persons(family, "relative")
    members += facilities([pharmacy], "pharmacy")
    planting.add(Group("errand", "", honest=True, members=members, parameters={}), made)
