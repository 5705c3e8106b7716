"""Rehabilitation series: a class of patients for five weeks at one hour (Z50.8)."""

import numpy as np

from ..arrays import Ints, Rng
from ..diagnoses import REHABILITATION
from ..gatherings import gathering, one_place
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..rhythm import HOSPITAL
from ..streams import stream
from ..visits import OUTPATIENT
from ..world import World

WEEKS = 5


def plant_rehabilitation(world: World, planting: Planting) -> None:
    """Hold classes of four to seven patients, three times a week."""
    rng = stream(world.seed, "rehabilitation")
    people, hospitals = world.people, world.places.of(HOSPITAL)
    for _ in range(planned(people.count, world.plan.persons_per_rehabilitation)):
        hospital = int(rng.choice(hospitals))
        near = (people.region == world.places.region[hospital]) & (people.age >= 30)
        patients = planting.cast.patients(rng, int(rng.integers(4, 8)), near)
        when = world.at(_days(world, rng), rng.choice([8.5, 10.0, 14.0, 15.0]) * 3600)
        place = one_place(hospital, when)
        made = gathering(rng, patients, place, OUTPATIENT, when, 0.92, 420.0)
        made = made.of(diagnosis=REHABILITATION, stay=3600)
        members = persons(patients, "patient") + facilities([hospital], "hospital")
        planting.lookalike("rehabilitation_series", members, made)


def _days(world: World, rng: Rng) -> Ints:
    first = int(rng.integers(0, max(1, world.rhythm.days - 7 * WEEKS)))
    day = np.arange(first, min(world.rhythm.days, first + 7 * WEEKS))
    return day[np.isin(world.rhythm.weekday(day), (0, 2, 4))]
