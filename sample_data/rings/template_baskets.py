"""Template baskets: on a few days a doctor gives dozens of different persons the same goods."""

import numpy as np

from ..arrays import Ints, Rng, indexes
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

LINES = 5
ALTERED = 8  # baskets that differ from the template in one line


def plant_template_baskets(world: World, planting: Planting) -> None:
    """Plant clinics that bill one basket many times a day, each day for other persons."""
    rng, plan = stream(world.seed, "template baskets"), world.plan.template_basket
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        clinic = int(rng.choice(world.places.of(CLINIC)))
        doctor = int(world.places.doctor(indexes([clinic]), rng.integers(0, 99, 1))[0])
        near = np.flatnonzero(world.people.region == world.places.region[clinic])
        day = spread_days(rng, world.rhythm.days, plan.days.whole(rng))
        day = np.repeat(day, plan.persons_a_day.wholes(rng, len(day)))
        person = indexes(rng.choice(near, min(len(day), len(near)), replace=False))
        start = world.at(day[: len(person)], rng.integers(8 * 3600, 17 * 3600, len(person)))
        made = visits(person, np.full(len(person), clinic), OUTPATIENT, start)
        made = made.of(basket=_baskets(planting, rng, len(person), plan.altered), doctor=doctor)
        made = made.of(diagnosis=int(rng.choice(ACUTE)))
        roles = doctors([doctor], "prescriber") + facilities([clinic], "clinic")
        roles += persons(np.unique(person), "patient")
        planting.ring(
            "template_basket",
            "",
            roles,
            made,
            persons=len(person),
            days=len(np.unique(day)),
            altered=plan.altered,
        )


def _baskets(planting: Planting, rng: Rng, claims: int, altered: float) -> Ints:
    """Return a basket for each claim: the template, or one that differs in one line."""
    template, first = _template(rng), len(planting.baskets)
    planting.baskets.append(template)
    if altered == 0:
        return np.full(claims, first)
    planting.baskets += [_changed(rng, template) for _ in range(ALTERED)]
    other = first + 1 + rng.integers(0, ALTERED, claims)
    return np.where(rng.random(claims) < altered, other, first)


def _template(rng: Rng) -> Basket:
    drugs = rng.choice(N_DRUGS, LINES, replace=False)
    return tuple((int(drug), int(rng.integers(1, 4))) for drug in drugs)


def _changed(rng: Rng, template: Basket) -> Basket:
    """Return the template with another drug in one line."""
    others = np.setdiff1d(np.arange(N_DRUGS), [drug for drug, _ in template])
    line, drug = int(rng.integers(0, len(template))), int(rng.choice(others))
    return (*template[:line], (drug, template[line][1]), *template[line + 1 :])
