"""`graphfraud rejects`: the rows that were not loaded, each with its reason and raw text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import graphfraud
from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import counted, language, records, table, tell
from graphfraud.cli.words import reason_sentence

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 20
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

FeedOption = Annotated[
    list[str] | None,
    typer.Option("--feed", metavar="FEED_ID", help="Only this feed; may be given again."),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Save every row as CSV; text that a spreadsheet would run as a formula is quoted.",
    ),
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
        formula_safe(rows).to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\n")
    document: dict[str, object] = {"rows": len(rows), "out": None if out is None else str(out)}
    if out is None:
        document["rejects"] = records(rows)
    shown = [_shown(rows)] if len(rows) else []
    saved = [] if out is None else [f"Saved to {out}"]
    tell(
        document,
        [f"{counted(len(rows), 'row')} not loaded.", *shown, *saved],
        as_json=as_json,
    )


def formula_safe(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    text = rows.select_dtypes(include=["object", "string"])
    return rows.assign(**{str(name): text[name].map(_quoted) for name in text})


def _quoted(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _shown(rows: "pd.DataFrame") -> object:
    columns = ("file_name", "table_name", "record_no", "outcome", "reason", "column_name", "value")
    lines = [[row[name] for name in (*columns, "sentence")] for row in records(rows.head(SHOWN))]
    more = f"the first {SHOWN}; --out saves all" if len(rows) > SHOWN else ""
    return table((*columns, ""), lines, title=more)
