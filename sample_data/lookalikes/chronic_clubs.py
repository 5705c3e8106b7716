"""Chronic clubs: many of one pharmacy's ill customers buy the same popular drugs every month."""

import numpy as np

from ..arrays import indexes
from ..gatherings import every
from ..goods import MAKERS
from ..honest import illness
from ..plan import Span, planned
from ..planting import Planting, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World

SIZE = Span(30, 60)
POPULAR = (5 * len(MAKERS), 8 * len(MAKERS))  # aspirin and atorvastatin


def plant_chronic_clubs(world: World, planting: Planting) -> None:
    """Offer members a price; each buys at the usual hour, on days of their own."""
    rng, people = stream(world.seed, "chronic clubs"), world.people
    for _ in range(planned(people.count, world.plan.lookalikes.chronic_club)):
        pharmacy = int(rng.choice(world.places.of(PHARMACY)))
        own = people.chronic & (world.favourite(PHARMACY) == pharmacy)
        customers = planting.cast.crowd(rng, SIZE.whole(rng), own, one_in=6)
        days = [every(rng, world.rhythm.days, (27, 35)) for _ in customers]
        person = indexes(np.repeat(customers, [len(day) for day in days]))
        start = world.moment(rng, person, PHARMACY, np.concatenate([[], *days]).astype(np.int64))
        made = visits(person, np.full(len(person), pharmacy), OVER_THE_COUNTER, start)
        made = made.of(basket=planting.basket(*POPULAR), diagnosis=illness(person))
        members = persons(customers, "customer") + facilities([pharmacy], "pharmacy")
        planting.lookalike("chronic_club", members, made)
