"""A pharmacy that never shuts: honest customers buy at night, each once or twice."""

import numpy as np

from ..arrays import indexes
from ..plan import Span, planned
from ..planting import Planting, Written, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, visits
from ..world import World

FROM, HOURS = 21.5, 9.5  # it is open when the others are shut
PERSONS_PER_CUSTOMER = 150  # of the region
TIMES = Span(1, 2)


def plant_night_pharmacies(world: World, planting: Planting) -> None:
    """Open a pharmacy round the clock, with its name saying so."""
    rng = stream(world.seed, "night pharmacies")
    for _ in range(planned(world.people.count, world.plan.lookalikes.night_pharmacy)):
        pharmacy = int(rng.choice(world.places.of(PHARMACY)))
        near = world.people.region == world.places.region[pharmacy]
        count = max(3, int(near.sum()) // PERSONS_PER_CUSTOMER)
        customers = planting.cast.crowd(rng, count, near & (world.people.age >= 18))
        person = indexes(np.repeat(customers, TIMES.wholes(rng, len(customers))))
        night = rng.integers(0, max(1, world.rhythm.days - 1), len(person))
        second = (FROM + rng.random(len(person)) * HOURS) * 3600
        made = visits(
            person, np.full(len(person), pharmacy), OVER_THE_COUNTER, world.at(night, second)
        )
        name = f"康民24小时大药房{pharmacy}店"
        planting.written.append(Written("facility", "name", (pharmacy,), name))
        members = persons(customers, "customer") + facilities([pharmacy], "pharmacy")
        planting.lookalike("night_pharmacy", members, made)
