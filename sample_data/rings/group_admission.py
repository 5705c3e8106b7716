"""Group admissions: the same strangers admitted to one hospital on the same days, repeatedly."""

import numpy as np

from ..arrays import Indexes, Ints, Rng
from ..diagnoses import INPATIENT as WARD_CODES
from ..plan import planned
from ..planting import Planting, doctors, facilities, persons
from ..rhythm import DAY, HOSPITAL
from ..streams import stream
from ..visits import INPATIENT, Visits, visits
from ..world import World

SIZE, NIGHTS = (8, 15), (5, 9)
REST = 24  # days between two admissions at least


def plant_group_admissions(world: World, planting: Planting) -> None:
    """Plant groups of about twelve persons admitted three to five times."""
    rng = stream(world.seed, "group admission")
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        hospital = int(rng.choice(world.places.of(HOSPITAL)))
        near = world.people.region == world.places.region[hospital]
        members = planting.cast.strangers(rng, int(rng.integers(*SIZE)), near)
        day = _admission_days(rng, world.rhythm.days)
        doctor = world.places.doctor(np.array([hospital]), rng.integers(0, 99, 1))
        made = _stays(world, rng, members, hospital, day).of(doctor=doctor[0])
        roles = persons(members, "patient") + facilities([hospital], "hospital")
        roles += doctors(doctor, "admitting")
        planting.ring(
            "group_admission", "", roles, made, size=len(members), times=len(day), attendance=0.9
        )


def _admission_days(rng: Rng, days: int) -> Ints:
    """Return three to five days with time to go home in between, if the period has room."""
    times = min(int(rng.integers(3, 6)), max(1, days // REST))
    slots = rng.choice(max(1, days // REST), times, replace=False)
    return np.sort(slots) * REST + rng.integers(0, 10)


def _stays(world: World, rng: Rng, members: Indexes, hospital: int, day: Ints) -> Visits:
    time, member = np.nonzero(rng.random((len(day), len(members))) < 0.9)
    late = (rng.random(len(time)) < 0.2).astype(np.int64)
    start = world.at(day[time] + late, rng.integers(8 * 3600, 11 * 3600, len(time)))
    nights = rng.integers(*NIGHTS, size=len(day))[time] * DAY
    stay = nights + rng.integers(-3600, 3600, len(time))
    made = visits(members[member], np.full(len(time), hospital), INPATIENT, start)
    return made.of(stay=stay, diagnosis=int(rng.choice(WARD_CODES)))
