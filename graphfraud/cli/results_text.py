"""What `detect`, `demo` and `show` say about a run: how much was found, and the first leads."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import counted, money, records, table

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


def text(results: "Results", lang: Language, out: Path | None = None) -> Iterator[object]:
    """Yield the run for people."""
    found = counts(results)
    yield f"run {results.run.get('run_id', '')}"
    leads, explained = (
        counted(found["leads"], "lead"),
        counted(found["explained"], "explained ring"),
    )
    yield f"{leads}, {explained}, {counted(found['duplicates'], 'pair')} of duplicate claims"
    yield from notes(results.run, lang)
    yield from rings(results, lang)
    yield from duplicates(results, lang)
    if out is not None:
        yield f"The results are in {out}"
    if len(results.rings):
        yield "Look at one with: graphfraud show RING_ID"


def notes(run: dict[str, Any], lang: Language) -> Iterator[str]:
    """Yield what must be said of a run: tables that were not delivered, remarks of patterns."""
    absent = run.get("absent_tables", [])
    if absent:
        yield f"not delivered: {', '.join(absent)}"
    told = run.get("notes_zh" if lang is Language.ZH else "notes", {})
    for pattern, remarks in told.items():
        yield from (f"{pattern}: {remark}" for remark in remarks)


def duplicates(results: "Results", lang: Language) -> Iterator[object]:
    """Yield the table of the first pairs of claims that may be one expense paid twice."""
    pairs = records(results.duplicates.head(SHOWN))
    if pairs:
        columns = ("claim", "claim", "kind", "yuan at risk", "")
        yield table(columns, [_pair(row, lang) for row in pairs])
    if len(results.duplicates) > SHOWN:
        yield f"… and {len(results.duplicates) - SHOWN} more in duplicate_claims.csv"


def rings(results: "Results", lang: Language) -> Iterator[object]:
    """Yield the table of the first rings by rank."""
    rows = records(results.rings.head(SHOWN))
    if rows:
        columns = ("rank", "ring", "pattern", "status", "people", "claims", *FIGURES, "")
        yield table(columns, [_ring(row, lang) for row in rows])
    if len(results.rings) > SHOWN:
        yield f"… and {len(results.rings) - SHOWN} more in rings.csv"


def pair_reason(row: dict[str, Any], lang: Language) -> str:
    """Return why a pair of claims may be one expense, in the reader's language."""
    return str(row["reason_zh" if lang is Language.ZH else "reason"] or row["reason"] or "")


def _pair(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    risk = money(row["fund_amount_at_risk"] or 0)
    return (row["claim_id_a"], row["claim_id_b"], row["kind"], risk, pair_reason(row, lang))


def _ring(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    return (
        row["rank"],
        row["ring_id"],
        row["pattern"],
        row["status"],
        row["n_persons"],
        row["n_claims"],
        money(row["total_amount"] or 0),
        f"{row['score'] or 0:.3f}",
        "" if row["p_value"] is None else f"{row['p_value']:.2g}",
        _why(row, lang),
    )


def _why(row: dict[str, Any], lang: Language) -> str:
    """Say what excuses an explained ring, and what stands out in a lead."""
    excuse = (row["explanation"] or "").replace("_", " ").replace(";", ", ")
    return excuse or str(row[f"summary_{lang}"] or "")
