"""Group admissions: the same strangers admitted to one hospital on the same days, repeatedly."""

import numpy as np

from ..arrays import Indexes, Ints, Rng
from ..diagnoses import INPATIENT as WARD_CODES
from ..plan import GroupAdmissionPlan, planned
from ..planting import Planting, doctors, facilities, persons
from ..rhythm import DAY, HOSPITAL
from ..streams import stream
from ..visits import INPATIENT, Visits, visits
from ..world import World

NIGHTS = (5, 9)
REST = 24  # days between two admissions at least


def plant_group_admissions(world: World, planting: Planting) -> None:
    """Plant groups of persons admitted together several times."""
    rng, plan = stream(world.seed, "group admission"), world.plan.group_admission
    for _ in range(planned(world.people.count, world.plan.persons_per_ring)):
        hospital = int(rng.choice(world.places.of(HOSPITAL)))
        near = world.people.region == world.places.region[hospital]
        members = planting.cast.strangers(rng, plan.size.whole(rng), near)
        day = _admission_days(rng, world.rhythm.days, plan)
        doctor = world.places.doctor(np.array([hospital]), rng.integers(0, 99, 1))
        made = _stays(world, rng, members, hospital, day).of(doctor=doctor[0])
        roles = persons(members, "patient") + facilities([hospital], "hospital")
        roles += doctors(doctor, "admitting")
        planting.ring(
            "group_admission",
            "",
            roles,
            made,
            size=len(members),
            times=len(day),
            attendance=plan.attendance,
            early=plan.early,
            late=plan.late,
        )


def _admission_days(rng: Rng, days: int, plan: GroupAdmissionPlan) -> Ints:
    """Return the days, with time to go home in between, if the period has room."""
    times = min(plan.times.whole(rng), max(1, days // REST))
    slots = rng.choice(max(1, days // REST), times, replace=False)
    return np.sort(slots) * REST + rng.integers(1, 11)


def _stays(world: World, rng: Rng, members: Indexes, hospital: int, day: Ints) -> Visits:
    plan = world.plan.group_admission
    time, member = np.nonzero(rng.random((len(day), len(members))) < plan.attendance)
    luck = rng.random(len(time))
    moved = (luck < plan.late).astype(np.int64) - (luck > 1 - plan.early)
    start = world.at(day[time] + moved, rng.integers(8 * 3600, 11 * 3600, len(time)))
    nights = rng.integers(*NIGHTS, size=len(day))[time] * DAY
    stay = nights + rng.integers(-3600, 3600, len(time))
    made = visits(members[member], np.full(len(time), hospital), INPATIENT, start)
    return made.of(stay=stay, diagnosis=int(rng.choice(WARD_CODES)))
