"""Template baskets: on a few days a doctor gives dozens of different persons the same goods."""

import numpy as np

from ..arrays import Rng, indexes
from ..diagnoses import ACUTE
from ..gatherings import spread_days
from ..goods import N_DRUGS
from ..items import Basket
from ..plan import planned
from ..planting import Planting, doctors, facilities, persons
from ..rhythm import CLINIC
from ..streams import stream
from ..visits import OUTPATIENT, visits
from ..world import World

DAYS, PERSONS_A_DAY, LINES = (3, 7), (18, 35), 5


def plant_template_baskets(world: World, planting: Planting) -> None:
    """Plant clinics that bill one basket many times a day, each day for other persons."""
    rng = stream(world.seed, "template baskets")
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        clinic = int(rng.choice(world.places.of(CLINIC)))
        doctor = int(world.places.doctor(indexes([clinic]), rng.integers(0, 99, 1))[0])
        near = np.flatnonzero(world.people.region == world.places.region[clinic])
        day = spread_days(rng, world.rhythm.days, int(rng.integers(*DAYS)))
        day = np.repeat(day, rng.integers(*PERSONS_A_DAY, size=len(day)))
        person = indexes(rng.choice(near, min(len(day), len(near)), replace=False))
        start = world.at(day[: len(person)], rng.integers(8 * 3600, 17 * 3600, len(person)))
        planting.baskets.append(_template(rng))
        made = visits(person, np.full(len(person), clinic), OUTPATIENT, start)
        made = made.of(basket=len(planting.baskets) - 1, doctor=doctor)
        made = made.of(diagnosis=int(rng.choice(ACUTE)))
        roles = doctors([doctor], "prescriber") + facilities([clinic], "clinic")
        roles += persons(np.unique(person), "patient")
        planting.ring(
            "template_basket", "", roles, made, persons=len(person), days=len(np.unique(day))
        )


def _template(rng: Rng) -> Basket:
    drugs = rng.choice(N_DRUGS, LINES, replace=False)
    return tuple((int(drug), int(rng.integers(1, 4))) for drug in drugs)
