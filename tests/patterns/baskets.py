"""Simulated bills: clinics with days, patients and baskets, and templates planted among them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tests.engine.feeds import Row, claim

FIRST_DAY = datetime(2025, 1, 6)  # noqa: DTZ001 (claims carry local times)
Basket = tuple[tuple[str, int], ...]
TEMPLATE: Basket = (("T1", 1), ("T2", 2), ("T3", 1), ("T4", 3), ("T5", 1))


@dataclass(frozen=True)
class Billing:
    """What the simulated clinics C0, C1, … bill.

    days, persons: bills of TEMPLATE at C0, so many persons on so many days; same: always the same
    persons; varied: share of those bills of which one line is another; standard: share of all bills
    that are one package, at so many clinics; campaigns: clinics that vaccinate on a day of their
    own, everybody with the same two lines.
    """

    days: int = 0
    persons: int = 0
    same: bool = False
    varied: float = 0.0
    standard: float = 0.0
    standard_at: int = 0
    campaigns: int = 0
    diagnosis: str | None = None


@dataclass
class Bills:
    """Rows of claims and claim_items."""

    claims: list[Row]
    items: list[Row]

    def add(self, person: str, clinic: int, day: int, basket: Basket, like: Billing) -> None:
        """Add one claim with its lines."""
        number = f"C{len(self.claims):06d}"
        start = str(FIRST_DAY + timedelta(days=day, hours=9))
        names = {"facility_id": f"C{clinic}", "doctor_id": f"D{clinic}"}
        total = sum(1000 * quantity + sum(map(ord, good)) for good, quantity in basket)
        known: dict[str, object] = {
            "med_type": "outpatient",
            "diagnosis_code": like.diagnosis,
            "total_amount": total,
        }
        self.claims.append(claim(number, person, start, **names, **known))
        for line, (good, quantity) in enumerate(basket):
            row = {"claim_id": number, "line_no": str(line), "item_code": good}
            self.items.append(row | {"quantity": quantity, "amount": 1000 * quantity})


def bills(seed: int, like: Billing, *, clinics: int = 4, days: int = 60, a_day: int = 12) -> Bills:
    """Return ordinary bills of one to four popular goods, and what `like` says on top."""
    generator = np.random.default_rng([seed, 11])
    made = Bills([], [])
    for clinic in range(clinics):
        for day in range(days):
            for _ in range(int(generator.poisson(a_day))):
                person = f"{clinic}-{generator.integers(500):04d}"
                made.add(person, clinic, day, _ordinary(generator, clinic, like), like)
    _templates(made, generator, like, days)
    for clinic in range(like.campaigns):
        for n in range(30):
            vaccine = (("shot", 1), ("vaccine", 1))
            made.add(f"v{clinic}-{n:03d}", clinic, 10 + 9 * clinic, vaccine, like)
    return made


def _ordinary(generator: np.random.Generator, clinic: int, like: Billing) -> Basket:
    if clinic < like.standard_at and generator.random() < like.standard:
        return (("consultation", 1), ("tea", 2), ("pill", 1))
    goods = np.unique((generator.pareto(0.8, 1 + generator.integers(4)) * 3).astype(int) % 60)
    return tuple((f"G{good:02d}", int(generator.integers(1, 3))) for good in goods)


def _templates(made: Bills, generator: np.random.Generator, like: Billing, days: int) -> None:
    for number, day in enumerate(generator.choice(days, like.days, replace=False).tolist()):
        for n in range(like.persons):
            basket = TEMPLATE
            if generator.random() < like.varied:
                line = int(generator.integers(5))
                other = (f"V{generator.integers(20):02d}", 1)
                basket = (*TEMPLATE[:line], other, *TEMPLATE[line + 1 :])
            person = f"t{0 if like.same else number}-{n:03d}"
            made.add(person, 0, int(day), basket, like)
