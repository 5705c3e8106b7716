"""What `detect`, `demo` and `show` say about a run: how much was found, and the first leads."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, records, table
from graphfraud.cli.ring_found import called
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    from graphfraud import Results

SHOWN = 20
FIGURES = ("yuan", "score", "p")


def document(results: "Results", out: Path | None = None) -> dict[str, Any]:
    """Return the run for programs: run.json, the rings in full (amounts in fen), the counts."""
    return {
        "run": results.run,
        "out": None if out is None else str(out),
        "counts": counts(results),
        "rings": records(results.rings),
    }


def counts(results: "Results") -> dict[str, int]:
    """Return how many leads, explained rings and pairs of duplicate claims a run has."""
    status = results.rings["status"]
    return {
        "leads": int((status == "lead").sum()),
        "explained": int((status == "explained").sum()),
        "duplicates": len(results.duplicates),
    }


def text(
    results: "Results",
    lang: Language,
    out: Path | None = None,
    marks: Mapping[str, str] | None = None,
) -> Iterator[object]:
    """Yield the run for people; marks: what is said of rings beside what the run itself says."""
    found = counts(results)
    yield say(lang, "results.run", run=results.run.get("run_id", ""))
    told = {"leads": found["leads"], "explained": found["explained"], "pairs": found["duplicates"]}
    yield say(lang, "results.counts", **told)
    yield from notes(results.run, lang)
    yield from rings(results, lang, marks)
    yield from duplicates(results, lang)
    if out is not None:
        yield say(lang, "results.saved", folder=out)
    if len(results.rings):
        yield say(lang, "results.next")


def notes(run: dict[str, Any], lang: Language) -> Iterator[str]:
    """Yield what must be said of a run: what was not delivered, and remarks of patterns."""
    absent = run.get("absent_tables", [])
    if absent:
        yield say(lang, "results.absent", tables=word_list(lang, "table", absent))
    for pattern, needs in run.get("not_looked_for", {}).items():
        known, lacking = word(lang, "pattern", pattern), word_list(lang, "table", needs)
        yield say(lang, "results.not_looked_for", pattern=known, needs=lacking)
    for reason, leads in run.get("reasons_not_tested", {}).items():
        yield say(lang, "results.not_tested", reason=word(lang, "reason", reason), leads=leads)
    told = run.get("notes_zh" if lang is Language.ZH else "notes", {})
    for pattern, remarks in told.items():
        known = word(lang, "pattern", pattern)
        yield from (say(lang, "results.note", pattern=known, remark=one) for one in remarks)


def duplicates(results: "Results", lang: Language) -> Iterator[object]:
    """Yield the table of the first pairs of claims that may be one expense paid twice."""
    pairs = records(results.duplicates.head(SHOWN))
    if pairs:
        heads = columns(lang, ("claim_id_a", "claim_id_b", "kind", "yuan_at_risk", ""))
        yield table(heads, [_pair(row, lang) for row in pairs])
    yield from _more(len(results.duplicates) - SHOWN, "duplicate_claims.csv", lang)


def rings(
    results: "Results", lang: Language, marks: Mapping[str, str] | None = None
) -> Iterator[object]:
    """Yield the table of the first rings by rank; a column for the marks where there are any."""
    rows = records(results.rings.head(SHOWN))
    if rows:
        codes = ["rank", "ring", "pattern", "status", "people", "claims", *FIGURES, ""]
        lines = [list(_ring(row, lang)) for row in rows]
        if marks:
            codes.insert(4, "history")
            for row, line in zip(rows, lines, strict=True):
                line.insert(4, marks.get(row["ring_id"], ""))
        yield table(columns(lang, codes), lines)
    yield from _more(len(results.rings) - SHOWN, "rings.csv", lang)


def pair_reason(row: dict[str, Any], lang: Language) -> str:
    """Return why a pair of claims may be one expense, in the reader's language."""
    return str(row["reason_zh" if lang is Language.ZH else "reason"] or row["reason"] or "")


def _more(rows: int, file: str, lang: Language) -> Iterator[str]:
    if rows > 0:
        yield say(lang, "results.more", rows=rows, file=file)


def _pair(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    risk = money(row["fund_amount_at_risk"] or 0)
    kind = word(lang, "duplicate", row["kind"])
    return (row["claim_id_a"], row["claim_id_b"], kind, risk, pair_reason(row, lang))


def _ring(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    return (
        row["rank"],
        row["ring_id"],
        called(row, lang),
        word(lang, "state", row["status"]),
        row["n_persons"],
        row["n_claims"],
        money(row["total_amount"] or 0),
        f"{row['score'] or 0:.3f}",
        "" if row["p_value"] is None else f"{row['p_value']:.2g}",
        _why(row, lang),
    )


def _why(row: dict[str, Any], lang: Language) -> str:
    """Say what excuses an explained ring, and what stands out in a lead."""
    excuse = word_list(lang, "reason", (row["explanation"] or "").split(";"))
    return excuse or str(row[f"summary_{lang}"] or "")
