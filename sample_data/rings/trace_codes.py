"""Trace codes: boxes bought with cards come back to a shelf and are settled a second time.

The purchases are planted here; the codes are carried over after settlement (second_sales.py).
"""

import numpy as np

from ..arrays import indexes
from ..goods import RESALE_PRONE
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..rhythm import DAY, PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

VARIANTS = ("same_facility", "far_apart", "close_in_time")
APART_DAYS = {"same_facility": (1, 20), "far_apart": (30, 60), "close_in_time": (0, 1)}


def plant_trace_codes(world: World, planting: Planting) -> None:
    """Plant one ring of each variant at least: first sales, then second sales, box by box."""
    rng, plan = stream(world.seed, "trace codes"), world.plan.trace_code
    count = planned(world.people.count, world.plan.persons_per_ring)
    for number in range(max(count, len(VARIANTS)) if count else 0):
        variant = VARIANTS[number % len(VARIANTS)]
        region = int(rng.integers(0, world.people.regions))
        shops = rng.choice(world.places.of(PHARMACY, region), 2, replace=False)
        shops = shops[[0, 0]] if variant == "same_facility" else shops
        near = world.people.region == region
        boxes = plan.boxes.whole(rng)
        people = planting.cast.strangers(rng, 2 * boxes, near)
        boxes = len(people) // 2
        day = rng.integers(0, max(1, world.rhythm.days - 62), boxes)
        first = world.at(day, rng.integers(9 * 3600, 13 * 3600, boxes))
        wait = rng.integers(*APART_DAYS[variant], size=boxes) * DAY
        second = first + wait + rng.integers(2 * 3600, 6 * 3600, boxes)
        planting.baskets.append(((int(rng.choice(RESALE_PRONE)), 1),))
        sales = [
            visits(indexes(people[part::2][:boxes]), np.full(boxes, shop), OVER_THE_COUNTER, when)
            for part, shop, when in ((0, shops[0], first), (1, shops[1], second))
        ]
        made = Visits.joined(sales).of(basket=len(planting.baskets) - 1)
        roles = facilities(shops[:1], "source")
        roles += facilities(np.setdiff1d(shops, shops[:1]), "second_seller")
        roles += persons(people[: 2 * boxes], "card_holder")
        planting.ring("trace_code", variant, roles, made, boxes=boxes)
