"""Facilities with their doctors, and which of them are near each home."""

from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Floats, Indexes, Ints, Rng, indexes
from .population import Population
from .rhythm import CLINIC, HOSPITAL, PHARMACY

PERSONS_PER_PLACE = (2_500, 2_500, 12_000)
FEWEST = (3, 2, 1)  # in a region
DOCTORS = (0, 4, 24)
NEAREST = 3


@dataclass(frozen=True)
class Places:
    """Facilities in order of region and kind; a doctor belongs to one of them."""

    kind: Codes
    region: Codes
    x: Floats
    y: Floats
    level: Codes  # hospitals: 1, 2 or 3
    first_doctor: Indexes  # doctors first_doctor[p] … first_doctor[p + 1] - 1 work at place p
    next_door: Indexes  # the pharmacy in the next house of a clinic; -1: none
    nearest: dict[int, Indexes]  # by kind: (homes, NEAREST) places, the likeliest first

    def of(self, kind: int, region: int | None = None) -> Indexes:
        """Return the places of a kind, in one region or everywhere."""
        found = self.kind == kind
        return indexes(np.flatnonzero(found if region is None else found & (self.region == region)))

    def doctor(self, place: Indexes, choice: Ints) -> Indexes:
        """Return doctor number `choice` (wrapped) of each place; -1 where none works."""
        first = self.first_doctor[place]
        staff = self.first_doctor[place + 1] - first
        return indexes(np.where(staff > 0, first + choice % np.maximum(staff, 1), -1))

    def doctor_places(self) -> Indexes:
        """Return the place of each doctor."""
        return indexes(np.repeat(np.arange(len(self.kind)), np.diff(self.first_doctor)))


def build_places(rng: Rng, people: Population, pairs: int) -> Places:
    """Put facilities where people live and list the nearest ones of each home.

    `pairs`: so many clinics have a pharmacy in the next house; every other one of them a single
    doctor.
    """
    kind, region = _kinds(people)
    next_door = _next_door(kind, region, people.regions, pairs)
    home = np.array([rng.choice(people.homes_in(int(r))) for r in region], dtype=np.int64)
    x, y = people.home_x[home], people.home_y[home]
    beside = np.flatnonzero(next_door >= 0)
    x[next_door[beside]], y[next_door[beside]] = x[beside], y[beside]
    pull = rng.lognormal(0.0, 0.3, len(kind))
    level = np.where(kind == HOSPITAL, rng.integers(1, 4, len(kind)), 0).astype(np.int8)
    staff = np.asarray(DOCTORS)[kind] * np.where(kind == HOSPITAL, level, 1)
    staff = np.where(kind == HOSPITAL, staff // 2, staff)
    staff[beside[::2]] = 1
    first = indexes(np.concatenate(([0], np.cumsum(staff))))
    bare = Places(kind, region, x, y, level, first, next_door, {})
    near = {k: _nearest(bare, people, pull, k) for k in (PHARMACY, CLINIC, HOSPITAL)}
    return Places(kind, region, x, y, level, first, next_door, near)


def _kinds(people: Population) -> tuple[Codes, Codes]:
    kinds, regions = [], []
    for region in range(people.regions):
        here = int(np.count_nonzero(people.region == region))
        for kind in (PHARMACY, CLINIC, HOSPITAL):
            count = max(FEWEST[kind], round(here / PERSONS_PER_PLACE[kind]))
            kinds.append(np.full(count, kind, np.int8))
            regions.append(np.full(count, region, np.int8))
    return np.concatenate(kinds), np.concatenate(regions)


def _next_door(kind: Codes, region: Codes, regions: int, pairs: int) -> Indexes:
    """Return the pharmacy beside each clinic: the regions take turns, one pharmacy each stays."""
    beside = np.full(len(kind), -1, dtype=np.int32)
    for number in range(pairs):
        rank, here = number // regions, region == number % regions
        clinics, shops = (np.flatnonzero(here & (kind == k)) for k in (CLINIC, PHARMACY))
        if rank < min(len(clinics), len(shops) - 1):
            beside[clinics[rank]] = shops[rank]
    return beside


def _nearest(places: Places, people: Population, pull: Floats, kind: int) -> Indexes:
    out = np.zeros((len(people.home_region), NEAREST), dtype=np.int32)
    for region in range(people.regions):
        mine = places.of(kind, region)
        homes = people.homes_in(region)
        for part in np.array_split(homes, len(homes) // 50_000 + 1):
            apart = np.hypot(
                people.home_x[part, None] - places.x[mine],
                people.home_y[part, None] - places.y[mine],
            )
            order = np.argsort(apart / pull[mine], axis=1, kind="stable")[:, :NEAREST]
            out[part] = mine[order[:, np.arange(NEAREST) % order.shape[1]]]
    return out
