"""Simulated visits: persons with habits of their own, and groups planted among them."""

from dataclasses import dataclass

import numpy as np

from graphfraud.engine.events import Events
from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.patterns.co_visit import PARAMETERS
from graphfraud.patterns.preparation import prepared

FIRST_DAY = 20_000  # 2024-10-04
DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS}


@dataclass(frozen=True)
class Planted:
    """A group: its persons, how many joint days, and each person's share of them."""

    persons: tuple[int, ...]
    days: int
    attendance: tuple[float, ...]
    place: int = 0


Rows = list[tuple[int, int, int]]


def simulated(
    seed: int,
    *,
    planted: Planted | None = None,
    persons: int = 150,
    days: int = 180,
    mean_visits: int = 16,
    places: int = 5,
    clock: bool = True,
) -> Events:
    """Return events of persons with one usual place each; clock=False: dates alone."""
    generator = np.random.default_rng([seed, 77])
    rows: Rows = []
    usual = generator.integers(0, places, persons)
    for person in range(persons):
        for _ in range(int(generator.poisson(mean_visits))):
            strays = generator.random() < 0.2
            place = int(generator.integers(0, places)) if strays else int(usual[person])
            second = int(generator.integers(8 * 3600, 18 * 3600))
            rows.append((place, int(generator.integers(0, days)) * SECONDS_A_DAY + second, person))
    rows += _joint(generator, planted, days) if planted else []
    return as_events(rows, persons, places, clock=clock)


def _joint(generator: np.random.Generator, planted: Planted, days: int) -> Rows:
    """Return the visits of a group: chosen days, one hour, minutes apart."""
    rows = []
    for day in generator.choice(days, planted.days, replace=False):
        moment = int(generator.integers(9 * 3600, 17 * 3600))
        for person, share in zip(planted.persons, planted.attendance, strict=True):
            if generator.random() < share:
                late = int(generator.integers(0, 600))
                rows.append((planted.place, int(day) * SECONDS_A_DAY + moment + late, person))
    return rows


def as_events(rows: Rows, persons: int, places: int, *, clock: bool = True) -> Events:
    """Return (place, second since the first day, person) as events, one a person, place and day."""
    shifted = sorted((p, s + FIRST_DAY * SECONDS_A_DAY, who) for p, s, who in rows)
    once = {(p, s // SECONDS_A_DAY, who): s for p, s, who in reversed(shifted)}
    kept = sorted(
        (p, s if clock else day * SECONDS_A_DAY, who) for (p, day, who), s in once.items()
    )
    table = np.array(kept, np.int64).reshape(-1, 3)
    return Events(
        person=table[:, 2].astype(np.int32),
        facility=table[:, 0].astype(np.int32),
        kind=np.zeros(len(table), np.int8),
        start=table[:, 1].copy(),
        scheduled=np.zeros(len(table), bool),
        person_ids=[f"{n:05d}" for n in range(persons)],
        facility_ids=[f"P{n}" for n in range(places)],
    )


def visits_of(seen: Events) -> Visits:
    """Return the visits as the pattern prepares them, with its defaults."""
    return prepared(seen, DEFAULTS)[0]
