"""Card pools (co_visit): strangers' cards used together again and again, at places in turn."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Indexes, Ints, Rng, indexes
from ..gatherings import gathering, spread_days
from ..plan import RingPlan, planned
from ..planting import Members, Planting, facilities, persons, resale_basket
from ..rhythm import CLINIC, PHARMACY, second_of_day
from ..streams import stream
from ..visits import OUTPATIENT, OVER_THE_COUNTER, Visits, visits
from ..world import World

CLINIC_SHARE = 0.25  # of the rings; the others use pharmacies
SAME_BASKET_SHARE = 0.7  # of a ring's claims are for the same goods
CLAIM_KIND = {PHARMACY: OVER_THE_COUNTER, CLINIC: OUTPATIENT}


@dataclass(frozen=True)
class Pool:
    """A drawn ring: who, where in turn, at which moments, how often each is there."""

    kind: int  # of its places
    members: Indexes
    turns: Indexes
    when: Ints
    attendance: float
    regions: int


def plant_card_pools(world: World, planting: Planting) -> None:
    """Plant the rings that the plan asks for."""
    rng = stream(world.seed, "card pools")
    for _ in range(planned(world.people.count, world.plan.persons_per_card_pool)):
        plant_card_pool(world, planting, rng, world.plan.card_pool)


def plant_card_pool(world: World, planting: Planting, rng: Rng, plan: RingPlan) -> int:
    """Plant one ring as `plan` describes it and return its group number."""
    pool = _drawn(world, planting, rng, plan)
    meetings = len(pool.when)
    place = pool.turns[np.arange(meetings) * len(pool.turns) // meetings]
    kind, jitter = CLAIM_KIND[pool.kind], plan.jitter_minutes * 60
    made = gathering(rng, pool.members, place, kind, pool.when, pool.attendance, jitter)
    same = rng.random(len(made)) < SAME_BASKET_SHARE
    made = made.of(basket=np.where(same, resale_basket(planting, rng), -1))
    planting.made += [_alone(world, rng, plan, pool), _outsiders(world, rng, plan, made)]
    return planting.ring(
        "co_visit",
        "card_pool",
        _roles(pool),
        made,
        size=len(pool.members),
        joint_visits=meetings,
        attendance=pool.attendance,
        jitter_minutes=plan.jitter_minutes,
        places=len(pool.turns),
        regions=pool.regions,
        own_visits=plan.own_visits,
        outsiders=plan.outsiders,
    )


def _drawn(world: World, planting: Planting, rng: Rng, plan: RingPlan) -> Pool:
    kind = CLINIC if rng.random() < CLINIC_SHARE else PHARMACY
    crossing = bool(rng.random() < plan.cross_region_share)
    regions = rng.choice(world.people.regions, 2 if crossing else 1, replace=False)
    among = np.isin(world.people.region, regions)
    day = spread_days(rng, world.rhythm.days, plan.joint_visits.whole(rng))
    quantile = np.clip(rng.uniform(0.1, 0.9) + rng.normal(0.0, 0.1, len(day)), 0.02, 0.97)
    return Pool(
        kind=kind,
        members=planting.cast.strangers(rng, plan.size.whole(rng), among),
        turns=_turns(world, rng, plan, kind, regions),
        when=world.at(day, second_of_day(kind, quantile)),
        attendance=plan.attendance.share(rng),
        regions=len(regions),
    )


def _turns(world: World, rng: Rng, plan: RingPlan, kind: int, regions: Ints) -> Indexes:
    """Return the places in the order of their turns, each region having one at least."""
    wanted = max(plan.places.whole(rng), len(regions))
    options = [world.places.of(kind, int(region)) for region in regions]
    first = [int(rng.choice(option)) for option in options]
    rest = np.setdiff1d(np.concatenate(options), first)
    more = rng.choice(rest, min(wanted - len(first), len(rest)), replace=False)
    return indexes(np.concatenate((first, more)))


def _roles(pool: Pool) -> Members:
    roles = persons(pool.members[:1], "organiser") + persons(pool.members[1:], "card_holder")
    return roles + facilities(pool.turns, "pharmacy" if pool.kind == PHARMACY else "clinic")


def _alone(world: World, rng: Rng, plan: RingPlan, pool: Pool) -> Visits:
    """Return members' visits to the ring's places by themselves: camouflage."""
    count = int(plan.own_visits * len(pool.members) * plan.joint_visits.low)
    person = indexes(rng.choice(pool.members, count))
    start = world.moment(rng, person, pool.kind, world.rhythm.draw_days(rng, pool.kind, count))
    return visits(person, indexes(rng.choice(pool.turns, count)), CLAIM_KIND[pool.kind], start)


def _outsiders(world: World, rng: Rng, plan: RingPlan, made: Visits) -> Visits:
    """Return visits of random persons of the region beside some of the ring's visits."""
    beside = made.take(rng.random(len(made)) < plan.outsiders)
    region = world.places.region[beside.place]
    person = np.zeros(len(beside), dtype=np.int64)
    for number in range(world.people.regions):
        here = region == number
        local = np.flatnonzero(world.people.region == number)
        person[here] = rng.choice(local, int(here.sum()))
    start = beside.start + rng.integers(-600, 600, len(beside))
    return beside.of(person=person, start=start, basket=-1)
