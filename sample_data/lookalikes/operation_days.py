"""Fixed operation days: births planned for two weekdays, cataracts every other week."""

import numpy as np

from ..arrays import Bools, Indexes, Ints, Rng, indexes
from ..diagnoses import BIRTH, CATARACT
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..rhythm import DAY, HOSPITAL
from ..streams import stream
from ..visits import INPATIENT, Visits, visits
from ..world import World

BIRTHS, EYES = 90, 100  # a hospital and year
PLANNED_SHARE, WEEKDAYS = 0.6, (1, 3)  # of the births are on Tuesdays and Thursdays
A_DAY = 4  # cataracts
SECOND_EYE = 0.4  # share of patients who come again for it
FORTNIGHT = 14


def plant_maternity_wards(world: World, planting: Planting) -> None:
    """Open wards in which more than half of the births are planned for two weekdays."""
    rng, people = stream(world.seed, "maternity"), world.people
    young = ~people.male & (people.age >= 20) & (people.age < 43)
    for _ in range(planned(people.count, world.plan.lookalikes.maternity_ward)):
        hospital, near = _hospital(world, rng)
        count = round(BIRTHS * world.rhythm.days / 365)
        mothers = planting.cast.crowd(rng, count, near & young)
        day = rng.integers(0, world.rhythm.days, len(mothers))
        weekday = rng.choice(WEEKDAYS, len(mothers))
        on_plan = rng.random(len(mothers)) < PLANNED_SHARE
        day = np.where(on_plan, world.rhythm.near_weekday(day, weekday), day)
        made = _stays(world, rng, mothers, day, hospital, (3, 6)).of(diagnosis=BIRTH)
        members = persons(mothers, "patient") + facilities([hospital], "hospital")
        planting.lookalike("maternity_ward", members, made)


def plant_ophthalmology_days(world: World, planting: Planting) -> None:
    """Operate on several eyes every other week; some patients come again for the second one."""
    rng, people = stream(world.seed, "ophthalmology"), world.people
    for _ in range(planned(people.count, world.plan.lookalikes.ophthalmology_day)):
        hospital, near = _hospital(world, rng)
        count = round(EYES * world.rhythm.days / 365)
        patients = planting.cast.crowd(rng, count, near & (people.age >= 60))
        first_day = int(rng.integers(0, min(FORTNIGHT, world.rhythm.days)))
        days = np.arange(first_day, world.rhythm.days, FORTNIGHT)
        days = rng.permutation(days)[: -(-len(patients) // A_DAY)]
        first = days[np.arange(len(patients)) % max(1, len(days))]
        again = rng.random(len(patients)) < SECOND_EYE
        second = first[again] + FORTNIGHT * rng.integers(1, 3, int(again.sum()))
        person = indexes(np.concatenate((patients, patients[again])))
        day = np.concatenate((first, second))
        made = _stays(world, rng, person, day, hospital, (1, 3)).of(diagnosis=CATARACT)
        members = persons(patients, "patient") + facilities([hospital], "hospital")
        planting.lookalike("ophthalmology_day", members, made)


def _hospital(world: World, rng: Rng) -> tuple[int, Bools]:
    hospital = int(rng.choice(world.places.of(HOSPITAL)))
    return hospital, world.people.region == world.places.region[hospital]


def _stays(
    world: World, rng: Rng, person: Indexes, day: Ints, hospital: int, nights: tuple[int, int]
) -> Visits:
    start = world.at(day, rng.integers(int(7.5 * 3600), 10 * 3600, len(person)))
    made = visits(person, np.full(len(person), hospital), INPATIENT, start)
    stay = rng.integers(*nights, size=len(person)) * DAY
    doctor = world.places.doctor(made.place, rng.integers(0, 3, len(person)))
    return made.of(stay=stay, doctor=doctor)
