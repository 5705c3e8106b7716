"""One ring in the terminal: who, how often against chance, reasons, signals, the claims."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    import pandas as pd

    from graphfraud import Ring

SHOWN = 30
PARTS = {
    "members": ("entity_type", "entity_id", "role", "weight"),
    "ties": (
        *("person_id_a", "person_id_b", "observed", "expected", "lift", "p_value", "q_value"),
        "explained_by",
    ),
    "claims": (
        *("event", "claim_id", "person_id", "facility_id", "start_time", "total_amount"),
        *("feed_id", "record_no"),
    ),
}
CODES = {"entity_type": "entity", "role": "role"}


def document(ring: "Ring") -> dict[str, Any]:
    """Return the whole ring for programs; amounts in fen."""
    parts = {"members": ring.members, "ties": ring.ties, "claims": ring.claims}
    tables = {name: records(rows) for name, rows in parts.items()}
    return {
        "ring": ring.about_plain(),
        **tables,
        "reasons": records(ring.reasons),
        "signals": records(ring.signals),
    }


def text(ring: "Ring", lang: Language) -> Iterator[object]:
    """Yield the ring for people."""
    about = ring.about_plain()
    yield "  ".join(part for part in _head(ring.ring_id, about, lang) if part)
    yield str(about[f"summary_{lang}"] or "")
    yield _figures(about, lang)
    for row in records(ring.reasons):
        found = word(lang, "verdict", row["found"])
        yield say(lang, "ring.reason", found=found, sentence=row[f"sentence_{lang}"])
    yield from _signals(ring, lang)
    for part, codes in PARTS.items():
        rows = getattr(ring, part)
        yield from _part(say(lang, f"ring.{part}", rows=len(rows)), rows, codes, lang)


def _signals(ring: "Ring", lang: Language) -> Iterator[str]:
    """Yield a line for each conduct signal."""
    for row in records(ring.signals):
        points = f"{row['points']:.2f}"
        name, sentence = word(lang, "signal", row["code"]), row[f"sentence_{lang}"]
        yield say(lang, "ring.signal", points=points, name=name, sentence=sentence)


def _head(ring_id: str, about: dict[str, Any], lang: Language) -> tuple[str, ...]:
    pattern = word(lang, "pattern", about["pattern"])
    state = word(lang, "state", about["status"])
    excuses = word_list(lang, "reason", (about["explanation"] or "").split(";"))
    return ring_id, pattern, state, excuses


def _figures(about: dict[str, Any], lang: Language) -> str:
    score, p = about["score"], about["p_value"]
    total, fund = money(about["total_amount"] or 0), money(about["fund_amount"] or 0)
    return say(lang, "ring.figures", score=score, p=p, total=total, fund=fund)


def _part(
    title: str, rows: "pd.DataFrame", codes: tuple[str, ...], lang: Language
) -> Iterator[object]:
    if not len(rows):
        return
    lines = [[_cell(row, code, lang) for code in codes] for row in records(rows.head(SHOWN))]
    if len(rows) > SHOWN:
        title = say(lang, "ring.first", title=title, shown=SHOWN)
    yield ""
    yield table(columns(lang, codes), lines, title=title)


def _cell(row: dict[str, Any], code: str, lang: Language) -> object:
    """Return a cell as people read it: amounts in yuan, codes as words."""
    if code.endswith("amount"):
        return money(row[code] or 0)
    if code == "explained_by":
        return word_list(lang, "reason", (row[code] or "").split(";"))
    return word(lang, CODES[code], row[code] or "") if code in CODES else row[code]
