"""Empty swipes (co_visit): a pharmacy swipes collected cards in a row, about a minute apart."""

from ..gatherings import one_place, queue, spread_days
from ..plan import planned
from ..planting import Planting, facilities, persons, resale_basket
from ..rhythm import PHARMACY, second_of_day
from ..streams import stream
from ..visits import OVER_THE_COUNTER
from ..world import World

GAP = (40, 100)  # seconds between two cards


def plant_empty_swipes(world: World, planting: Planting) -> None:
    """Plant the pharmacies that the plan asks for."""
    rng = stream(world.seed, "empty swipes")
    for _ in range(planned(world.people.count, world.plan.persons_per_empty_swipe)):
        pharmacy = int(rng.choice(world.places.of(PHARMACY)))
        near = world.people.region == world.places.region[pharmacy]
        members = planting.cast.strangers(rng, int(rng.integers(8, 16)), near)
        day = spread_days(rng, world.rhythm.days, int(rng.integers(8, 15)))
        when = world.at(day, second_of_day(PHARMACY, rng.uniform(0.05, 0.9, len(day))))
        place = one_place(pharmacy, when)
        made = queue(rng, members, place, OVER_THE_COUNTER, when, 0.85, GAP)
        roles = persons(members, "card_holder") + facilities([pharmacy], "pharmacy")
        made = made.of(basket=resale_basket(planting, rng))
        size, meetings = len(members), len(day)
        planting.ring(
            "co_visit",
            "empty_swipe",
            roles,
            made,
            size=size,
            joint_visits=meetings,
            attendance=0.85,
        )
