"""Cashiers who split a basket by the way it is paid: a card settled again within minutes."""

import numpy as np

from ..arrays import indexes
from ..plan import Span, planned
from ..planting import Planting, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World

TIMES, PARTS, GAP = Span(1, 2), Span(2, 3), Span(60, 240)  # a person; seconds between parts


def plant_cashier_repeats(world: World, planting: Planting) -> None:
    """Split baskets of customers everywhere at all hours; the later parts are paid in cash."""
    rng, people = stream(world.seed, "cashiers"), world.people
    count = planned(people.count, world.plan.lookalikes.cashier_repeats)
    customers = planting.cast.crowd(rng, count, people.age >= 18)
    person = indexes(np.repeat(customers, TIMES.wholes(rng, len(customers))))
    day = world.rhythm.draw_days(rng, PHARMACY, len(person))
    start = world.moment(rng, person, PHARMACY, day)
    place, parts = world.usual_place(rng, person, PHARMACY), PARTS.wholes(rng, len(person))
    turn = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
    moments = np.repeat(start, parts) + turn * np.repeat(GAP.wholes(rng, len(parts)), parts)
    made = visits(np.repeat(person, parts), np.repeat(place, parts), OVER_THE_COUNTER, moments)
    members = persons(customers, "customer") + facilities(place, "pharmacy")
    planting.lookalike("cashier_repeats", members, made)
