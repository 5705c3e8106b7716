"""One claim in the terminal: as it was loaded, the rings it is part of, its possible duplicates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.results_text import pair_reason

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
            yield f"claim {self.claim_id}, record {row['record_no']} of feed {row['feed_id']}"
            yield table(("column", "value"), [(k, v) for k, v in _readable(row) if v])
        for row in self.rings:
            yield f"part of ring {row['ring_id']}, joint visit {row['event']}"
        for row in self.duplicates:
            pair = f"{row['claim_id_a']} and {row['claim_id_b']}"
            yield f"{pair}: {row['kind']}, {money(row['fund_amount_at_risk'] or 0)} yuan at risk"
            yield f"  {pair_reason(row, lang)}"
        if not (self.rings or self.duplicates):
            yield "It is part of no ring and no pair of duplicates of this run."


def find(store: "Workspace", results: "Results", claim_id: str) -> FoundClaim | None:
    """Return what is known of a claim, None where it is neither loaded nor in the results."""
    pairs = results.duplicates
    twice = pairs[(pairs["claim_id_a"] == claim_id) | (pairs["claim_id_b"] == claim_id)]
    joint = results.claims[results.claims["claim_id"] == claim_id]
    found = FoundClaim(claim_id, records(store.claim(claim_id)), records(joint), records(twice))
    return found if found.deliveries or found.rings or found.duplicates else None


def _readable(row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        yield name, money(value) if name.endswith("_amount") and value is not None else value
