"""Card pools (co_visit): strangers' cards used together again and again, at places in turn."""

import numpy as np

from ..arrays import Bools, Indexes, Ints, Rng, indexes
from ..gatherings import gathering, spread_days
from ..plan import RingPlan, Span, planned
from ..planting import Group, Planting, facilities, persons
from ..rhythm import CLINIC, PHARMACY, second_of_day
from ..streams import stream
from ..visits import OUTPATIENT, OVER_THE_COUNTER, Visits, visits
from ..world import World

CLINIC_SHARE = 0.25  # of the rings; the others use pharmacies
CLAIM_KIND = {PHARMACY: OVER_THE_COUNTER, CLINIC: OUTPATIENT}


def plant_card_pools(world: World, planting: Planting) -> None:
    """Plant the rings that the plan asks for."""
    rng = stream(world.seed, "card pools")
    count = planned(world.people.count, world.plan.persons_per_card_pool)
    for _ in range(count):
        plant_card_pool(world, planting, rng, world.plan.card_pool)


def plant_card_pool(world: World, planting: Planting, rng: Rng, plan: RingPlan) -> int:
    """Plant one ring as `plan` describes it and return its group number."""
    kind = CLINIC if rng.random() < CLINIC_SHARE else PHARMACY
    crossing = bool(rng.random() < plan.cross_region_share)
    regions = rng.choice(world.people.regions, 2 if crossing else 1, replace=False)
    among = np.isin(world.people.region, regions)
    members = planting.cast.strangers(rng, whole(rng, plan.size), among)
    turns = _turns(world, rng, plan, kind, regions)
    day = spread_days(rng, world.rhythm.days, whole(rng, plan.joint_visits))
    middle = rng.uniform(0.1, 0.9)
    quantile = np.clip(middle + rng.normal(0.0, 0.1, len(day)), 0.02, 0.97)
    when = world.at(day, second_of_day(kind, quantile))
    place = turns[np.arange(len(day)) * len(turns) // len(day)]
    attendance = float(rng.uniform(plan.attendance.low, plan.attendance.high))
    made = gathering(
        rng, members, place, CLAIM_KIND[kind], when, attendance, plan.jitter_minutes * 60
    )
    extra = Visits.joined(
        [_alone(world, rng, plan, members, turns, kind), _outsiders(world, rng, plan, made)]
    )
    parameters = {
        "size": str(len(members)),
        "joint_visits": str(len(day)),
        "attendance": f"{attendance:.3f}",
        "jitter_minutes": f"{plan.jitter_minutes:g}",
        "places": str(len(turns)),
        "regions": str(len(regions)),
        "own_visits": f"{plan.own_visits:g}",
        "outsiders": f"{plan.outsiders:g}",
    }
    roles = persons(members[:1], "organiser") + persons(members[1:], "card_holder")
    roles += facilities(turns, "pharmacy" if kind == PHARMACY else "clinic")
    planting.made.append(extra)
    return planting.add(Group("co_visit", "card_pool", False, roles, parameters), made)  # noqa: FBT003


def whole(rng: Rng, span: Span) -> int:
    """Draw a whole number from a span."""
    return int(rng.integers(int(span.low), int(span.high) + 1))


def _turns(world: World, rng: Rng, plan: RingPlan, kind: int, regions: Ints) -> Indexes:
    """Return the places in the order of their turns, each region having one at least."""
    wanted = max(whole(rng, plan.places), len(regions))
    options = [world.places.of(kind, int(region)) for region in regions]
    first = [int(rng.choice(option)) for option in options]
    rest = np.setdiff1d(np.concatenate(options), first)
    more = rng.choice(rest, min(wanted - len(first), len(rest)), replace=False)
    return indexes(np.concatenate((first, more)))


def _alone(
    world: World, rng: Rng, plan: RingPlan, members: Indexes, turns: Indexes, kind: int
) -> Visits:
    """Return members' visits to the ring's places by themselves: camouflage."""
    count = int(plan.own_visits * len(members) * plan.joint_visits.low)
    person, day = rng.choice(members, count), world.rhythm.draw_days(rng, kind, count)
    start = world.moment(rng, indexes(person), kind, day)
    return visits(person, indexes(rng.choice(turns, count)), CLAIM_KIND[kind], start)


def _outsiders(world: World, rng: Rng, plan: RingPlan, made: Visits) -> Visits:
    """Return visits of random persons of the region beside some of the ring's visits."""
    beside = made.take(_chosen(rng, plan.outsiders, made))
    region = world.places.region[beside.place]
    person = np.zeros(len(beside), dtype=np.int64)
    for number in range(world.people.regions):
        here = region == number
        local = np.flatnonzero(world.people.region == number)
        person[here] = rng.choice(local, int(here.sum()))
    return beside.of(person=person, start=beside.start + rng.integers(-600, 600, len(beside)))


def _chosen(rng: Rng, share: float, made: Visits) -> Bools:
    return rng.random(len(made)) < share
