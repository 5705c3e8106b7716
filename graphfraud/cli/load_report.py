"""What `graphfraud load` says: per feed and table the equation in rows and yuan, and reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import counted, money, table
from graphfraud.cli.words import reason_sentence
from graphfraud.model.tables import TABLES
from graphfraud.workspace import Feed, TableCount

if TYPE_CHECKING:
    from loaders import LoadReport

OUTCOMES = ("read", "loaded", "duplicate", "conflict", "rejected")


def document(report: "LoadReport") -> dict[str, Any]:
    """Return the report for programs; amounts in fen."""
    return {
        "feeds": [_feed(outcome.feed, already=outcome.already) for outcome in report.feeds],
        **{name: getattr(report, name) for name in OUTCOMES},
        "ignored": list(report.ignored),
        "faults": [{"message": one.message, "hint": one.hint} for one in report.faults],
    }


def text(report: "LoadReport", lang: Language) -> Iterator[object]:
    """Yield the report for people."""
    for outcome in report.feeds:
        feed = outcome.feed
        state = "already loaded" if outcome.already else "loaded"
        yield f"{feed.file_name}  {feed.format} {feed.encoding}  feed {feed.feed_id[:12]}  {state}"
        for name, count in sorted(feed.tables.items()):
            yield f"  {name}: {equation(name, count)}"
        for note in feed.notes:
            yield f"  {note}"
        if feed.reasons:
            yield table(("rows", "reason", ""), _reasons(feed, lang))
    for name in report.ignored:
        yield f"left out: {name}"
    counts = _sum([f"{getattr(report, name):,}" for name in OUTCOMES])
    yield f"{counted(len(report.feeds), 'file')}: {counts} rows"


def equation(table_name: str, count: TableCount) -> str:
    """Write read = loaded + duplicate + conflict + rejected, in rows and, with amounts, in yuan."""
    rows = _sum([f"{getattr(count, name):,}" for name in OUTCOMES])
    if not any(column.kind == "money" for column in TABLES[table_name].columns):
        return f"{rows} rows"
    yuan = _sum([money(getattr(count, f"{name}_fen")) for name in OUTCOMES])
    return f"{rows} rows; {yuan} yuan"


def _sum(values: list[str]) -> str:
    named = [f"{value} {name}" for name, value in zip(OUTCOMES, values, strict=True)]
    return f"{named[0]} = {' + '.join(named[1:])}"


def _feed(feed: Feed, *, already: bool) -> dict[str, Any]:
    return {
        "feed_id": feed.feed_id,
        "file_name": feed.file_name,
        "format": feed.format,
        "encoding": feed.encoding,
        "already": already,
        "tables": {name: _count(count) for name, count in sorted(feed.tables.items())},
        "reasons": dict(sorted(feed.reasons.items())),
        "notes": list(feed.notes),
    }


def _count(count: TableCount) -> dict[str, int]:
    rows = {name: getattr(count, name) for name in OUTCOMES}
    return rows | {f"{name}_fen": getattr(count, f"{name}_fen") for name in OUTCOMES}


def _reasons(feed: Feed, lang: Language) -> list[tuple[int, str, str]]:
    return [
        (rows, code, reason_sentence(code, lang)) for code, rows in sorted(feed.reasons.items())
    ]
