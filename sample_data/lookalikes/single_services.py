"""Vaccination days and seasonal packages: dozens of persons a day get one identical service."""

import numpy as np

from ..arrays import Rng, indexes
from ..diagnoses import CHRONIC, VACCINATION
from ..goods import PACKAGE, VACCINE
from ..plan import Span, planned
from ..planting import Planting, facilities, persons
from ..rhythm import CLINIC, second_of_day
from ..streams import stream
from ..visits import OUTPATIENT, Visits, visits
from ..world import World

CLINICS, PERSONS_A_DAY, DAYS = Span(3, 5), Span(24, 48), Span(1, 2)
ONE_IN = 12  # of a clinic's patients comes at most
WEEK = 5  # working days in which all clinics of the region have their days


def plant_vaccination_days(world: World, planting: Planting) -> None:
    """Vaccinate against influenza, by the code that says so."""
    count = planned(world.people.count, world.plan.lookalikes.vaccination_day)
    _plant(world, planting, "vaccination_day", count, VACCINE, VACCINATION)


def plant_standard_packages(world: World, planting: Planting) -> None:
    """Sell a seasonal package for a chronic illness: only its name and its week explain it."""
    count = planned(world.people.count, world.plan.lookalikes.standard_package)
    _plant(world, planting, "standard_package", count, PACKAGE, int(CHRONIC[3]))


def _plant(
    world: World, planting: Planting, kind: str, count: int, service: int, diagnosis: int
) -> None:
    rng = stream(world.seed, kind)
    for _ in range(count):
        region = int(rng.integers(0, world.people.regions))
        options = world.places.of(CLINIC, region)
        clinics = rng.choice(options, min(CLINICS.whole(rng), len(options)), replace=False)
        monday = int(rng.integers(0, max(1, world.rhythm.days - WEEK - 6)))
        monday += -(monday + world.rhythm.start.weekday()) % 7
        days = [_session(world, planting, rng, int(clinic), monday) for clinic in clinics]
        made = Visits.joined(days).of(basket=planting.basket(service), diagnosis=diagnosis)
        members = facilities(clinics, "clinic") + persons(made.person, "client")
        planting.lookalike(kind, members, made)


def _session(world: World, planting: Planting, rng: Rng, clinic: int, monday: int) -> Visits:
    """Return one clinic's visits: its own patients, seen by one doctor."""
    days = DAYS.whole(rng)
    first = monday + int(rng.integers(0, WEEK - days + 1))
    own = world.favourite(CLINIC) == clinic
    person = planting.cast.crowd(rng, days * PERSONS_A_DAY.whole(rng), own, ONE_IN)
    day = first + np.arange(len(person)) % days
    start = world.at(day, second_of_day(CLINIC, rng.random(len(person))))
    doctor = world.places.doctor(indexes([clinic]), rng.integers(0, 99, 1))
    made = visits(person, np.full(len(person), clinic), OUTPATIENT, start)
    return made.of(doctor=doctor[0])
