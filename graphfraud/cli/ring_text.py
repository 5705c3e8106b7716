"""One ring in the terminal: who, how often against chance, which innocent reasons, the claims."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import counted, money, records, table

if TYPE_CHECKING:
    import pandas as pd

    from graphfraud import Ring

SHOWN = 30


def document(ring: "Ring") -> dict[str, Any]:
    """Return the whole ring for programs; amounts in fen."""
    parts = {"members": ring.members, "ties": ring.ties, "claims": ring.claims}
    tables = {name: records(rows) for name, rows in parts.items()}
    return {"ring": ring.about_plain(), **tables, "reasons": records(ring.reasons)}


def text(ring: "Ring", lang: Language) -> Iterator[object]:
    """Yield the ring for people."""
    about = ring.about_plain()
    head = (ring.ring_id, about["pattern"], about["status"], about["explanation"])
    yield "  ".join(str(part) for part in head if part)
    yield str(about[f"summary_{lang}"] or "")
    yield (
        f"score {about['score']}  p {about['p_value']}  {money(about['total_amount'] or 0)} yuan, "
        f"{money(about['fund_amount'] or 0)} of it from the fund"
    )
    for row in records(ring.reasons):
        yield f"  [{row['found']}] {row[f'sentence_{lang}']}"
    yield from _part("member", ring.members, ("entity_type", "entity_id", "role", "weight"))
    ties = ("person_id_a", "person_id_b", "observed", "expected", "lift", "p_value", "q_value")
    yield from _part("tie", ring.ties, (*ties, "explained_by"))
    claims = ("event", "claim_id", "person_id", "facility_id", "start_time", "total_amount")
    yield from _part("claim", ring.claims, (*claims, "feed_id", "record_no"))


def _part(title: str, rows: "pd.DataFrame", columns: tuple[str, ...]) -> Iterator[object]:
    if not len(rows):
        return
    lines = [
        [money(row[name] or 0) if name.endswith("amount") else row[name] for name in columns]
        for row in records(rows.head(SHOWN))
    ]
    more = f", the first {SHOWN}" if len(rows) > SHOWN else ""
    yield ""
    yield table(columns, lines, title=f"{counted(len(rows), title)}{more}")
