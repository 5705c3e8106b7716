"""Travellers: for a few weeks a household's visits happen in another region, paid by its own."""

from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Indexes, Ints, Rng
from .population import CARE_HOME
from .rhythm import DAY
from .streams import stream
from .visits import Visits
from .world import World

WEEKS = (2, 7)


@dataclass(frozen=True)
class Journeys:
    """For each home: when its journey begins and ends (0 where there is none) and where it goes."""

    begins: Ints
    ends: Ints
    host: Ints  # region
    choice: Ints  # picks one place of a kind for the whole journey


def travelled(world: World, made: Visits) -> Visits:
    """Move travellers' visits to places of the same kind in the region they are in."""
    rng = stream(world.seed, "travel")
    journeys, home = _journeys(world, rng), world.people.home[made.person]
    away = (made.start >= journeys.begins[home]) & (made.start < journeys.ends[home])
    rows = np.flatnonzero(away)
    place = made.place.copy()
    place[rows] = _hosts(world, journeys, home[rows], world.places.kind[made.place[rows]])
    doctor = made.doctor.copy()
    doctor[rows] = world.places.doctor(place[rows], journeys.choice[home[rows]])
    return made.of(place=place, doctor=doctor)


def _journeys(world: World, rng: Rng) -> Journeys:
    homes, regions = len(world.people.home_region), world.people.regions
    begins = world.at(rng.integers(0, world.rhythm.days, homes), 0)
    lasts = rng.integers(*WEEKS, size=homes) * 7 * DAY
    goes = rng.random(homes) < world.plan.traveller_share
    goes &= world.people.home_kind != CARE_HOME
    host = (world.people.home_region + rng.integers(1, regions, homes)) % regions
    ends = np.where(goes, begins + lasts, 0)
    return Journeys(begins, ends, host, rng.integers(0, 10**6, homes))


def _hosts(world: World, journeys: Journeys, home: Indexes, kind: Codes) -> Ints:
    out = np.zeros(len(home), dtype=np.int64)
    for region in range(world.people.regions):
        for wanted in range(3):
            options = world.places.of(wanted, region)
            here = np.flatnonzero((journeys.host[home] == region) & (kind == wanted))
            out[here] = options[journeys.choice[home[here]] % len(options)]
    return out
