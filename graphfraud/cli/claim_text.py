"""One claim in the terminal: as it was loaded, the rings it is part of, its possible duplicates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.results_text import pair_reason
from graphfraud.cli.words import columns, say, word
from graphfraud.model.tables import TABLES

if TYPE_CHECKING:
    from graphfraud import Results, Workspace


@dataclass(frozen=True)
class FoundClaim:
    """A claim's deliveries, the rings whose joint visits it belongs to, and its duplicates."""

    claim_id: str
    deliveries: list[dict[str, Any]]
    rings: list[dict[str, Any]]
    duplicates: list[dict[str, Any]]

    def document(self) -> dict[str, Any]:
        """Return the claim for programs; amounts in fen."""
        return {
            "claim_id": self.claim_id,
            "deliveries": self.deliveries,
            "rings": self.rings,
            "duplicates": self.duplicates,
        }

    def text(self, lang: Language) -> Iterator[object]:
        """Yield the claim for people."""
        for row in self.deliveries:
            yield _delivery(self.claim_id, row, lang)
            lines = [(_heading(k, lang), v) for k, v in _readable(row) if v]
            yield table(columns(lang, ("column", "value")), lines)
        for row in self.rings:
            yield say(lang, "claim.ring", ring=row["ring_id"], event=str(row["event"]))
        for row in self.duplicates:
            yield _pair(row, lang)
            yield f"  {pair_reason(row, lang)}"
        if not (self.rings or self.duplicates):
            yield say(lang, "claim.nothing")


def find(store: "Workspace", results: "Results", claim_id: str) -> FoundClaim | None:
    """Return what is known of a claim, None where it is neither loaded nor in the results."""
    pairs = results.duplicates
    twice = pairs[(pairs["claim_id_a"] == claim_id) | (pairs["claim_id_b"] == claim_id)]
    joint = results.claims[results.claims["claim_id"] == claim_id]
    found = FoundClaim(claim_id, records(store.claim(claim_id)), records(joint), records(twice))
    return found if found.deliveries or found.rings or found.duplicates else None


def _delivery(claim_id: str, row: dict[str, Any], lang: Language) -> str:
    record = str(row["record_no"])
    return say(lang, "claim.delivery", claim=claim_id, record=record, feed=row["feed_id"])


def _pair(row: dict[str, Any], lang: Language) -> str:
    risk = money(row["fund_amount_at_risk"] or 0)
    kind = word(lang, "duplicate", row["kind"])
    return say(lang, "claim.pair", a=row["claim_id_a"], b=row["claim_id_b"], kind=kind, risk=risk)


def _heading(column: str, lang: Language) -> str:
    """Return a column's name; in Chinese the national platform's, where it has one."""
    if lang is Language.ZH and column in TABLES["claims"].column_names:
        return next(iter(TABLES["claims"].column(column).chinese), column)
    return word(lang, "column", column)


def _readable(row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        yield name, money(value) if name.endswith("_amount") and value is not None else value
