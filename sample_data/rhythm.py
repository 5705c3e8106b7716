"""When people go: seasons, weekdays, opening hours and their peaks."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from .arrays import Floats, Ints, Rng

PHARMACY, CLINIC, HOSPITAL = range(3)  # kinds of places
DAY = 86_400
# Weights of the half hours from the opening time on; a place is shut outside.
OPENING = (8 * 60, 8 * 60, 7 * 60 + 30)
PROFILES = (
    (2, 4, 7, 8, 8, 7, 6, 5, 3, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2),
    (4, 7, 8, 8, 7, 6, 5, 4, 2, 1, 2, 4, 5, 6, 5, 4, 3, 3, 2, 1),
    (4, 9, 12, 12, 11, 9, 7, 4, 2, 1, 1, 2, 4, 6, 6, 5, 3, 2, 1),
)
WEEKDAYS = (  # Monday first
    (0.95, 0.95, 0.95, 0.95, 1.0, 1.15, 1.15),
    (1.15, 1.1, 1.05, 1.05, 1.05, 0.9, 0.6),
    (1.4, 1.25, 1.15, 1.1, 1.1, 0.55, 0.35),
)


@dataclass(frozen=True)
class Rhythm:
    """The calendar of a sample; day 0 is its first day."""

    start: date
    days: int

    @property
    def first_second(self) -> int:
        """Return the first midnight in seconds since 1970, local."""
        return (self.start - date(1970, 1, 1)).days * DAY

    def weekday(self, day: Ints) -> Ints:
        """Return the weekday of each day, Monday = 0."""
        return np.asarray((day + self.start.weekday()) % 7, dtype=np.int64)

    def day_weights(self, kind: int) -> Floats:
        """Return the relative traffic of each day at places of `kind`: season times weekday."""
        day = np.arange(self.days)
        of_year = day + self.start.timetuple().tm_yday
        season = 1 + 0.2 * np.cos(2 * np.pi * (of_year - 15) / 365.25)
        festival = np.where((of_year % 365 >= 29) & (of_year % 365 < 36), 0.5, 1.0)
        return np.asarray(season * festival * np.asarray(WEEKDAYS[kind])[self.weekday(day)])

    def draw_days(self, rng: Rng, kind: int, count: int) -> Ints:
        """Draw `count` days as busy as they are."""
        running = np.cumsum(self.day_weights(kind))
        drawn = np.searchsorted(running, rng.random(count) * running[-1], side="right")
        return np.asarray(drawn, dtype=np.int64)

    def near_weekday(self, day: Ints, weekday: Ints) -> Ints:
        """Move each day by at most three days onto `weekday`; days that would leave stay."""
        shift = (weekday - self.weekday(day) + 3) % 7 - 3
        moved = day + shift
        return np.where((moved >= 0) & (moved < self.days), moved, day)


def second_of_day(kind: int, quantile: Floats) -> Ints:
    """Return the second at which the share `quantile` of a day's traffic has come.

    >>> second_of_day(PHARMACY, np.array([0.0])).tolist() == [8 * 3600]
    True
    """
    running = np.concatenate(([0.0], np.cumsum(PROFILES[kind], dtype=np.float64)))
    edges = OPENING[kind] * 60 + np.arange(len(running)) * 1800.0
    return np.asarray(np.interp(quantile, running / running[-1], edges), dtype=np.int64)


def closing_second(kind: int) -> int:
    """Return the second of the day after which nobody is served."""
    return OPENING[kind] * 60 + len(PROFILES[kind]) * 1800 - 1
