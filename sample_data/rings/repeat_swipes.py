"""Repeat swipes: cards settled again and again within minutes at night, under one operator."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..gatherings import spread_days
from ..plan import planned
from ..planting import Member, Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

CARDS, NIGHTS, SWIPES = (6, 12), (4, 8), (3, 7)
FROM, UNTIL = 2 * 3600, 4 * 3600  # when settlement systems are maintained
GAP = (50, 200)  # seconds between two swipes of a card


def plant_repeat_swipes(world: World, planting: Planting) -> None:
    """Plant chains of two pharmacies where one operator swipes cards by night."""
    rng = stream(world.seed, "repeat swipes")
    for number in range(planned(world.people.count, world.plan.persons_per_ring)):
        region = int(rng.integers(0, world.people.regions))
        near = world.people.region == region
        members = planting.cast.strangers(rng, int(rng.integers(*CARDS)), near)
        chain = rng.choice(world.places.of(PHARMACY, region), 2, replace=False)
        made = _nights(world, rng, members, chain).of(basket=resale_basket(planting, rng))
        operator = len(world.places.kind) * 3 + number  # behind those that settlement numbers
        roles = persons(members, "card_holder") + facilities(chain, "pharmacy")
        roles += (Member("operator", operator, "operator"),)
        group = planting.ring("repeat_swipe", "", roles, made, cards=len(members))
        planting.operators[group] = operator


def _nights(world: World, rng: Rng, members: Indexes, chain: Indexes) -> Visits:
    parts = []
    for member in members.tolist():
        night = spread_days(rng, world.rhythm.days, int(rng.integers(*NIGHTS)))
        swipes = rng.integers(*SWIPES, size=len(night))
        first = np.repeat(world.at(night, rng.integers(FROM, UNTIL, len(night))), swipes)
        passed = np.cumsum(rng.integers(*GAP, size=len(first)))
        begun = np.repeat(np.concatenate(([0], passed))[np.cumsum(swipes) - swipes], swipes)
        place = np.repeat(rng.choice(chain, len(night)), swipes)
        person = np.full(len(first), member)
        parts.append(visits(person, indexes(place), OVER_THE_COUNTER, first + passed - begun))
    return Visits.joined(parts)
