"""Phones that many share with a reason: an employer's switchboard, a village clerk's mobile."""

import numpy as np

from ..arrays import Rng, indexes
from ..plan import Span, planned
from ..planting import Planting, Relation, Shared, Written, persons
from ..population import HAMLET
from ..regions import REGIONS
from ..streams import stream
from ..world import World

STAFF, ELDERS = Span(10, 40), Span(3, 8)


def plant_employer_phones(world: World, planting: Planting) -> None:
    """Register the staff of some employers under the switchboard of their employer."""
    rng, people = stream(world.seed, "employer phones"), world.people
    free = planting.cast.free & (people.employer >= 0) & (people.age >= 18)
    staff = np.bincount(people.employer[free], minlength=1)
    large = rng.permutation(np.flatnonzero(staff >= STAFF.low))
    for employer in large[: planned(people.count, world.plan.lookalikes.employer_phone)].tolist():
        colleagues = planting.cast.patients(
            rng, STAFF.whole(rng), free & (people.employer == employer)
        )
        area = REGIONS[int(people.region[colleagues[0]])].area
        phone = f"{area}{int(rng.integers(5_000_000, 9_000_000))}"
        numbers = tuple(colleagues.tolist())
        planting.written.append(Written("person", "phone", numbers, phone))
        planting.note("employer_phone", persons(colleagues, "employee"))


def plant_clerk_phones(world: World, planting: Planting) -> None:
    """Register the old of some hamlets under the phone of a clerk who acts for them."""
    rng, people = stream(world.seed, "clerk phones"), world.people
    hamlets = rng.permutation(np.unique(people.home_address[people.home_kind == HAMLET]))
    wanted = planned(people.count, world.plan.lookalikes.clerk_phone)
    for address in hamlets.tolist():
        if wanted and _clerk(world, planting, rng, address):
            wanted -= 1


def _clerk(world: World, planting: Planting, rng: Rng, address: int) -> bool:
    """Plant one clerk where there are old people enough; tell whether there were."""
    people = world.people
    here = (people.address == address) & planting.cast.free
    clerks = np.flatnonzero(here & (people.age >= 25) & (people.age < 60))
    old = np.flatnonzero(here & (people.age >= 60))
    if len(clerks) == 0 or len(old) < ELDERS.low:
        return False
    clerk, elders = indexes(clerks[:1]), indexes(old[: ELDERS.whole(rng)])
    number = int(planting.cast.take(clerk)[0])
    planting.shared.append(Shared("person", ("phone",), number, tuple(elders.tolist())))
    for elder in planting.cast.take(elders).tolist():
        planting.relations.append(Relation(("person", number), "agent", ("person", elder)))
    members = persons(clerk, "clerk") + persons(elders, "elder")
    planting.note("clerk_phone", members)
    return True
