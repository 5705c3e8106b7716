"""A small town's books: customers of four providers, a fund that pays them, and who is paid back.

Account numbers, ids and sums are drawn at will; nothing here comes from the sample generator.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from tests.engine.feeds import Row, claim

BEGIN = datetime.fromisoformat("2024-01-01 09:00:00")
CYCLES, CYCLE, LAG = 12, 30, 7  # cycles of 30 days; the fund pays 7 days after each
PROVIDERS = 4


@dataclass
class Town:
    """Rows of the canonical tables; `seed` draws everything."""

    seed: int
    people: int = 36
    claims: list[Row] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    persons: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw persons and their honest claims."""
        self.rng = np.random.default_rng([self.seed, 11])
        for number in range(self.people):
            self.persons.append(
                {"person_id": f"i{number}", "bank_account": f"b{number}", "region": "41"}
            )
            for _ in range(int(self.rng.poisson(9))):
                self.buy(f"i{number}", int(self.rng.integers(PROVIDERS)), self._day())

    def _day(self) -> int:
        return int(self.rng.integers(0, CYCLES * CYCLE))

    def buy(self, person: str, provider: int, day: int, goods: str = "", **more: Any) -> str:  # noqa: ANN401
        """Add a claim of a random sum; return its id."""
        number = f"c{len(self.claims):05d}"
        start = BEGIN + timedelta(days=day, minutes=int(self.rng.integers(0, 500)))
        fund = int(self.rng.lognormal(9, 0.6))
        known: dict[str, Any] = {
            "facility_id": f"shop{provider}",
            "fund_amount": fund,
            "total_amount": fund * 2,
            "cash_amount": fund,
        }
        self.claims.append(claim(number, person, start.isoformat(), **(known | more)))
        goods = goods or f"g{self.rng.integers(500)}"
        item = {"claim_id": number, "line_no": "1", "item_code": goods, "quantity": 1}
        self.items.append(item | {"amount": 100})
        return number

    def pay(self, payer: str, payee: str, fen: float, day: float, purpose: str = "") -> None:
        """Add a payment `day` days after the beginning."""
        self.payments.append({
            "payment_id": f"p{len(self.payments):05d}", "payer_account": payer,
            "payee_account": payee, "amount": int(fen),
            "paid_time": BEGIN + timedelta(days=day), "purpose": purpose,
        })  # fmt: skip

    def paid_for(self, person: str, provider: int, cycle: int, goods: str = "") -> int:
        """Return what the fund pays in this cycle for the person's claims (of goods) there."""
        held = {item["claim_id"] for item in self.items if goods in {"", item["item_code"]}}
        return sum(
            int(str(row["fund_amount"]))
            for row in self.claims
            if row["person_id"] == person
            and row["facility_id"] == f"shop{provider}"
            and _cycle(row) == cycle
            and row["claim_id"] in held
        )

    def ring(self, people: list[str], provider: int, goods: str = "") -> list[tuple[int, str, int]]:
        """Let the people buy again and again; return (cycle, person, fen the fund paid)."""
        for person in people:
            for cycle in sorted(self.rng.choice(CYCLES, 6, replace=False).tolist()):
                self.buy(person, provider, cycle * CYCLE + int(self.rng.integers(CYCLE)), goods)
        every = [(cycle, person) for cycle in range(CYCLES) for person in people]
        cells = [(c, person, self.paid_for(person, provider, c, goods)) for c, person in every]
        return [cell for cell in cells if cell[2]]

    def tables(self) -> dict[str, list[Row]]:
        """Return all tables, with the fund's payments."""
        facilities = [
            {"facility_id": f"shop{n}", "kind": "pharmacy", "bank_account": f"till{n}"}
            for n in range(PROVIDERS)
        ]
        return {
            "claims": self.claims,
            "claim_items": self.items,
            "payments": [*self.payments, *self._fund()],
            "persons": list(self.persons),
            "facilities": list(facilities),
            "relations": self.relations,
        }

    def _fund(self) -> Iterator[Row]:
        for provider in range(PROVIDERS):
            for cycle in range(CYCLES):
                mine = [row for row in self.claims if row["facility_id"] == f"shop{provider}"]
                sums = [int(str(row["fund_amount"])) for row in mine if _cycle(row) == cycle]
                yield {
                    "payment_id": f"f{provider}-{cycle:02d}", "payer_account": "fund",
                    "payee_account": f"till{provider}", "amount": sum(sums) + 1,
                    "paid_time": BEGIN + timedelta(days=payday(cycle)),
                }  # fmt: skip


def payday(cycle: int) -> int:
    """Return the day on which the fund pays for a cycle."""
    return (cycle + 1) * CYCLE + LAG


def _cycle(row: Row) -> int:
    start = row["start_time"]
    assert isinstance(start, datetime)
    return (start.date() - BEGIN.date()).days // CYCLE
