"""What `evaluate` says: the figures of a run against a truth, table by table."""

from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import UNKNOWN, records, table
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    import pandas as pd

    from graphfraud import Evaluation

SHOWN = 20
TABLES = (
    "rings", "patterns", "members", "false_leads", "missed_rings", "lookalikes",
    "lookalike_reasons", "pairs", "duplicate_kinds", "honest_pairs",
)  # fmt: skip
RATES = ("precision", "recall", "f1")
# Columns whose cells are codes, and the section of words that has them.
CODED = {
    "entities": "counted",
    "pattern": "pattern",
    "what": "judged_pairs",
    "status": "state",
}


def document(found: "Evaluation", results: Path, truth: Path) -> dict[str, Any]:
    """Return the figures for programs: every table in full, undefined rates as null."""
    tables = {name: getattr(found, name) for name in TABLES}
    return {
        "results": str(results),
        "truth": str(truth),
        "counts": found.counts,
        "f1": found.f1,
        "average_precision": {
            name: None if isnan(value) else value for name, value in found.average_precision.items()
        },
        **{name: None if one is None else records(one) for name, one in tables.items()},
        "remarks": [{"code": one.code, **one.facts} for one in found.remarks],
    }


def text(found: "Evaluation", lang: Language) -> Iterator[object]:
    """Yield the figures for people."""
    yield say(lang, "evaluation.counts", **found.counts)
    for one in found.remarks:
        facts = {
            name: word(lang, "entity", value) if name == "kind" else value
            for name, value in one.facts.items()
        }
        yield say(lang, f"remark.{one.code}", **facts)
    yield from _rings(found, lang)
    yield from _honest(found, lang)
    yield from _duplicates(found, lang)


def _rings(found: "Evaluation", lang: Language) -> Iterator[object]:
    heads = ("jaccard", "leads", "rings", "hits", *RATES, "mean_jaccard")
    yield from _part("rings", found.rings, ("entities", *heads), lang)
    yield from _part("patterns", _main(found.patterns), ("pattern", *heads), lang)
    members = ("entities", "reported", "hits", "planted", *RATES)
    yield from _part("members", found.members, members, lang)
    value = {name: _cell(found.average_precision[name], "", lang) for name in ("all", "person")}
    yield say(lang, "evaluation.average_precision", **value)
    sizes = ("pattern", "n_persons", "n_entities")
    honest = ("kind", "shared_persons") if found.lookalikes is not None else ()
    told = ("ring_id", *sizes, "ring", "jaccard", *honest)
    yield from _part("false_leads", found.false_leads, told, lang)
    told = ("ring", *sizes, "ring_id", "jaccard", "status", "explanation")
    yield from _part("missed_rings", found.missed_rings, told, lang)


def _main(patterns: "pd.DataFrame") -> "pd.DataFrame":
    """Return the rows that a reader looks at first: every entity, at the middle threshold."""
    return patterns[(patterns["entities"] == "all") & (patterns["jaccard"] == 0.5)]


def _honest(found: "Evaluation", lang: Language) -> Iterator[object]:
    if found.lookalikes is not None and found.lookalike_reasons is not None:
        heads = ("kind", "groups", "touched", "explained", "untouched")
        yield from _part("lookalikes", found.lookalikes, heads, lang)
        reasons = ("kind", "explanation", "groups")
        yield from _part("lookalike_reasons", found.lookalike_reasons, reasons, lang)


def _duplicates(found: "Evaluation", lang: Language) -> Iterator[object]:
    counts = ("planted", "found", "reported", "right", "honest", "false", "precision", "recall")
    yield from _part("pairs", found.pairs, ("what", *counts, "f1"), lang)
    if found.duplicate_kinds is not None:
        yield from _part("duplicate_kinds", found.duplicate_kinds, ("kind", *counts), lang)
    if found.honest_pairs is not None:
        heads = ("kind", "pairs", "reported")
        yield from _part("honest_pairs", found.honest_pairs, heads, lang)


def _part(
    name: str, rows: "pd.DataFrame", codes: Sequence[str], lang: Language
) -> Iterator[object]:
    """Yield one table under its title, the first rows of it; nothing where it has none."""
    if rows.empty:
        return
    yield f"\n{say(lang, f'evaluation.{name}')}"
    lines = [[_cell(row[code], code, lang) for code in codes] for row in records(rows.head(SHOWN))]
    yield table(columns(lang, codes), lines)
    if len(rows) > SHOWN:
        yield say(lang, "evaluation.more", rows=len(rows) - SHOWN)


def _cell(value: object, code: str, lang: Language) -> object:
    """Return a cell for people: shares with three digits, codes as words, undefined as a dash."""
    if code == "explanation":
        return word_list(lang, "reason", str(value or "").split(";"))
    if code == "kind":  # of duplicates or of what only looks like them, or like a ring
        known = word(lang, "lookalike", value)
        return word(lang, "duplicate", value) if known == value else known
    if isinstance(value, str):
        return word(lang, CODED.get(code, code), value)
    if value is None or (isinstance(value, float) and isnan(value)):
        return UNKNOWN
    return f"{value:.3g}" if isinstance(value, float) else value
