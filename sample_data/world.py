"""The stage everything is played on: plan, calendar, people and places."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from .arrays import Indexes, Ints, Rng, indexes
from .places import Places, build_places
from .plan import Plan, planned
from .population import Population, build_population
from .rhythm import DAY, Rhythm, second_of_day
from .streams import stream

RANK_SHARES = np.array([0.78, 0.95, 1.0])  # running: the first, second, third of a person's places
HABITUAL = 0.6  # share of visits at the person's usual time
HABIT_SPREAD = 0.05  # in quantiles of the place's traffic: about half an hour


@dataclass(frozen=True)
class World:
    """What does not change while visits are made."""

    plan: Plan
    seed: int
    rhythm: Rhythm
    people: Population
    places: Places

    def usual_place(self, rng: Rng, person: Indexes, kind: int) -> Indexes:
        """Return where each person goes this time: mostly the same of three places nearby."""
        rank = np.searchsorted(RANK_SHARES, rng.random(len(person)), side="right")
        loyal = (person * 7 % 10 >= 7).astype(np.int64)  # three in ten prefer the second nearest
        near = self.places.nearest[kind][self.people.home[person]]
        return indexes(np.take_along_axis(near, ((rank + loyal) % 3)[:, None], axis=1)[:, 0])

    def favourite(self, kind: int) -> Indexes:
        """Return the place of a kind that each person goes to most."""
        everyone = np.arange(self.people.count)
        loyal = (everyone * 7 % 10 >= 7).astype(np.int64)
        return indexes(self.places.nearest[kind][self.people.home, loyal])

    def moment(self, rng: Rng, person: Indexes, kind: int, day: Ints) -> Ints:
        """Return a start time on each day: often the person's usual hour, else as busy as it is."""
        usual = self.people.habit[person] + rng.normal(0.0, HABIT_SPREAD, len(person))
        usual = np.abs(1 - np.abs(1 - usual)) % 1.0  # reflected at both ends
        quantile = np.where(rng.random(len(person)) < HABITUAL, usual, rng.random(len(person)))
        return self.at(day, second_of_day(kind, quantile))

    def at(self, day: npt.ArrayLike, second: npt.ArrayLike) -> Ints:
        """Return the time of a second of a day."""
        days, seconds = np.asarray(day, dtype=np.int64), np.asarray(second, dtype=np.int64)
        return np.asarray(self.rhythm.first_second + days * DAY + seconds, dtype=np.int64)


def build_world(plan: Plan, persons: int, days: int, seed: int) -> World:
    """Draw people and places."""
    care_homes = planned(persons, plan.persons_per_care_home)
    people = build_population(stream(seed, "people"), persons, care_homes)
    next_door = planned(persons, plan.lookalikes.clinic_pharmacy)
    places = build_places(stream(seed, "places"), people, next_door)
    start = plan.last_day - timedelta(days=days - 1)
    return World(plan, seed, Rhythm(start, days), people, places)
