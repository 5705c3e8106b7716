"""Money circles: a pharmacy bills for card holders; part of the money comes back to them.

The claims are planted here, the payments follow in payments.py from what the claims cost.
"""

import numpy as np

from ..arrays import indexes
from ..plan import planned
from ..planting import Member, Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World

VARIANTS = ("cycle", "chain", "fan_out", "scatter_gather")
CARRIERS = {"cycle": 0, "chain": 2, "fan_out": 1, "scatter_gather": 4}  # accounts in between


def plant_money_circles(world: World, planting: Planting) -> None:
    """Plant one ring after another, the variants taking turns; at least one of each."""
    rng, plan = stream(world.seed, "money circles"), world.plan.money_circle
    count = planned(world.people.count, world.plan.persons_per_ring)
    for number in range(max(count, len(VARIANTS)) if count else 0):
        variant = VARIANTS[number % len(VARIANTS)]
        pharmacy = int(rng.choice(world.places.of(PHARMACY)))
        near = world.people.region == world.places.region[pharmacy]
        members = planting.cast.strangers(rng, plan.size.whole(rng), near)
        person = indexes(np.repeat(members, plan.visits.wholes(rng, len(members))))
        day = world.rhythm.draw_days(rng, PHARMACY, len(person))
        start = world.moment(rng, person, PHARMACY, day)
        made = visits(person, np.full(len(person), pharmacy), OVER_THE_COUNTER, start)
        made = made.of(basket=resale_basket(planting, rng))
        roles = facilities([pharmacy], "provider") + persons(members, "recipient")
        carriers = [number * 10 + step for step in range(CARRIERS[variant])]
        roles += tuple(Member("account", carrier, "carrier") for carrier in carriers)
        planting.ring(
            "money_circle",
            variant,
            roles,
            made,
            size=len(members),
            returned=plan.returned,
            noise=plan.noise,
            longest_delay=plan.delay_days.high,
            most_parts=plan.parts.high,
            turnover=plan.turnover.high,
        )
