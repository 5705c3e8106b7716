"""What `graphfraud load` says: per feed and table the equation in rows and yuan, and reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, table
from graphfraud.cli.words import reason_sentence
from graphfraud.workspace import Feed, TableCount

if TYPE_CHECKING:
    from loaders import LoadReport

OUTCOMES = ("read", "loaded", "duplicate", "conflict", "rejected")


def document(report: "LoadReport") -> dict[str, Any]:
    """Return the report for programs; amounts in fen."""
    return {
        "feeds": [_feed(outcome.feed, already=outcome.already) for outcome in report.feeds],
        "read": report.read,
        "rejected": report.rejected,
    }


def text(report: "LoadReport", lang: Language) -> Iterator[object]:
    """Yield the report for people."""
    for outcome in report.feeds:
        feed = outcome.feed
        state = "already loaded" if outcome.already else "loaded"
        yield f"{feed.file_name}  {feed.format} {feed.encoding}  feed {feed.feed_id[:12]}  {state}"
        for name, count in sorted(feed.tables.items()):
            yield f"  {name}: {equation(count)}"
        for note in feed.notes:
            yield f"  {note}"
        if feed.reasons:
            yield table(("rows", "reason", ""), _reasons(feed, lang))


def equation(count: TableCount) -> str:
    """Write read = loaded + duplicate + conflict + rejected, in rows and in yuan."""
    rows = [getattr(count, name) for name in OUTCOMES]
    fen = [getattr(count, f"{name}_fen") for name in OUTCOMES]
    return f"{_sum([f'{n:,}' for n in rows])} rows; {_sum([money(n) for n in fen])} yuan"


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
