"""Travellers: for a few weeks their visits happen in another region, paid by the home region."""

import numpy as np

from .arrays import Ints
from .rhythm import DAY
from .streams import stream
from .visits import Visits
from .world import World


def travelled(world: World, made: Visits) -> tuple[Visits, Ints]:
    """Move travellers' visits to places of the same kind elsewhere; also return who travelled."""
    rng = stream(world.seed, "travel")
    people, places = world.people, world.places
    away = np.flatnonzero(rng.random(people.count) < world.plan.traveller_share)
    first = np.full(people.count, np.iinfo(np.int64).max)
    first[away] = world.at(rng.integers(0, world.rhythm.days, len(away)), 0)
    weeks = rng.integers(14, 46, people.count) * DAY
    ends = np.where(first < np.iinfo(np.int64).max, first, 0) + weeks
    rows = np.flatnonzero((made.start >= first[made.person]) & (made.start < ends[made.person]))
    place, doctor = made.place.copy(), made.doctor.copy()
    host = (people.region + 1 + rng.integers(0, people.regions - 1, people.count)) % people.regions
    near = rng.integers(0, 10**6, people.count)  # one place of a kind for the whole stay
    for kind in range(3):
        for region in range(people.regions):
            here = rows[
                (places.kind[made.place[rows]] == kind) & (host[made.person[rows]] == region)
            ]
            options = places.of(kind, region)
            place[here] = options[near[made.person[here]] % len(options)]
    doctor[rows] = places.doctor(place[rows], near[made.person[rows]])
    return made.of(place=place, doctor=doctor), away[np.isin(away, made.person[rows])]
