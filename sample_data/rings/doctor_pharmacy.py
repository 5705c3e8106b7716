"""Doctor and pharmacy: a doctor's patients end up at one pharmacy the same day, near or not."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Bools, Indexes, Rng, indexes
from ..diagnoses import ACUTE
from ..plan import planned
from ..planting import Planting, doctors, facilities, persons, resale_basket
from ..rhythm import CLINIC, HOSPITAL, PHARMACY
from ..streams import stream
from ..visits import OUTPATIENT, OVER_THE_COUNTER, Visits, visits
from ..world import World


@dataclass(frozen=True)
class Practice:
    """Where the doctor sees patients, who the doctor is, and the pharmacy behind the two."""

    place: int
    doctor: int
    pharmacy: int


def plant_doctor_pharmacy(world: World, planting: Planting) -> None:
    """Plant pairs of a doctor and a pharmacy with the patients that are sent."""
    rng, plan = stream(world.seed, "doctor pharmacy"), world.plan.doctor_pharmacy
    for number in range(planned(world.people.count, world.plan.persons_per_ring)):
        practice = _practice(world, rng, (HOSPITAL, CLINIC)[number % 2])
        near = world.people.region == world.places.region[practice.place]
        patients = planting.cast.patients(rng, plan.patients.whole(rng), near)
        made = _sent_patients(world, planting, rng, practice, patients)
        spared = _spared_patients(world, planting, rng, practice, near, len(patients))
        roles = doctors([practice.doctor], "prescriber")
        roles += facilities([practice.pharmacy], "dispensing") + persons(patients, "patient")
        planting.ring(
            "doctor_pharmacy",
            "",
            roles,
            made,
            patients=len(patients),
            sent=plan.filled,
            elsewhere=plan.elsewhere,
            never_sent=spared,
        )


def _practice(world: World, rng: Rng, kind: int) -> Practice:
    place = int(rng.choice(world.places.of(kind)))
    shops = world.places.of(PHARMACY, int(world.places.region[place]))
    pharmacy = int(rng.choice(shops[shops != world.places.next_door[place]]))
    doctor = int(world.places.doctor(indexes([place]), rng.integers(0, 99, 1))[0])
    return Practice(place, doctor, pharmacy)


def _sent_patients(
    world: World, planting: Planting, rng: Rng, practice: Practice, patients: Indexes
) -> Visits:
    """Return what is the ring's; prescriptions filled elsewhere are planted beside it."""
    plan = world.plan.doctor_pharmacy
    seen = _seen(world, rng, patients, practice)
    filled = _filled(rng, seen, plan.filled)
    away = rng.random(len(filled)) < plan.elsewhere
    planting.made.append(_elsewhere(world, rng, filled, away))
    sent = filled.take(~away).of(place=practice.pharmacy, basket=resale_basket(planting, rng))
    return Visits.joined([seen, sent])


def _spared_patients(
    world: World, planting: Planting, rng: Rng, practice: Practice, near: Bools, members: int
) -> int:
    """Plant patients of the same doctor whom nobody sends; return how many."""
    plan = world.plan.doctor_pharmacy
    count = round(plan.never_sent * members)
    if count == 0:
        return 0
    patients = planting.cast.patients(rng, count, near)
    seen = _seen(world, rng, patients, practice)
    filled = _filled(rng, seen, plan.filled)
    everywhere = np.ones(len(filled), dtype=np.bool_)
    planting.made += [seen, _elsewhere(world, rng, filled, everywhere)]
    return len(patients)


def _seen(world: World, rng: Rng, patients: Indexes, practice: Practice) -> Visits:
    times = world.plan.doctor_pharmacy.visits.wholes(rng, len(patients))
    person = indexes(np.repeat(patients, times))
    kind = int(world.places.kind[practice.place])
    start = world.moment(rng, person, kind, world.rhythm.draw_days(rng, kind, len(person)))
    made = visits(person, np.full(len(person), practice.place), OUTPATIENT, start)
    code = ACUTE[rng.integers(0, len(ACUTE), len(person))]
    return made.of(diagnosis=code, doctor=practice.doctor, stay=1800)


def _filled(rng: Rng, seen: Visits, share: float) -> Visits:
    """Return the purchases on a prescription, up to an hour after the doctor; no place yet."""
    sent = seen.take(rng.random(len(seen)) < share)
    start = sent.start + rng.integers(1800, 5400, len(sent))
    return sent.of(kind=OVER_THE_COUNTER, start=start, stay=600)


def _elsewhere(world: World, rng: Rng, filled: Visits, where: Bools) -> Visits:
    """Return the chosen purchases at the patients' own pharmacies."""
    away = filled.take(where)
    return away.of(place=world.usual_place(rng, away.person, PHARMACY))
