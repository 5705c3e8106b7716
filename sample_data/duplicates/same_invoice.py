"""Duplicates of kind same_invoice: one invoice paid by the funds of two regions."""

import numpy as np

from ..plan import planned
from ..settlement import Claims, fund_share
from ..streams import stream
from ..visits import HONEST, INPATIENT, MANUAL, OUTPATIENT
from ..world import World
from .ledger import Ledger, later


def plant_same_invoice(world: World, claims: Claims, ledger: Ledger) -> None:
    """Hand invoices of outpatient and inpatient care in again, elsewhere, weeks later.

    Every other one comes as a manual reimbursement on paper, with the date of care.
    """
    rng = stream(world.seed, "same invoice")
    care = (claims.kind == INPATIENT) | (claims.kind == OUTPATIENT)
    among = care & (claims.invoice >= 0) & (claims.origin == HONEST)
    count = planned(world.people.count, world.plan.persons_per_duplicate)
    first = ledger.draw(rng, claims, count, among)
    elsewhere = first.settle_region + rng.integers(1, world.people.regions, len(first))
    kind = np.where(np.arange(len(first)) % 2 == 0, MANUAL, first.kind)
    again = first.of(
        kind=kind,
        settle_region=elsewhere % world.people.regions,
        settled=later(rng, first, 5, 90),
        fund=fund_share(rng, first.kind, first.insurance, first.total),
        encounter=ledger.next_number + np.arange(len(first)),
        operator=first.operator + 1,
    )
    ledger.pair(first.number, ledger.append(again), "same_invoice")
