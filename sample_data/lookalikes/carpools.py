"""Carpools: neighbours of one hamlet ride to the clinic or the pharmacy together."""

import numpy as np

from ..arrays import Ints, Rng, indexes
from ..gatherings import every, gathering, one_place
from ..plan import planned
from ..planting import Planting, facilities, persons
from ..population import HAMLET
from ..rhythm import CLINIC, PHARMACY
from ..streams import stream
from ..visits import OUTPATIENT, OVER_THE_COUNTER
from ..world import World


def plant_carpools(world: World, planting: Planting) -> None:
    """Let three to five neighbours ride every two to four weeks."""
    rng = stream(world.seed, "carpools")
    hamlets = np.unique(world.people.home_address[world.people.home_kind == HAMLET])
    count = planned(world.people.count, world.plan.persons_per_carpool)
    for address in rng.choice(hamlets, min(count, len(hamlets)), replace=False).tolist():
        _ride(world, planting, rng, address)


def _ride(world: World, planting: Planting, rng: Rng, address: int) -> None:
    people = world.people
    here = np.flatnonzero((people.address == address) & (people.age >= 45) & planting.cast.free)
    _, first = np.unique(people.home[here], return_index=True)
    riders = indexes(here[first][: int(rng.integers(3, 6))])
    if len(riders) < 3:
        return
    kind = int(rng.choice([CLINIC, PHARMACY]))
    place = int(world.places.nearest[kind][people.home[riders[0]], 0])
    when = _when(world, rng)
    claim = OUTPATIENT if kind == CLINIC else OVER_THE_COUNTER
    made = gathering(rng, riders, one_place(place, when), claim, when, 0.85, 480.0)
    members = persons(planting.cast.take(riders), "neighbour") + facilities([place], "provider")
    planting.lookalike("carpool", members, made)


def _when(world: World, rng: Rng) -> Ints:
    day = every(rng, world.rhythm.days, (14, 29))
    return world.at(day, rng.integers(9 * 3600, 11 * 3600, len(day)))
