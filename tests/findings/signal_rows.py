"""Rows of one ring made by hand, for the tests of conduct signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from graphfraud.findings.signals.rows import RingRows

Row = Mapping[str, object]
TEXTS = (
    *("claim_id", "person_id", "facility_id", "doctor_id", "operator_id", "med_type"),
    *("person_region", "place_region", "basket", "purpose", "payment_id"),
    *("entity_type", "entity_id", "reason"),
)
CLAIM: Row = {
    "event": 1, "person_id": "A", "facility_id": "P1", "doctor_id": "", "operator_id": "",
    "med_type": "pharmacy", "total_amount": 1_000, "person_region": "", "place_region": "",
}  # fmt: skip
TIMES = ("start_time", "start_day")
COLUMNS = {
    "claims": ("claim_id", *CLAIM, *TIMES),
    "baskets": ("claim_id", "basket", "lines", "spend", "resale"),
    "own": ("person_id", "claims", "at_places"),
    "refunds": ("claim_id",),
    "returns": ("person_id", "payment_id", "hops", "amount", "purpose"),
    "watched": ("entity_type", "entity_id", "reason"),
    "stays": ("claim_id", "person_id", "facility_id", "start_day", "nights", "alike"),
}


def claim(number: int, start: str = "2025-03-03 09:00:00", **more: object) -> Row:
    """Return claim `C<number>`: of A at pharmacy P1, unless `more` says otherwise."""
    time = pd.Timestamp(start)
    known: dict[str, object] = {"claim_id": f"C{number}", "start_time": time}
    return {**CLAIM, **known, "start_day": time.normalize(), **more}


@dataclass(frozen=True)
class Given:
    """What a test gives; every other table is empty. members: persons of weight 1."""

    claims: Sequence[Row] = ()
    baskets: Sequence[Row] = ()
    own: Sequence[Row] = ()
    refunds: Sequence[Row] = ()
    returns: Sequence[Row] = ()
    watched: Sequence[Row] = ()
    stays: Sequence[Row] = ()
    members: Mapping[str, float] = field(default_factory=dict)
    observed: int = 0
    expected: float = 0.0
    days: int = 0

    def rows(self) -> RingRows:
        """Return them as a ring's rows, claims in order of time."""
        claims = _table("claims", self.claims).sort_values(["start_time", "claim_id"])
        members = [("person", person, "holder", weight) for person, weight in self.members.items()]
        return RingRows(
            self.observed,
            self.expected,
            self.days,
            pd.DataFrame(members, columns=["entity_type", "entity_id", "role", "weight"]),
            claims.reset_index(drop=True),
            *(_table(name, getattr(self, name)) for name in list(COLUMNS)[1:]),
        )


def _table(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    return _typed(name, rows) if rows else _empty(name).copy()


@cache
def _empty(name: str) -> pd.DataFrame:
    return _typed(name, ())


def _typed(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    table = pd.DataFrame([dict(row) for row in rows], columns=list(COLUMNS[name]))
    kinds = {column: "str" for column in table if column in TEXTS}
    kinds |= {column: "datetime64[us]" for column in table if column in TIMES}
    kinds |= {"alike": "float64"} if "alike" in table else {}
    numbers = {str(column): "int64" for column in table if str(column) not in kinds}
    return table.astype(kinds | numbers)
