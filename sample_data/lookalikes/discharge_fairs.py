"""Seasonal cures: neighbours of one hamlet are admitted on the same day, twice a year."""

import numpy as np

from ..arrays import Indexes, Ints, Rng, indexes
from ..diagnoses import CHRONIC
from ..plan import Span, planned
from ..planting import Planting, facilities, persons
from ..population import HAMLET
from ..rhythm import DAY, HOSPITAL
from ..streams import stream
from ..visits import INPATIENT, Visits, visits
from ..world import World

SIZE, NIGHTS = Span(5, 7), Span(5, 7)  # a carful: more from one hamlet is no neighbourly ride
HALF_A_YEAR = 182


def plant_discharge_fairs(world: World, planting: Planting) -> None:
    """Fetch the elderly of some hamlets for a package of chronic treatment."""
    rng, people = stream(world.seed, "discharge fairs"), world.people
    hamlets = rng.permutation(np.unique(people.home_address[people.home_kind == HAMLET]))
    wanted = planned(people.count, world.plan.lookalikes.discharge_fair)
    for address in hamlets.tolist():
        if wanted and _fair(world, planting, rng, address):
            wanted -= 1


def _fair(world: World, planting: Planting, rng: Rng, address: int) -> bool:
    """Plant one hamlet where there are patients enough; tell whether there were."""
    people = world.people
    here = np.flatnonzero((people.address == address) & (people.age >= 45) & planting.cast.free)
    if len(here) < SIZE.low:
        return False
    patients = planting.cast.take(indexes(here[: SIZE.whole(rng)]))
    hospital = int(world.places.nearest[HOSPITAL][people.home[patients[0]], 0])
    made = Visits.joined(
        [_stays(world, rng, patients, hospital, int(day)) for day in _days(world, rng)]
    )
    members = persons(patients, "neighbour") + facilities([hospital], "hospital")
    planting.lookalike("discharge_fair", members, made.of(diagnosis=int(rng.choice(CHRONIC))))
    return True


def _days(world: World, rng: Rng) -> Ints:
    first = int(rng.integers(0, max(1, world.rhythm.days // 4)))
    return np.array([first, first + min(HALF_A_YEAR, world.rhythm.days // 2)])


def _stays(world: World, rng: Rng, patients: Indexes, hospital: int, day: int) -> Visits:
    start = world.at(day, rng.integers(8 * 3600, 11 * 3600, len(patients)))
    made = visits(patients, np.full(len(patients), hospital), INPATIENT, start)
    doctor = world.places.doctor(indexes([hospital]), rng.integers(0, 99, 1))
    return made.of(stay=NIGHTS.whole(rng) * DAY, doctor=doctor[0])
