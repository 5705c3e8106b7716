"""Doctor and pharmacy: a doctor's patients end up at one pharmacy the same day, near or not."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..diagnoses import ACUTE
from ..plan import planned
from ..planting import Planting, doctors, facilities, persons, resale_basket
from ..rhythm import CLINIC, HOSPITAL, PHARMACY
from ..streams import stream
from ..visits import OUTPATIENT, OVER_THE_COUNTER, Visits, visits
from ..world import World

PATIENTS, VISITS_EACH = (40, 70), (2, 6)
SENT_SHARE = 0.75  # of the visits end at the pharmacy


def plant_doctor_pharmacy(world: World, planting: Planting) -> None:
    """Plant pairs of a doctor and a pharmacy with the patients that are sent."""
    rng = stream(world.seed, "doctor pharmacy")
    for number in range(planned(world.people.count, world.plan.persons_per_ring)):
        kind = (HOSPITAL, CLINIC)[number % 2]
        place = int(rng.choice(world.places.of(kind)))
        region = int(world.places.region[place])
        pharmacy = int(rng.choice(world.places.of(PHARMACY, region)))
        doctor = int(world.places.doctor(indexes([place]), rng.integers(0, 99, 1))[0])
        near = world.people.region == region
        patients = planting.cast.patients(rng, int(rng.integers(*PATIENTS)), near)
        seen = _seen(world, rng, patients, place, kind).of(doctor=doctor)
        sent = _sent(rng, seen, pharmacy).of(basket=resale_basket(planting, rng))
        roles = doctors([doctor], "prescriber") + facilities([pharmacy], "dispensing")
        roles += persons(patients, "patient")
        made = Visits.joined([seen, sent])
        planting.ring("doctor_pharmacy", "", roles, made, patients=len(patients), sent=SENT_SHARE)


def _seen(world: World, rng: Rng, patients: Indexes, place: int, kind: int) -> Visits:
    person = indexes(np.repeat(patients, rng.integers(*VISITS_EACH, size=len(patients))))
    day = world.rhythm.draw_days(rng, kind, len(person))
    start = world.moment(rng, person, kind, day)
    made = visits(person, np.full(len(person), place), OUTPATIENT, start)
    return made.of(diagnosis=ACUTE[rng.integers(0, len(ACUTE), len(person))], stay=1800)


def _sent(rng: Rng, seen: Visits, pharmacy: int) -> Visits:
    sent = seen.take(rng.random(len(seen)) < SENT_SHARE)
    start = sent.start + rng.integers(1800, 5400, len(sent))
    return sent.of(place=pharmacy, kind=OVER_THE_COUNTER, start=start, stay=600)
