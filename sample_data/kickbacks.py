"""Money circles: what a fund paid for the members' claims goes back to them, in part, in days."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .arrays import Ints, Rng
from .ids import CARRIER
from .plan import MoneyCirclePlan
from .planting import Group, Planting
from .registers import Registers
from .rhythm import DAY
from .settlement import Claims
from .streams import stream
from .transfers import MONTH, WHOLESALER, Payment
from .world import World

KEPT = 1  # percent that each carrier keeps
PURPOSES = ("咨询费", "劳务费", "往来款", "服务费")
TRADE = ("货款", "运费", "咨询费", "服务费")  # what carriers' honest business is for
SUPPLIERS = 12


def kickbacks(
    world: World, planting: Planting, claims: Claims, registers: Registers
) -> Iterator[Payment]:
    """Yield the payments of all planted money circles."""
    rng, plan = stream(world.seed, "kickbacks"), world.plan.money_circle
    for number, group in enumerate(planting.groups, start=1):
        if group.pattern == "money_circle":
            circle = _circle_of(group, rng, plan, registers)
            mine = claims.take(np.flatnonzero(claims.origin == number))
            month = (mine.settled - world.rhythm.first_second) // (MONTH * DAY)
            for at in np.unique(month).tolist():
                paid = world.at((at + 1) * MONTH + 9, 10 * 3600)
                yield from circle.month(mine.take(month == at), int(paid))
            yield from circle.business(world)


def _circle_of(group: Group, rng: Rng, plan: MoneyCirclePlan, registers: Registers) -> "Circle":
    provider = next(m.number for m in group.members if m.entity_type == "facility")
    carriers = [CARRIER.format(m.number) for m in group.members if m.entity_type == "account"]
    account = registers.facilities["bank_account"][provider].as_py()
    return Circle(group.variant, rng, plan, registers, account, carriers)


@dataclass(frozen=True)
class Circle:
    """One ring: by which route the provider's money comes back, and how well it hides."""

    variant: str
    rng: Rng
    plan: MoneyCirclePlan
    registers: Registers
    provider: str  # account
    carriers: list[str]  # accounts

    def month(self, claims: Claims, paid: int) -> Iterator[Payment]:
        """Yield one month's payments from the provider over the carriers to the recipients."""
        shares = self._shares(claims)
        whole = sum(shares.values())
        if self.variant == "cycle":
            yield from self._paid_out(self.provider, shares, paid)
        elif self.variant == "fan_out":
            yield from self._due(self.provider, self.carriers[0], whole, paid)
            yield from self._paid_out(self.carriers[0], shares, self._later(paid))
        elif self.variant == "chain":
            yield from self._chain(whole, self._account(min(shares)), paid)
        else:
            yield from self._scatter(whole, self._account(min(shares)), paid)

    def business(self, world: World) -> Iterator[Payment]:
        """Yield the carriers' honest payments, in from one trader and out to another."""
        months = world.rhythm.days // MONTH
        for carrier in self.carriers:
            for at in np.repeat(np.arange(months), self.plan.turnover.wholes(self.rng, months)):
                when = int(world.at(int(at) * MONTH + int(self.rng.integers(0, MONTH)), 9 * 3600))
                trader = WHOLESALER.format(SUPPLIERS + int(self.rng.integers(0, SUPPLIERS)))
                ends = (trader, carrier) if self.rng.random() < 0.5 else (carrier, trader)
                amount = int(self.rng.lognormal(13.0, 0.8))  # about 4,400 yuan
                yield Payment(*ends, amount, when, str(self.rng.choice(TRADE)))

    def _shares(self, claims: Claims) -> dict[int, int]:
        """Return for each member the fen that come back."""
        people: Ints = np.unique(claims.person).astype(np.int64)
        funds = [int(claims.fund[claims.person == person].sum()) for person in people]
        percent = round(100 * self.plan.returned)
        return {int(p): fund * percent // 100 for p, fund in zip(people, funds, strict=True)}

    def _account(self, person: int) -> str:
        return str(self.registers.persons["bank_account"][person].as_py())

    def _later(self, when: int) -> int:
        return when + self.plan.delay_days.whole(self.rng) * DAY

    def _due(self, payer: str, payee: str, amount: int, when: int) -> Iterator[Payment]:
        """Yield what is due, more or less, in one transfer or several on following days."""
        noise = self.rng.uniform(-self.plan.noise, self.plan.noise)
        rest = int(amount * (1 + noise)) if self.plan.noise else amount
        for left in range(self.plan.parts.whole(self.rng), 0, -1):
            part = rest if left == 1 else int(rest * self.rng.uniform(0.5, 1.5)) // left
            rest -= part
            if part > 0:
                later = when + int(self.rng.integers(3600, DAY))
                yield Payment(payer, payee, part, later, str(self.rng.choice(PURPOSES)))
            when += DAY

    def _paid_out(self, payer: str, shares: dict[int, int], when: int) -> Iterator[Payment]:
        """Yield what each recipient is due, each after a delay of its own."""
        for person, amount in sorted(shares.items()):
            yield from self._due(payer, self._account(person), amount, self._later(when))

    def _chain(self, amount: int, organiser: str, when: int) -> Iterator[Payment]:
        route = [self.provider, *self.carriers, organiser]
        for step, (payer, payee) in enumerate(pairwise(route)):
            left = amount * (100 - KEPT * step) // 100
            yield from self._due(payer, payee, left, when)
            when = self._later(when)

    def _scatter(self, amount: int, organiser: str, when: int) -> Iterator[Payment]:
        for carrier in self.carriers:
            part = amount // len(self.carriers)
            yield from self._due(self.provider, carrier, part, when)
            back = self._later(self._later(when))
            yield from self._due(carrier, organiser, part * (100 - KEPT) // 100, back)
