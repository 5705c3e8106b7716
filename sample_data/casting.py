"""Who plays which planted part: every person at most one, and strangers really are strangers."""

from dataclasses import dataclass, field

import numpy as np

from .arrays import Bools, Indexes, Rng, indexes
from .population import CARE_HOME, TOWN, Population

FEWEST = 3  # strangers that make a ring


class CastExhaustedError(Exception):
    """The population is too small for another part; the pattern's remaining ones are left out."""


@dataclass
class Cast:
    """The persons who have no planted part yet."""

    people: Population
    free: Bools = field(init=False)

    def __post_init__(self) -> None:
        """Leave those in care homes out: they have their part."""
        self.free = self.people.home_kind[self.people.home] != CARE_HOME

    def take(self, persons: Indexes) -> Indexes:
        """Give `persons` a part."""
        self.free[persons] = False
        return persons

    def strangers(self, rng: Rng, count: int, among: Bools) -> Indexes:
        """Cast up to `count` free adults of `among` from different town households, sorted."""
        grown = self.people.age >= 18
        town = self.people.home_kind[self.people.home] == TOWN
        pool = np.flatnonzero(self.free & among & grown & town)
        drawn = rng.choice(pool, min(len(pool), 4 * count), replace=False)
        _, first = np.unique(self.people.home[drawn], return_index=True)
        chosen = drawn[np.sort(first)][:count]
        if len(chosen) < FEWEST:
            raise CastExhaustedError
        return self.take(indexes(np.sort(chosen)))

    def patients(self, rng: Rng, count: int, among: Bools) -> Indexes:
        """Cast up to `count` free persons of `among`, whoever they live with, sorted."""
        pool = np.flatnonzero(self.free & among)
        if len(pool) == 0:
            raise CastExhaustedError
        return self.take(indexes(np.sort(rng.choice(pool, min(len(pool), count), replace=False))))

    def crowd(self, rng: Rng, count: int, among: Bools, one_in: int = 20) -> Indexes:
        """Cast up to `count` free persons of `among`, one in so many at most; maybe nobody."""
        pool = np.flatnonzero(self.free & among)
        most = min(count, len(pool) // one_in)
        return self.take(indexes(np.sort(rng.choice(pool, most, replace=False))))
