"""Repeat swipes: cards settled again and again within minutes at night, under one operator."""

import numpy as np

from ..arrays import Indexes, Ints, Rng, indexes
from ..gatherings import spread_days
from ..plan import planned
from ..planting import Member, Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

NIGHT = (2 * 3600, 4 * 3600)  # when settlement systems are maintained
EVENING = (21 * 3600 + 1800, 23 * 3600)  # when the shop is shut


def plant_repeat_swipes(world: World, planting: Planting) -> None:
    """Plant chains of two pharmacies where one operator swipes cards by night."""
    rng, plan = stream(world.seed, "repeat swipes"), world.plan.repeat_swipe
    for number in range(planned(world.people.count, world.plan.persons_per_ring)):
        region = int(rng.integers(0, world.people.regions))
        near = world.people.region == region
        members = planting.cast.strangers(rng, plan.cards.whole(rng), near)
        chain = rng.choice(world.places.of(PHARMACY, region), 2, replace=False)
        made = _nights(world, rng, members, chain).of(basket=resale_basket(planting, rng))
        operator = len(world.places.kind) * 3 + number  # behind those that settlement numbers
        roles = persons(members, "card_holder") + facilities(chain, "pharmacy")
        roles += (Member("operator", operator, "operator"),)
        group = planting.ring(
            "repeat_swipe",
            "",
            roles,
            made,
            cards=len(members),
            longest_gap=plan.gap_seconds.high,
            evenings=plan.evenings,
        )
        planting.operators[group] = operator


def _nights(world: World, rng: Rng, members: Indexes, chain: Indexes) -> Visits:
    plan, parts = world.plan.repeat_swipe, []
    for member in members.tolist():
        night = spread_days(rng, world.rhythm.days, plan.nights.whole(rng))
        swipes = plan.swipes.wholes(rng, len(night))
        first = np.repeat(world.at(night, _begun(rng, len(night), plan.evenings)), swipes)
        passed = np.cumsum(plan.gap_seconds.wholes(rng, len(first)))
        begun = np.repeat(np.concatenate(([0], passed))[np.cumsum(swipes) - swipes], swipes)
        place = np.repeat(rng.choice(chain, len(night)), swipes)
        person = np.full(len(first), member)
        parts.append(visits(person, indexes(place), OVER_THE_COUNTER, first + passed - begun))
    return Visits.joined(parts)


def _begun(rng: Rng, nights: int, evenings: float) -> Ints:
    """Return the second of the day at which each night's swiping begins."""
    late = rng.random(nights) < evenings
    return np.where(late, rng.integers(*EVENING, nights), rng.integers(*NIGHT, nights))
