"""What `graphfraud load` says: per feed and table the equation in rows and yuan, and reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, table
from graphfraud.cli.words import columns, reason_sentence, say, word
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
        yield _head(outcome.feed, lang, already=outcome.already)
        for name, count in sorted(outcome.feed.tables.items()):
            yield equation(name, count, lang)
        for note in outcome.feed.notes:
            yield f"  {note}"
        if outcome.feed.reasons:
            yield table(columns(lang, ("rows", "reason", "")), _reasons(outcome.feed, lang))
    for name in report.ignored:
        yield say(lang, "load.ignored", file=name)
    yield say(lang, "load.total", files=len(report.feeds), rows=_rows(report, lang))


def equation(table_name: str, count: TableCount, lang: Language) -> str:
    """Write read = loaded + duplicate + conflict + rejected, in rows and, with amounts, in yuan."""
    called, rows = word(lang, "table", table_name), _rows(count, lang)
    if not any(column.kind == "money" for column in TABLES[table_name].columns):
        return say(lang, "load.table", table=called, rows=rows)
    amounts = {name: money(getattr(count, f"{name}_fen")) for name in OUTCOMES}
    yuan = say(lang, "load.yuan", **amounts)
    return say(lang, "load.table_yuan", table=called, rows=rows, yuan=yuan)


def _rows(counts: "TableCount | LoadReport", lang: Language) -> str:
    return say(lang, "load.rows", **{name: getattr(counts, name) for name in OUTCOMES})


def _head(feed: Feed, lang: Language, *, already: bool) -> str:
    about = {"file": feed.file_name, "format": feed.format, "encoding": feed.encoding}
    key = "load.already" if already else "load.feed"
    return say(lang, key, feed=feed.feed_id[:12], **about)


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
