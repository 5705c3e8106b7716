"""The payments table: funds pay providers every month, providers pay wholesalers and staff.

Funds reimburse persons for claims on paper; the payments of money circles are in between.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import Rng
from .claim_table import claim_ids, rows_by_number
from .columns import Column, blank, seconds, yuan
from .ids import region_codes
from .kickbacks import kickbacks
from .planting import Planting
from .registers import Registers
from .rhythm import DAY
from .settlement import Claims
from .streams import stream
from .transfers import FUND, MONTH, WHOLESALER, Payment
from .visits import MANUAL
from .world import World

WHOLESALERS, STAFF = 12, 3


def payments_table(
    world: World, planting: Planting, claims: Claims, registers: Registers
) -> Iterator[pa.Table]:
    """Yield the whole table; its rows are few: months times providers, and manual claims."""
    facility = registers.facilities["bank_account"].to_pylist()
    book = Book(world, facility, stream(world.seed, "payments"))
    rows = [*book.fund_payments(claims), *book.wages(registers)]
    rows += _reimbursements(claims, registers)
    rows += _transfers(planting, registers)
    rows += kickbacks(world, planting, claims, registers)
    rows.sort(key=lambda row: (row.when, row.payer, row.payee, row.amount))
    claim_id = _claim_ids(claims, rows)
    yield pa.table({
        "payment_id": pa.array([f"PAY{number:010d}" for number in range(len(rows))], pa.string()),
        "claim_id": claim_id,
        "payer_account": pa.array([row.payer for row in rows], pa.string()),
        "payee_account": pa.array([row.payee for row in rows], pa.string()),
        "amount": yuan(np.array([row.amount for row in rows], dtype=np.int64)),
        "paid_time": seconds(np.array([row.when for row in rows], dtype=np.int64)),
        "purpose": pa.array([row.purpose for row in rows], pa.string()),
    })  # fmt: skip


@dataclass(frozen=True)
class Book:
    """Makes the honest payments of providers; `facility` holds their accounts by number."""

    world: World
    facility: list[str]
    rng: Rng

    def fund_payments(self, claims: Claims) -> Iterator[Payment]:
        """Yield what each fund pays each provider after a month, and what goes to wholesalers."""
        for place, region, month, amount in monthly(self.world, claims):
            when = int(self.world.at((month + 1) * MONTH + 9, 10 * 3600))
            account = self.facility[place]
            yield Payment(
                FUND.format(region_codes()[region]), account, amount, when, "医保基金结算"
            )
            share = amount * int(self.rng.integers(40, 60)) // 100
            supplier = WHOLESALER.format(int(self.rng.integers(0, WHOLESALERS)))
            later = when + int(self.rng.integers(2, 20)) * DAY
            yield Payment(account, supplier, share, later, "药品货款")

    def wages(self, registers: Registers) -> Iterator[Payment]:
        """Yield wages: every provider pays some persons of its region the same sum each month."""
        accounts = registers.persons["bank_account"].to_pylist()
        people = self.world.people
        for place, account in enumerate(self.facility):
            region = self.world.places.region[place]
            adult = np.flatnonzero(
                (people.region == region) & (people.age > 22) & (people.age < 60)
            )
            for person in self.rng.choice(adult, min(STAFF, len(adult)), replace=False).tolist():
                wage = int(self.rng.integers(350, 900)) * 1000
                for month in range(1, self.world.rhythm.days // MONTH + 1):
                    when = int(self.world.at(month * MONTH, 9 * 3600))
                    yield Payment(account, accounts[person], wage, when, "工资")


def monthly(world: World, claims: Claims) -> Iterable[tuple[int, int, int, int]]:
    """Yield (place, settling region, month, fen) of what funds owe providers; nothing below 1."""
    month = (claims.settled - world.rhythm.first_second) // (MONTH * DAY)
    paid = claims.kind != MANUAL
    regions, months = world.people.regions, int(month.max(initial=0)) + 1
    key = ((claims.place.astype(np.int64) * regions + claims.settle_region) * months + month)[paid]
    sums = np.zeros(len(world.places.kind) * regions * months, dtype=np.int64)
    np.add.at(sums, key, claims.fund[paid])
    for cell in np.flatnonzero(sums > 0).tolist():
        rest, at = divmod(cell, months)
        yield rest // regions, rest % regions, at, int(sums[cell])


def _reimbursements(claims: Claims, registers: Registers) -> Iterator[Payment]:
    """Yield what funds pay persons for claims on paper."""
    accounts = registers.persons["bank_account"]
    for row in np.flatnonzero((claims.kind == MANUAL) & (claims.fund > 0)).tolist():
        payer = FUND.format(region_codes()[int(claims.settle_region[row])])
        account = accounts[int(claims.person[row])].as_py()
        if account is not None:
            when = int(claims.settled[row]) + 5 * DAY
            number = int(claims.number[row])
            yield Payment(payer, account, int(claims.fund[row]), when, "零星报销", number)


def _transfers(planting: Planting, registers: Registers) -> Iterator[Payment]:
    """Yield the planted payments between persons and facilities; children have no account."""
    accounts = {
        "person": registers.persons["bank_account"],
        "facility": registers.facilities["bank_account"],
    }
    for due in planting.transfers:
        payer, payee = (accounts[kind][number].as_py() for kind, number in (due.payer, due.payee))
        if payer is not None and payee is not None:
            yield Payment(payer, payee, due.amount, due.when, due.purpose)


def _claim_ids(claims: Claims, rows: list[Payment]) -> Column:
    number = np.array([row.claim for row in rows], dtype=np.int64)
    row = rows_by_number(claims)[np.maximum(number, 0)]
    return blank(claim_ids(claims, row), number < 0)
