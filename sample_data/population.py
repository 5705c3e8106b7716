"""The insured: households, ages, homes, employers, chronic illness and personal habits."""

from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Codes, Floats, Indexes, Ints, Rng, indexes
from .regions import REGIONS, region_count

SIZES, SIZE_SHARES = np.arange(1, 7), np.array([0.20, 0.28, 0.26, 0.14, 0.08, 0.04])
TOWN, HAMLET, CARE_HOME = range(3)  # kinds of homes
HAMLET_SHARE = 0.05  # of households
HOMES_PER_HAMLET = 7
CHRONIC_BY_AGE = ((0, 0.01), (18, 0.05), (40, 0.18), (55, 0.38), (65, 0.58))


@dataclass(frozen=True)
class Population:
    """Arrays over persons; arrays called home_… are over homes (households and care homes)."""

    regions: int
    home: Indexes
    region: Codes
    age: Indexes
    male: Bools
    chronic: Bools
    spouse: Indexes  # -1: none
    employer: Indexes  # -1: none
    habit: Floats  # the usual time of day as a quantile of the place's traffic
    weekday: Codes  # the usual weekday
    own_phone: Bools  # else the household's phone
    home_region: Codes
    home_kind: Codes
    home_address: Ints  # homes with one number share one address
    home_x: Floats
    home_y: Floats

    @property
    def count(self) -> int:
        """Return how many persons there are."""
        return len(self.home)

    @property
    def address(self) -> Ints:
        """Return the address number of each person."""
        return self.home_address[self.home]

    def homes_in(self, region: int) -> Indexes:
        """Return the homes of a region."""
        return indexes(np.flatnonzero(self.home_region == region))


def build_population(rng: Rng, persons: int, care_homes: int) -> Population:
    """Draw households until there are `persons` persons; move some of the old into care homes."""
    home, place_in_home = _households(rng, persons)
    homes = int(home[-1]) + 1
    home_region = _home_regions(rng, homes, persons)
    age, male, spouse = _ages(rng, home, place_in_home)
    home, spouse = _move_to_care(rng, home, age, spouse, home_region, care_homes)
    home_region = np.concatenate((home_region, np.arange(care_homes) % region_count(persons)))
    kind, address = _addresses(rng, homes, care_homes, home_region)
    x, y = _positions(rng, home_region, address)
    return Population(
        regions=region_count(persons),
        home=home,
        region=home_region[home].astype(np.int8),
        age=age,
        male=male,
        chronic=_chronic(rng, age),
        spouse=spouse,
        employer=_employers(rng, age, home_region[home]),
        habit=rng.random(persons),
        weekday=rng.integers(0, 7, persons).astype(np.int8),
        own_phone=rng.random(persons) < 0.25,
        home_region=home_region.astype(np.int8),
        home_kind=kind,
        home_address=address,
        home_x=x,
        home_y=y,
    )


def _households(rng: Rng, persons: int) -> tuple[Indexes, Indexes]:
    size = rng.choice(SIZES, persons, p=SIZE_SHARES)
    home = indexes(np.repeat(np.arange(persons), size)[:persons])
    first = np.searchsorted(home, home, side="left")
    return home, indexes(np.arange(persons) - first)


def _home_regions(rng: Rng, homes: int, persons: int) -> Ints:
    share = np.array([region.share for region in REGIONS[: region_count(persons)]])
    return rng.choice(len(share), homes, p=share / share.sum())


def _ages(rng: Rng, home: Indexes, place_in_home: Indexes) -> tuple[Indexes, Bools, Indexes]:
    """Return age, sex and spouse: the first two of a home are mostly a couple, then the young."""
    count = len(home)
    head = rng.integers(24, 88, int(home[-1]) + 1)[home]
    pair = place_in_home < 2
    child = np.clip(head - rng.integers(22, 38, count), 0, 60)
    elder = np.clip(head + rng.integers(22, 32, count), 0, 95)
    younger = np.where((place_in_home >= 4) & (head < 60), elder, child)
    age = np.where(pair, np.clip(head + rng.integers(-4, 5, count), 18, 95), younger)
    male = rng.random(count) < 0.5
    second = np.flatnonzero((place_in_home == 1) & (rng.random(count) < 0.85))
    male[second] = ~male[second - 1]
    spouse = np.full(count, -1, dtype=np.int32)
    spouse[second], spouse[second - 1] = second - 1, second
    return indexes(age), male, spouse


def _move_to_care(
    rng: Rng, home: Indexes, age: Indexes, spouse: Indexes, home_region: Ints, care_homes: int
) -> tuple[Indexes, Indexes]:
    home, spouse, homes = home.copy(), spouse.copy(), len(home_region)
    for number in range(care_homes):
        region = number % int(home_region.max() + 1)
        old = np.flatnonzero(
            (age >= 72) & (home < homes) & (home_region[np.minimum(home, homes - 1)] == region)
        )
        moved = rng.choice(old, min(len(old), int(rng.integers(12, 36))), replace=False)
        left = spouse[moved][spouse[moved] >= 0]
        home[moved], spouse[left], spouse[moved] = homes + number, -1, -1
    return home, spouse


def _addresses(rng: Rng, homes: int, care_homes: int, home_region: Ints) -> tuple[Codes, Ints]:
    """Give each household its own address, those of a hamlet one together, a care home its own."""
    kind = np.where(rng.random(homes) < HAMLET_SHARE, HAMLET, TOWN)
    kind = np.concatenate((kind, np.full(care_homes, CARE_HOME))).astype(np.int8)
    address = np.arange(homes + care_homes)
    for region in range(int(home_region.max()) + 1):
        rural = np.flatnonzero((kind == HAMLET) & (home_region == region))
        address[rural] = rural[np.arange(len(rural)) // HOMES_PER_HAMLET * HOMES_PER_HAMLET]
    return kind, address


def _positions(rng: Rng, home_region: Ints, address: Ints) -> tuple[Floats, Floats]:
    """Scatter homes around eight towns a region; one address, one position."""
    town = rng.random((int(home_region.max()) + 1, 8, 2))
    pick = rng.choice(8, len(home_region), p=np.arange(8, 0, -1) / 36)
    spot = town[home_region, pick] + rng.normal(0.0, 0.06, (len(home_region), 2))
    return spot[address, 0], spot[address, 1]


def _chronic(rng: Rng, age: Indexes) -> Bools:
    since, share = np.array(CHRONIC_BY_AGE).T
    return np.asarray(rng.random(len(age)) < share[np.searchsorted(since, age, side="right") - 1])


def _employers(rng: Rng, age: Indexes, region: Ints) -> Indexes:
    """Employ four in ten of working age at employers of very different sizes (Zipf)."""
    working = (age >= 20) & (age < 60) & (rng.random(len(age)) < 0.4)
    employers = max(2, len(age) // 150)
    weight = 1 / (np.arange(employers) + 8.0)
    running = np.cumsum(weight / weight.sum())
    pick = np.minimum(np.searchsorted(running, rng.random(len(age))), employers - 1)
    return indexes(np.where(working, region * employers + pick, -1))
