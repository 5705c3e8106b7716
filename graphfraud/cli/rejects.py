"""`graphfraud rejects`: the rows that were not loaded, each with its reason and raw text."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import graphfraud
from graphfraud.cli.csv_file import OutOption, save
from graphfraud.cli.options import JsonOption, Language, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, records, table, tell
from graphfraud.cli.words import columns, reason_sentence, say, word

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 20

FeedOption = Annotated[
    list[str] | None,
    typer.Option("--feed", metavar="FEED_ID", help="Only this feed; may be given again."),
]


def rejects(
    *,
    workspace: WorkspaceOption = None,
    feed: FeedOption = None,
    out: OutOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rows that were not loaded, and why.

    Rows were rejected, delivered before (duplicate), or contradict each other (conflict).
    """
    rows = graphfraud.open_workspace(workspace, create=False).rejects(feed)
    said = language(lang)
    rows["sentence"] = [reason_sentence(code, said) for code in rows["reason"]]
    if out is not None:
        save(rows, out)
    document: dict[str, object] = {"rows": len(rows), "out": None if out is None else str(out)}
    if out is None:
        document["rejects"] = records(rows)
    tell(document, _text(rows, said, out), as_json=as_json)


def _text(rows: "pd.DataFrame", lang: Language, out: Path | None) -> Iterator[object]:
    yield say(lang, "rejects.counts", rows=len(rows))
    if len(rows):
        yield _shown(rows, lang)
    if out is not None:
        yield say(lang, "rejects.saved", file=out)


def _shown(rows: "pd.DataFrame", lang: Language) -> object:
    codes = ("file_name", "table_name", "record_no", "outcome", "reason", "column_name", "value")
    first = rows.head(SHOWN)
    words = {
        "table_name": [word(lang, "table", code) for code in first["table_name"]],
        "outcome": [word(lang, "outcome", code) for code in first["outcome"]],
    }
    lines = [[row[code] for code in (*codes, "sentence")] for row in records(first.assign(**words))]
    more = say(lang, "rejects.first", shown=SHOWN) if len(rows) > SHOWN else ""
    return table(columns(lang, (*codes, "")), lines, title=more)
