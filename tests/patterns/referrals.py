"""Simulated doctors, pharmacies and patients, as claims: who goes where, and who is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from graphfraud.patterns.doctor_pharmacy_sequences import Codes, Sequences
from tests.engine.feeds import Row, claim

FIRST_DAY = datetime(2025, 1, 6)  # noqa: DTZ001 (claims carry local times)


@dataclass(frozen=True)
class Town:
    """What a simulated town is like.

    beside: share of the purchases after a visit to clinic F0 made at shop S0, whatever the habit;
    sent: the patients whom doctor D0 of F0 sends to the last shop; fans: patients of D0 whose habit
    is that shop anyway; clock: times of day, not dates alone.
    """

    patients: int = 240
    beside: float = 0.0
    sent: int = 0
    fans: int = 0
    clock: bool = True
    diagnosis: str | None = None
    shops: int = 8


def town(seed: int, like: Town) -> list[Row]:
    """Return the claims: two clinics of four doctors each, every patient keeps to one clinic."""
    generator = np.random.default_rng([seed, 5])
    rows: list[Row] = []
    for person in range(like.patients):
        sent, fan = person < like.sent, person < like.fans
        usual = like.shops - 1 if fan else int(generator.integers(like.shops))
        clinic = 0 if sent or fan else person % 2
        for _ in range(int(generator.poisson(5))):
            day = int(generator.integers(360))
            rows.append(_bought(rows, person, _shop(generator, usual, like), day, like, 11))
        for _ in range(2 + int(generator.integers(4))):
            doctor = 0 if sent or fan else int(generator.integers(4))
            day = int(generator.integers(360))
            rows.append(_seen(rows, person, clinic, doctor, day, like))
            follows = generator.random()
            if sent and follows < 0.75:
                rows.append(_bought(rows, person, like.shops - 1, day, like, 15))
            elif follows < 0.4:
                near = clinic == 0 and generator.random() < like.beside
                shop = 0 if near else _shop(generator, usual, like)
                rows.append(_bought(rows, person, shop, day, like, 15))
    return rows


def _shop(generator: np.random.Generator, usual: int, like: Town) -> int:
    return usual if generator.random() < 0.7 else int(generator.integers(like.shops))


def _row(rows: list[Row], person: int, day: int, hour: int, like: Town, **more: object) -> Row:
    start = FIRST_DAY + timedelta(days=day, hours=hour if like.clock else 0)
    known = {"diagnosis_code": like.diagnosis} | more
    return claim(f"C{len(rows):06d}", f"person {person:04d}", str(start), **known)


def _seen(rows: list[Row], person: int, clinic: int, doctor: int, day: int, like: Town) -> Row:
    names = {"facility_id": f"F{clinic}", "doctor_id": f"D{clinic}{doctor}"}
    return _row(rows, person, day, 9, like, med_type="outpatient", **names)


def _bought(rows: list[Row], person: int, shop: int, day: int, like: Town, hour: int) -> Row:
    return _row(rows, person, day, hour, like, facility_id=f"S{shop}")


def simulated(seed: int, *, clinics: int = 6, patients: int = 900, shops: int = 8) -> Sequences:
    """Return sequences in which nobody is sent: habits, clinics with a shop next door, shared days.

    Doctors of a clinic differ by the weekdays they work, patients by clinic, habit and diligence.
    """
    generator = np.random.default_rng([seed, 9])
    usual = generator.integers(0, shops, patients)
    clinic = generator.integers(0, clinics, patients)
    beside = generator.beta(1, 3, clinics)
    times = generator.poisson(generator.gamma(1.5, 1.0, patients)) + 1
    person = np.repeat(np.arange(patients), times)
    facility = np.where(
        generator.random(len(person)) < 0.9, clinic[person], generator.integers(clinics)
    )
    day = generator.integers(0, 360, len(person)) + 20_000
    doctor = facility * 4 + np.where(
        generator.random(len(person)) < 0.5, day % 4, generator.integers(0, 4, len(person))
    )
    strays = generator.random(len(person)) < 0.3
    shop = np.where(strays, generator.integers(0, shops, len(person)), usual[person])
    shop = np.where(generator.random(len(person)) < beside[facility], facility % shops, shop)
    return _as_sequences(generator, person, doctor, facility, shop, day, usual, shops)


def _as_sequences(
    generator: np.random.Generator,
    person: Codes,
    doctor: Codes,
    facility: Codes,
    shop: Codes,
    day: Codes,
    usual: Codes,
    shops: int,
) -> Sequences:
    order = np.lexsort((day, person, shop, doctor))
    person, doctor, facility, shop, day = (
        column[order] for column in (person, doctor, facility, shop, day)
    )
    patients = len(usual)
    bought = generator.poisson(np.where(np.arange(shops) == usual[:, None], 3.0, 0.15))
    np.add.at(bought, (person, shop), 1)
    who, where = np.nonzero(bought)
    same = np.unique(np.stack((person, facility, shop, day), axis=1), axis=0)[:, :3]
    names = {
        "person": patients,
        "doctor": int(doctor.max()) + 1,
        "facility": int(facility.max()) + 1,
        "pharmacy": shops,
    }
    return Sequences(
        person=person,
        seat=doctor,
        doctor=doctor,
        facility=facility,
        pharmacy=shop,
        area=np.zeros(len(person), np.int64),
        department=facility,
        season=facility * 4 + (day - 20_000) // 90,
        day=day,
        scheduled=np.zeros(len(person), bool),
        same_day=same,
        habit=np.stack((who, where, bought[who, where]), axis=1).astype(np.int64),
        ids={
            kind: np.array([f"{kind}{n:05d}" for n in range(size)], object)
            for kind, size in names.items()
        },
    )
