"""Staff who are customers too, and staff whose families are: wages, bonuses, family money."""

import numpy as np

from ..arrays import Bools, Indexes, Ints, Rng, indexes
from ..diagnoses import ACUTE
from ..plan import Span, planned
from ..planting import (
    Member,
    Members,
    Planting,
    Relation,
    Transfer,
    facilities,
    persons,
)
from ..rhythm import CLINIC, DAY, HOSPITAL, PHARMACY
from ..streams import stream
from ..transfers import MONTH
from ..visits import OUTPATIENT, OVER_THE_COUNTER, Visits, visits
from ..world import World

KINDS = (PHARMACY, PHARMACY, CLINIC, HOSPITAL)  # of providers, in turn
STAFF, VISITS, EXPENSES = Span(3, 6), Span(4, 9), Span(2, 6)
WAGE = Span(3_500, 9_000)  # yuan a month
GIVEN = ("生活费", "赡养费", "家用")


def plant_wages(world: World, planting: Planting) -> None:
    """Register staff who get wages, bonuses and expenses back, and buy where they work."""
    rng = stream(world.seed, "staff")
    for number in range(planned(world.people.count, world.plan.lookalikes.wages)):
        provider, near = _provider(world, rng, KINDS[number % len(KINDS)])
        staff = planting.cast.strangers(rng, STAFF.whole(rng), near & (world.people.employer >= 0))
        planting.employ(provider, staff)
        made = _own_visits(world, rng, staff, provider)
        members = facilities([provider], "employer") + persons(staff, "employee")
        for person in staff.tolist():
            _wages(world, planting, rng, provider, person)
            _expenses(world, planting, rng, provider, person)
        members += _bonus(world, planting, rng, provider, int(staff[0]))
        planting.lookalike("wages", members, made)


def plant_family_transfers(world: World, planting: Planting) -> None:
    """Let an employee of a provider support a relative who is the provider's customer."""
    rng, people = stream(world.seed, "families"), world.people
    for number in range(planned(people.count, world.plan.lookalikes.family_transfers)):
        provider, near = _provider(world, rng, PHARMACY)
        working = near & (people.employer >= 0)
        couple = _couple if number % 2 else _kin
        worker, relative = couple(world, planting, rng, working)
        planting.employ(provider, worker)
        _wages(world, planting, rng, provider, int(worker[0]))
        _support(world, planting, rng, int(worker[0]), int(relative[0]))
        members = facilities([provider], "employer") + persons(worker, "employee")
        members += persons(relative, "relative")
        planting.lookalike("family_transfers", members, _own_visits(world, rng, relative, provider))


def _couple(world: World, planting: Planting, rng: Rng, working: Bools) -> tuple[Indexes, Indexes]:
    """Cast one of `working` and the spouse at home: their address says who they are."""
    spouse = world.people.spouse
    married = (spouse >= 0) & planting.cast.free[spouse]
    worker = planting.cast.patients(rng, 1, working & married)
    return worker, planting.cast.take(spouse[worker])


def _kin(world: World, planting: Planting, rng: Rng, working: Bools) -> tuple[Indexes, Indexes]:
    """Cast one of `working` and an old person elsewhere, related by the register."""
    worker = planting.cast.patients(rng, 1, working)
    near = world.people.region == world.people.region[worker[0]]
    relative = planting.cast.patients(rng, 1, near & (world.people.age >= 60))
    ends = ("person", int(worker[0])), ("person", int(relative[0]))
    planting.relations.append(Relation(ends[0], "relative", ends[1]))
    return worker, relative


def _provider(world: World, rng: Rng, kind: int) -> tuple[int, Bools]:
    provider = int(rng.choice(world.places.of(kind)))
    return provider, world.people.region == world.places.region[provider]


def _own_visits(world: World, rng: Rng, person: Indexes, provider: int) -> Visits:
    """Return what each buys, or is treated for, at the provider."""
    kind = int(world.places.kind[provider])
    person = indexes(np.repeat(person, VISITS.wholes(rng, len(person))))
    start = world.moment(rng, person, kind, world.rhythm.draw_days(rng, kind, len(person)))
    claim = OVER_THE_COUNTER if kind == PHARMACY else OUTPATIENT
    made = visits(person, np.full(len(person), provider), claim, start)
    doctor = world.places.doctor(made.place, rng.integers(0, 10**6, len(made)))
    treated = made.of(doctor=doctor, diagnosis=ACUTE[rng.integers(0, len(ACUTE), len(made))])
    return made if kind == PHARMACY else treated


def _months(world: World) -> Ints:
    return np.arange(1, world.rhythm.days // MONTH + 1)


def _pay(planting: Planting, provider: int, person: int, amount: int, when: Ints, why: str) -> None:
    ends = ("facility", provider), ("person", person)
    planting.transfers += [Transfer(*ends, amount, int(at), why) for at in when]


def _wages(world: World, planting: Planting, rng: Rng, provider: int, person: int) -> None:
    """Pay the same wage every month and a bonus every quarter."""
    wage = WAGE.whole(rng) * 100
    payday = world.at(_months(world) * MONTH, 9 * 3600)
    _pay(planting, provider, person, wage, payday, "工资")
    bonus = wage * int(rng.integers(10, 40)) // 100
    _pay(planting, provider, person, bonus, payday[2::3] + 5 * DAY, "绩效奖金")


def _expenses(world: World, planting: Planting, rng: Rng, provider: int, person: int) -> None:
    """Pay back what the employee laid out, now and then."""
    for day in rng.integers(0, world.rhythm.days, EXPENSES.whole(rng)).tolist():
        amount = int(rng.lognormal(10.0, 0.7))  # about 220 yuan
        when = np.atleast_1d(world.at(day, 15 * 3600))
        _pay(planting, provider, person, amount, when, "费用报销")


def _bonus(world: World, planting: Planting, rng: Rng, provider: int, person: int) -> Members:
    """Make the person one of the provider's doctors, with a bonus at the year's end."""
    doctor = int(world.places.doctor(indexes([provider]), rng.integers(0, 99, 1))[0])
    if doctor < 0:
        return ()
    planting.relations.append(Relation(("doctor", doctor), "same_person", ("person", person)))
    when = world.at(_months(world)[-1:] * MONTH - 10, 11 * 3600)
    _pay(planting, provider, person, int(rng.integers(100, 500)) * 10_000, when, "年终奖")
    return (Member("doctor", doctor, "doctor"),)


def _support(world: World, planting: Planting, rng: Rng, worker: int, relative: int) -> None:
    """Pay the relative a round sum every month, a few days after the wage."""
    amount, why = int(rng.integers(5, 30)) * 10_000, str(rng.choice(GIVEN))
    ends = ("person", worker), ("person", relative)
    for at in world.at(_months(world) * MONTH, 20 * 3600).tolist():
        when = at + int(rng.integers(1, 6)) * DAY
        planting.transfers.append(Transfer(*ends, amount, when, why))
