"""Employer screening: colleagues are examined at one hospital on one or two mornings (Z00.0)."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..diagnoses import SCREENING
from ..gatherings import gathering, one_place
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..rhythm import CLINIC, HOSPITAL
from ..streams import stream
from ..visits import OUTPATIENT
from ..world import World

FEWEST, MOST = 12, 60  # colleagues examined


def plant_screening(world: World, planting: Planting) -> None:
    """Invite the staff of some employers."""
    rng = stream(world.seed, "screening")
    staff = np.bincount(world.people.employer[world.people.employer >= 0])
    large = np.flatnonzero(staff >= min(FEWEST, staff.max(initial=0)))
    count = planned(world.people.count, world.plan.persons_per_screening)
    for employer in rng.choice(large, min(count, len(large)), replace=False).tolist():
        _invite(world, planting, rng, employer)


def _invite(world: World, planting: Planting, rng: Rng, employer: int) -> None:
    people = world.people
    colleagues = planting.cast.patients(rng, MOST, people.employer == employer)
    place = _where(world, rng, int(people.region[people.employer == employer][0]))
    day = int(rng.integers(0, max(1, world.rhythm.days - 7)))
    mornings = np.array([day, day + 1])[: int(rng.integers(1, 3))]
    mornings = mornings[mornings < world.rhythm.days]
    when = world.at(mornings, 9 * 3600)
    made = gathering(rng, colleagues, one_place(place, when), OUTPATIENT, when, 0.8, 1500.0)
    members = persons(colleagues, "employee") + facilities([place], "examiner")
    planting.lookalike("employer_screening", members, made.of(diagnosis=SCREENING))


def _where(world: World, rng: Rng, region: int) -> int:
    options: Indexes = indexes(
        np.concatenate([world.places.of(kind, region) for kind in (CLINIC, HOSPITAL)])
    )
    return int(rng.choice(options))
