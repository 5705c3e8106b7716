"""Dialysis shifts: the same patients at the same hospital three fixed days a week (N18.6)."""

import numpy as np

from ..arrays import Ints
from ..diagnoses import DIALYSIS
from ..gatherings import gathering, one_place
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..rhythm import HOSPITAL
from ..streams import stream
from ..visits import OUTPATIENT
from ..world import World

SHIFTS = ((0, 7.6), (0, 12.6), (1, 7.6), (1, 12.6))  # Monday or Tuesday row, hour of arrival
WEEKDAYS = ((0, 2, 4), (1, 3, 5))


def plant_dialysis(world: World, planting: Planting) -> None:
    """Open units at hospitals; each shift has three to six patients."""
    rng = stream(world.seed, "dialysis")
    people, hospitals = world.people, world.places.of(HOSPITAL)
    units = planned(people.count, world.plan.persons_per_dialysis_unit)
    for number in range(units):
        hospital = int(hospitals[number % len(hospitals)])
        row, hour = SHIFTS[number // len(hospitals) % 4]
        for shift in (row, 1 - row):
            near = (people.region == world.places.region[hospital]) & (people.age >= 35)
            patients = planting.cast.patients(rng, int(rng.integers(3, 7)), near)
            when = world.at(_days(world, shift), hour * 3600)
            place = one_place(hospital, when)
            made = gathering(rng, patients, place, OUTPATIENT, when, 0.97, 480.0)
            made = made.of(diagnosis=DIALYSIS, stay=4 * 3600)
            members = persons(patients, "patient") + facilities([hospital], "hospital")
            planting.lookalike("dialysis_shift", members, made)


def _days(world: World, shift: int) -> Ints:
    day = np.arange(world.rhythm.days)
    return day[np.isin(world.rhythm.weekday(day), WEEKDAYS[shift])]
