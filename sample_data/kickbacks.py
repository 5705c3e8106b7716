"""Money circles: what a fund paid for the members' claims goes back to them, in part, in days."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from .arrays import Ints, Rng
from .ids import CARRIER
from .planting import Group, Planting
from .registers import Registers
from .rhythm import DAY
from .settlement import Claims
from .streams import stream
from .transfers import MONTH, Payment
from .world import World

PERCENT = 40  # of what the fund paid for the members' claims
KEPT = 1  # percent that each carrier keeps
PURPOSES = ("咨询费", "劳务费", "往来款", "服务费")


def kickbacks(
    world: World, planting: Planting, claims: Claims, registers: Registers
) -> Iterator[Payment]:
    """Yield the payments of all planted money circles."""
    rng = stream(world.seed, "kickbacks")
    for number, group in enumerate(planting.groups, start=1):
        if group.pattern == "money_circle":
            mine = claims.take(np.flatnonzero(claims.origin == number))
            month = (mine.settled - world.rhythm.first_second) // (MONTH * DAY)
            for at in np.unique(month).tolist():
                paid = world.at((at + 1) * MONTH + 9, 10 * 3600)
                yield from _circle(rng, group, mine.take(month == at), int(paid), registers)


def _circle(
    rng: Rng, group: Group, claims: Claims, paid: int, registers: Registers
) -> Iterator[Payment]:
    """Yield one month's payments from the provider over the carriers to the recipients."""
    provider = next(m.number for m in group.members if m.entity_type == "facility")
    account = registers.facilities["bank_account"][provider].as_py()
    carriers = [CARRIER.format(m.number) for m in group.members if m.entity_type == "account"]
    shares = _shares(claims)
    if group.variant == "cycle":
        yield from _paid_out(rng, account, shares, paid, registers)
    elif group.variant == "fan_out":
        yield from _hop(rng, account, carriers[0], sum(shares.values()), paid)
        yield from _paid_out(rng, carriers[0], shares, paid + 2 * DAY, registers)
    else:
        first = min(shares)
        organiser = registers.persons["bank_account"][first].as_py()
        route = _chain if group.variant == "chain" else _scatter
        yield from route(rng, [account, *carriers, organiser], sum(shares.values()), paid)


def _shares(claims: Claims) -> dict[int, int]:
    """Return for each member the fen that come back."""
    people: Ints = np.unique(claims.person).astype(np.int64)
    funds = [int(claims.fund[claims.person == person].sum()) for person in people]
    return {int(p): fund * PERCENT // 100 for p, fund in zip(people, funds, strict=True)}


def _hop(rng: Rng, payer: str, payee: str, amount: int, when: int) -> Iterator[Payment]:
    if amount > 0:
        later = when + int(rng.integers(3600, DAY))
        yield Payment(payer, payee, amount, later, str(rng.choice(PURPOSES)))


def _paid_out(
    rng: Rng, payer: str, shares: dict[int, int], when: int, registers: Registers
) -> Iterator[Payment]:
    for person, amount in sorted(shares.items()):
        account = registers.persons["bank_account"][person].as_py()
        yield from _hop(rng, payer, account, amount, when + DAY)


def _chain(rng: Rng, route: list[str], amount: int, when: int) -> Iterator[Payment]:
    for step, (payer, payee) in enumerate(pairwise(route)):
        left = amount * (100 - KEPT * step) // 100
        yield from _hop(rng, payer, payee, left, when + step * DAY)


def _scatter(rng: Rng, route: list[str], amount: int, when: int) -> Iterator[Payment]:
    carriers = route[1:-1]
    for carrier in carriers:
        part = amount // len(carriers)
        yield from _hop(rng, route[0], carrier, part, when)
        yield from _hop(rng, carrier, route[-1], part * (100 - KEPT) // 100, when + 2 * DAY)
