"""Rows saved as CSV for a spreadsheet: UTF-8 with a mark, and no text that it would run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Save every row as CSV; text that a spreadsheet would run as a formula is quoted.",
    ),
]


def save(rows: "pd.DataFrame", file: Path) -> None:
    """Write the rows; OSError where the file cannot be written."""
    _formula_safe(rows).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _formula_safe(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    text = rows.select_dtypes(include=["object", "string"])
    return rows.assign(**{str(name): text[name].map(_quoted) for name in text})


def _quoted(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
