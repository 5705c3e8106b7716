"""Care homes: a carer fetches the drugs of all residents in one go, every month."""

import numpy as np

from ..gatherings import every, one_place, queue
from ..honest import illness
from ..planting import Planting, facilities, persons
from ..population import CARE_HOME
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, PERSONAL
from ..world import World


def plant_care_homes(world: World, planting: Planting) -> None:
    """Let every care home have its monthly pick-up at the nearest pharmacy."""
    rng = stream(world.seed, "care homes")
    people = world.people
    for home in np.flatnonzero(people.home_kind == CARE_HOME).tolist():
        residents = np.flatnonzero(people.home == home).astype(np.int32)
        pharmacy = int(world.places.nearest[PHARMACY][home, 0])
        day = every(rng, world.rhythm.days, (27, 34))
        when = world.at(day, rng.integers(9 * 3600, 16 * 3600, len(day)))
        place = one_place(pharmacy, when)
        made = queue(rng, residents, place, OVER_THE_COUNTER, when, 0.95, (20, 90))
        members = persons(residents, "resident") + facilities([pharmacy], "pharmacy")
        planting.lookalike(
            "care_home", members, made.of(diagnosis=illness(made.person), basket=PERSONAL)
        )
