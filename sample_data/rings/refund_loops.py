"""Refund loops: swipe, refund, swipe again at one pharmacy. The refunds follow after settlement."""

import numpy as np

from ..arrays import indexes
from ..plan import planned
from ..planting import Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World


def plant_refund_loops(world: World, planting: Planting) -> None:
    """Plant pharmacies whose customers' purchases are reversed and repeated, each on its own."""
    rng, plan = stream(world.seed, "refund loops"), world.plan.refund_loop
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        pharmacy = int(rng.choice(world.places.of(PHARMACY)))
        near = world.people.region == world.places.region[pharmacy]
        members = planting.cast.strangers(rng, plan.size.whole(rng), near)
        person = indexes(np.repeat(members, plan.loops.wholes(rng, len(members))))
        day = world.rhythm.draw_days(rng, PHARMACY, len(person))
        start = world.moment(rng, person, PHARMACY, day)
        made = visits(person, np.full(len(person), pharmacy), OVER_THE_COUNTER, start)
        made = made.of(basket=resale_basket(planting, rng))
        roles = persons(members, "card_holder") + facilities([pharmacy], "pharmacy")
        planting.ring("refund_loop", "", roles, made, size=len(members), loops=len(person))
