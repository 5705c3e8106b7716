"""Honest visits: acute illness, refills, chronic care, couples, prescriptions, admissions."""

import numpy as np

from .arrays import Bools, Indexes, Ints, Rng, indexes
from .diagnoses import ACUTE, CHRONIC
from .diagnoses import INPATIENT as INPATIENT_CODES
from .rhythm import CLINIC, DAY, HOSPITAL, PHARMACY, closing_second
from .streams import stream
from .visits import INPATIENT, OUTPATIENT, OVER_THE_COUNTER, PERSONAL, Visits, visits
from .world import World

# Visits a person-year, without and with chronic illness; refills and controls come on top.
PHARMACY_RATE, OUTPATIENT_RATE, ADMISSION_RATE = (2.2, 1.5), (2.6, 2.6), (0.07, 0.35)
SPREAD = 1.2  # shape of the gamma that makes some people go far more often than others
REFILL_DAYS, CONTROL_DAYS = (30.0, 4.0), (56.0, 10.0)
HOSPITAL_SHARE = 0.5  # of outpatient visits
PRESCRIPTION_SHARE = 0.10  # of outpatient visits followed by the pharmacy the same day
NEXT_DOOR_SHARE = 0.5  # of visits to a clinic with a pharmacy in the next house


def honest_visits(world: World) -> Visits:
    """Return what the population would do if nobody cheated."""
    rng = stream(world.seed, "honest")
    kinds = [acute_pharmacy(world, rng), refills(world, rng), outpatient(world, rng)]
    kinds.append(controls(world, rng))
    alone = Visits.joined(kinds)
    followed = prescriptions(world, rng, alone)
    together = accompanied(world, rng, alone)
    return Visits.joined([alone, followed, together, admissions(world, rng)])


def _draw_persons(world: World, rng: Rng, rates: tuple[float, float]) -> Indexes:
    people = world.people
    rate = np.where(people.chronic, rates[1], rates[0]) * rng.gamma(
        SPREAD, 1 / SPREAD, people.count
    )
    times = rng.poisson(rate * world.rhythm.days / 365)
    return indexes(np.repeat(np.arange(people.count), times))


def _days(world: World, rng: Rng, person: Indexes, kind: int) -> Ints:
    """Draw days; three in ten visits fall on the person's usual weekday."""
    day = world.rhythm.draw_days(rng, kind, len(person))
    usual = world.rhythm.near_weekday(day, world.people.weekday[person].astype(np.int64))
    return np.where(rng.random(len(person)) < 0.3, usual, day)


def acute_pharmacy(world: World, rng: Rng) -> Visits:
    """Return purchases without a rhythm; a part goes to the pharmacy on its members' day."""
    person = _draw_persons(world, rng, PHARMACY_RATE)
    place = world.usual_place(rng, person, PHARMACY)
    day = _days(world, rng, person, PHARMACY)
    members_day = world.rhythm.near_weekday(day, place.astype(np.int64) * 3 % 7)
    day = np.where(rng.random(len(person)) < 0.08, members_day, day)
    return visits(person, place, OVER_THE_COUNTER, world.moment(rng, person, PHARMACY, day))


def _series(
    world: World, rng: Rng, person: Indexes, gap: tuple[float, float]
) -> tuple[Indexes, Ints]:
    """Return (person, day) of visits that return after about `gap` days, from a random phase."""
    steps = int(world.rhythm.days / (gap[0] - 2 * gap[1])) + 2
    gaps = np.maximum(rng.normal(*gap, (len(person), steps)), gap[0] / 2)
    gaps[:, 0] *= rng.random(len(person))
    day = np.cumsum(gaps, axis=1).astype(np.int64)
    inside = day < world.rhythm.days
    return indexes(np.broadcast_to(person[:, None], day.shape)[inside]), day[inside]


def refills(world: World, rng: Rng) -> Visits:
    """Return the drugs of the chronically ill: about every 30 days at the usual pharmacy."""
    person, day = _series(world, rng, _chronic(world), REFILL_DAYS)
    usual = world.rhythm.near_weekday(day, world.people.weekday[person].astype(np.int64))
    day = np.where(person % 5 < 2, usual, day)  # two in five keep to their weekday
    place = world.usual_place(rng, person, PHARMACY)
    start = world.moment(rng, person, PHARMACY, day)
    return visits(person, place, OVER_THE_COUNTER, start).of(
        diagnosis=illness(person), basket=PERSONAL
    )


def _chronic(world: World) -> Indexes:
    return indexes(np.flatnonzero(world.people.chronic))


def illness(person: Indexes) -> Ints:
    """Return the diagnosis of each chronically ill person, the same at every visit."""
    return CHRONIC[person * 31 % len(CHRONIC)].astype(np.int64)


def outpatient(world: World, rng: Rng) -> Visits:
    """Return acute outpatient visits to clinics and hospitals."""
    person = _draw_persons(world, rng, OUTPATIENT_RATE)
    split = rng.random(len(person)) < HOSPITAL_SHARE
    parts = [
        _outpatient_at(world, rng, person[at], kind)
        for kind, at in ((CLINIC, ~split), (HOSPITAL, split))
    ]
    return Visits.joined(parts)


def _outpatient_at(world: World, rng: Rng, person: Indexes, kind: int) -> Visits:
    place = world.usual_place(rng, person, kind)
    start = world.moment(rng, person, kind, _days(world, rng, person, kind))
    code = ACUTE[rng.integers(0, len(ACUTE), len(person))]
    doctor = world.places.doctor(place, rng.integers(0, 10**6, len(person)))
    return visits(person, place, OUTPATIENT, start).of(diagnosis=code, doctor=doctor, stay=1800)


def controls(world: World, rng: Rng) -> Visits:
    """Return chronic care: every eight weeks at the same doctor, on that doctor's weekday."""
    person, day = _series(world, rng, _chronic(world), CONTROL_DAYS)
    place = world.places.nearest[HOSPITAL][world.people.home[person], 0]
    doctor = world.places.doctor(place, person.astype(np.int64) * 13)
    day = world.rhythm.near_weekday(day, doctor.astype(np.int64) % 5)
    start = world.moment(rng, person, HOSPITAL, day)
    bare = visits(person, place, OUTPATIENT, start)
    return bare.of(diagnosis=illness(person), doctor=doctor, stay=1800)


def prescriptions(world: World, rng: Rng, before: Visits) -> Visits:
    """Return pharmacy visits on a doctor's prescription, within three hours of the doctor."""
    beside = world.places.next_door[before.place]
    share = np.where(beside >= 0, NEXT_DOOR_SHARE, PRESCRIPTION_SHARE)
    seen = np.flatnonzero((before.kind == OUTPATIENT) & (rng.random(len(before)) < share))
    wait = rng.integers(1800, 3 * 3600, len(seen))
    wait = np.where(beside[seen] >= 0, 1800 + (wait - 1800) // 8, wait)  # a few steps
    start = before.start[seen] + wait
    seen = seen[_open(start, PHARMACY)]
    person, door = before.person[seen], beside[seen]
    place = np.where(door >= 0, door, world.usual_place(rng, person, PHARMACY))
    after = visits(person, place, OVER_THE_COUNTER, start[_open(start, PHARMACY)])
    return after.of(diagnosis=before.diagnosis[seen], doctor=before.doctor[seen])


def _open(start: Ints, kind: int) -> Bools:
    return start % DAY <= closing_second(kind)


def accompanied(world: World, rng: Rng, alone: Visits) -> Visits:
    """Return the visits on which the spouse comes along and is treated or served as well."""
    people = world.people
    mean = world.plan.couple_share
    share = rng.beta(1.0, 1 / mean - 1, people.count)
    spouse = people.spouse[alone.person]
    along = np.flatnonzero((spouse >= 0) & (rng.random(len(alone)) < share[alone.person] / 2))
    person = spouse[along]
    start = alone.start[along] + rng.integers(30, 900, len(along))
    return alone.take(along).of(person=person, start=start)


def admissions(world: World, rng: Rng) -> Visits:
    """Return stays in hospital of a week or so, begun between morning and evening."""
    person = _draw_persons(world, rng, ADMISSION_RATE)
    place = world.usual_place(rng, person, HOSPITAL)
    day = _days(world, rng, person, HOSPITAL)
    nights = np.clip(rng.lognormal(1.95, 0.5, len(person)), 1, 60).astype(np.int64)
    out = rng.integers(9 * 3600, 16 * 3600, len(person))
    start = world.moment(rng, person, HOSPITAL, day)
    stay = world.at(day + nights, out) - start
    code = INPATIENT_CODES[rng.integers(0, len(INPATIENT_CODES), len(person))]
    doctor = world.places.doctor(place, rng.integers(0, 10**6, len(person)))
    return visits(person, place, INPATIENT, start).of(diagnosis=code, doctor=doctor, stay=stay)
