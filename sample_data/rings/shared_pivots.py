"""Shared pivots: strangers with one phone or bank account, providers with one owner behind them."""

import numpy as np

from ..arrays import Indexes, Rng, indexes
from ..plan import planned
from ..planting import Member, Planting, Relation, Shared, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

PIVOTS = ("phone", "bank_account")


def plant_shared_pivots(world: World, planting: Planting) -> None:
    """Plant groups of persons on one phone or account, served by providers of one controller."""
    rng, plan = stream(world.seed, "shared pivots"), world.plan.shared_pivot
    for number in range(planned(world.people.count, world.plan.persons_per_ring)):
        near = world.people.region == rng.integers(0, world.people.regions)
        members = planting.cast.strangers(rng, plan.size.whole(rng), near)
        region = int(world.people.region[members[0]])
        places = rng.choice(world.places.of(PHARMACY, region), 2, replace=False)
        column = PIVOTS[number % len(PIVOTS)]
        planting.shared.append(Shared("person", (column,), int(members[0]), _rest(members)))
        _one_controller(planting, places, number)
        roles = persons(members, "card_holder") + facilities(places, "controlled")
        roles += (Member("company", number, "controller"),)
        made = _purchases(world, rng, members, places)
        planting.ring("shared_pivot", column, roles, made, size=len(members), column=column)


def _rest(numbers: Indexes) -> tuple[int, ...]:
    return tuple(int(number) for number in numbers[1:])


def _one_controller(planting: Planting, places: Indexes, number: int) -> None:
    """Give the places one legal representative and account, and a company that holds them."""
    columns = ("legal_rep", "bank_account")
    planting.shared.append(Shared("facility", columns, int(places[0]), _rest(places)))
    for place in places.tolist():
        planting.relations.append(Relation(("company", number), "shareholder", ("facility", place)))


def _purchases(world: World, rng: Rng, members: Indexes, places: Indexes) -> Visits:
    person = indexes(np.repeat(members, world.plan.shared_pivot.visits.wholes(rng, len(members))))
    start = world.moment(rng, person, PHARMACY, world.rhythm.draw_days(rng, PHARMACY, len(person)))
    return visits(person, indexes(rng.choice(places, len(person))), OVER_THE_COUNTER, start)
