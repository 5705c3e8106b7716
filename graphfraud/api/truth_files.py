"""Reads one CSV file of a truth strictly: what is wrong is named with its file and record."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from graphfraud.errors import UsageError

PAGE = "docs/evaluation.md names the files and columns."


def read_table(path: Path, must: tuple[str, ...], may: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read columns of a CSV file as text; those of `may` are "" where they are missing."""
    if not path.is_file():
        raise UsageError(f"{path} is missing.", hint=PAGE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(_rows(path, csv.reader(file, strict=True), must, may))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8.", hint="Save it as UTF-8.") from error
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV file: {error}.", hint=PAGE) from error
    return pd.DataFrame(rows, columns=[*must, *may], dtype="str")


def _rows(
    path: Path, lines: Iterable[list[str]], must: tuple[str, ...], may: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    records = ((number, line) for number, line in enumerate(lines, 1) if line)
    _, head = next(records, (1, []))
    _check_head(path, head, must)
    at = {name: index for index, name in enumerate(head)}
    for number, line in records:
        if len(line) != len(head):
            raise UsageError(
                f"Record {number} of {path} has {len(line)} fields, the header {len(head)}.",
                hint="Put quotes around a field that has a comma in it.",
            )
        row = tuple(line[at[name]] if name in at else "" for name in (*must, *may))
        empty = [name for name, value in zip(must, row, strict=False) if not value.strip()]
        if empty:
            raise UsageError(f"Record {number} of {path} has no {empty[0]}.", hint=PAGE)
        yield row


def _check_head(path: Path, head: list[str], must: tuple[str, ...]) -> None:
    missing = [name for name in must if name not in head]
    if missing:
        swapped = "ring_id" in head and "ring" in missing
        hint = "These are results: RESULTS comes first, TRUTH second." if swapped else PAGE
        found = ", ".join(head) or "nothing"
        raise UsageError(f"{path} has no column {missing[0]!r}. Found: {found}.", hint=hint)
    twice = [name for name in must if head.count(name) > 1]
    if twice:
        raise UsageError(f"{path} has the column {twice[0]!r} twice.", hint=PAGE)
