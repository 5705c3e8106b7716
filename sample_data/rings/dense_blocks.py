"""Dense blocks: many persons, a few pharmacies, a few drugs that resell; no common hour."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..plan import planned
from ..planting import Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

BASKETS = 4


def plant_dense_blocks(world: World, planting: Planting) -> None:
    """Plant blocks of persons who buy the same drugs at the same pharmacies, each at any time."""
    rng, plan = stream(world.seed, "dense blocks"), world.plan.dense_block
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        region = int(rng.integers(0, world.people.regions))
        near = world.people.region == region
        members = planting.cast.strangers(rng, plan.persons.whole(rng), near)
        options = world.places.of(PHARMACY, region)
        places = rng.choice(options, min(plan.places.whole(rng), len(options)), replace=False)
        made = _purchases(world, planting, rng, members, places)
        planting.made += _camouflage(world, rng, members, places, len(made))
        roles = persons(members, "buyer") + facilities(places, "pharmacy")
        planting.ring(
            "dense_block",
            "",
            roles,
            made,
            size=len(members),
            places=len(places),
            other_goods=plan.other_goods,
            own_here=plan.own_here,
            own_elsewhere=plan.own_elsewhere,
        )


def _purchases(
    world: World, planting: Planting, rng: Rng, members: Indexes, places: Indexes
) -> Visits:
    """Return the block's purchases: mostly its baskets, the others for what anybody buys."""
    plan = world.plan.dense_block
    person = indexes(np.repeat(members, plan.visits.wholes(rng, len(members))))
    made = _at(world, rng, person, indexes(rng.choice(places, len(person))))
    baskets = np.array([resale_basket(planting, rng) for _ in range(BASKETS)])
    other = rng.random(len(person)) < plan.other_goods
    return made.of(basket=np.where(other, -1, baskets[rng.integers(0, BASKETS, len(person))]))


def _camouflage(
    world: World, rng: Rng, members: Indexes, places: Indexes, block: int
) -> list[Visits]:
    """Return members' honest purchases: at the block's pharmacies, and where they always go."""
    plan = world.plan.dense_block
    here = indexes(rng.choice(members, int(plan.own_here * block)))
    away = indexes(rng.choice(members, int(plan.own_elsewhere * block)))
    return [
        _at(world, rng, here, indexes(rng.choice(places, len(here)))),
        _at(world, rng, away, world.usual_place(rng, away, PHARMACY)),
    ]


def _at(world: World, rng: Rng, person: Indexes, place: Indexes) -> Visits:
    start = world.moment(rng, person, PHARMACY, world.rhythm.draw_days(rng, PHARMACY, len(person)))
    return visits(person, place, OVER_THE_COUNTER, start)
