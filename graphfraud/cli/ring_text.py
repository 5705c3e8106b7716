"""One ring in the terminal: who, how often against chance, reasons, signals, claims, and more."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli import ring_found
from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    import pandas as pd

    from graphfraud import Ring

SHOWN = 30
PARTS = {
    "members": ("entity_type", "entity_id", "role", "weight", "stability", "standing"),
    "ties": (
        *("person_id_a", "person_id_b", "observed", "expected", "lift", "p_value", "q_value"),
        "explained_by",
    ),
    "links": (
        *("pattern", "entity_type_a", "entity_id_a", "entity_type_b", "entity_id_b"),
        *("observed", "expected", "lift", "p_value", "q_value"),
    ),
    "claims": (
        *("event", "claim_id", "person_id", "facility_id", "start_time", "total_amount"),
        *("feed_id", "record_no"),
    ),
}
CODES = {"entity_type": "entity", "role": "role", "pattern": "pattern"}
CODES |= {"entity_type_a": "entity", "entity_type_b": "entity"}
CODES |= {"standing": "standing"}


def document(ring: "Ring") -> dict[str, Any]:
    """Return the whole ring for programs; amounts in fen."""
    parts = (*PARTS, "reasons", "signals", "patterns", "peers")
    return {
        "ring": ring.about_plain(),
        **{name: records(getattr(ring, name)) for name in parts},
    }


def text(ring: "Ring", lang: Language) -> Iterator[object]:
    """Yield the ring for people."""
    about = ring.about_plain()
    yield "  ".join(part for part in _head(ring.ring_id, about, lang) if part)
    yield str(about[f"summary_{lang}"] or "")
    yield _figures(about, lang)
    if about["stability"] is not None:
        yield say(lang, "ring.stability", share=f"{about['stability']:.0%}")
    for row in records(ring.reasons):
        found = word(lang, "verdict", row["found"])
        yield say(lang, "ring.reason", found=found, sentence=row[f"sentence_{lang}"])
    yield from ring_found.signals(ring, lang)
    yield from ring_found.patterns(ring, lang)
    for part, codes in PARTS.items():
        rows = getattr(ring, part)
        yield from _part(say(lang, f"ring.{part}", rows=len(rows)), rows, codes, lang)
    yield from ring_found.warnings(ring, lang)


def _head(ring_id: str, about: dict[str, Any], lang: Language) -> tuple[str, ...]:
    pattern = ring_found.called(about, lang)
    state = word(lang, "state", about["status"])
    excuses = word_list(lang, "reason", (about["explanation"] or "").split(";"))
    return ring_id, pattern, state, excuses


def _figures(about: dict[str, Any], lang: Language) -> str:
    score, p = about["score"], about["p_value"]
    total, fund = money(about["total_amount"] or 0), money(about["fund_amount"] or 0)
    left = money(about["fund_amount_once"] or 0)
    once = "" if left == fund else say(lang, "ring.once", once=left)
    return say(lang, "ring.figures", score=score, p=p, total=total, fund=fund, once=once)


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
