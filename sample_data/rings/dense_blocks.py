"""Dense blocks: many persons, a few pharmacies, a few drugs that resell; no common hour."""

import numpy as np

from ..arrays import indexes
from ..plan import planned
from ..planting import Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World

PERSONS, PLACES, BASKETS, VISITS_EACH = (25, 45), (3, 6), 4, (8, 16)


def plant_dense_blocks(world: World, planting: Planting) -> None:
    """Plant blocks of persons who buy the same drugs at the same pharmacies, each at any time."""
    rng = stream(world.seed, "dense blocks")
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        region = int(rng.integers(0, world.people.regions))
        near = world.people.region == region
        members = planting.cast.strangers(rng, int(rng.integers(*PERSONS)), near)
        options = world.places.of(PHARMACY, region)
        places = rng.choice(options, min(int(rng.integers(*PLACES)), len(options)), replace=False)
        person = indexes(np.repeat(members, rng.integers(*VISITS_EACH, size=len(members))))
        day = world.rhythm.draw_days(rng, PHARMACY, len(person))
        start = world.moment(rng, person, PHARMACY, day)
        baskets = np.array([resale_basket(planting, rng) for _ in range(BASKETS)])
        made = visits(person, rng.choice(places, len(person)), OVER_THE_COUNTER, start)
        made = made.of(basket=baskets[rng.integers(0, BASKETS, len(person))])
        roles = persons(members, "buyer") + facilities(places, "pharmacy")
        planting.ring("dense_block", "", roles, made, size=len(members), places=len(places))
