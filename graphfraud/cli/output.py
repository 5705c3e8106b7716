"""Tells people and programs what came of a command: text for a terminal or one JSON document.

Data is never taken for markup, and control characters in it never reach the terminal.
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from graphfraud.cli.options import Language
from graphfraud.cli.words import say, word
from graphfraud.errors import GraphfraudError
from graphfraud.model.money import yuan
from graphfraud.settings import LANGUAGE_VARIABLE

if TYPE_CHECKING:
    import pandas as pd

LANGUAGE_VARIABLES = (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
PIPE_WIDTH = 200
LIST_MARK = "\n- "
UNKNOWN = "–"  # a figure that there is not
FIGURE = re.compile(rf"-?[0-9][0-9,]*(\.[0-9]+)?|{UNKNOWN}")


def use_utf8() -> None:
    """Write UTF-8 whatever the system's code page is; data has Chinese names in it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def language(asked: Language | None = None) -> Language:
    """Return the language asked for, else the environment's, else English."""
    if asked is not None:
        return asked
    known = (os.environ.get(variable, "") for variable in LANGUAGE_VARIABLES)
    first = next((value for value in known if value), "")
    return Language.ZH if first.lower().startswith("zh") else Language.EN


def named_language(arguments: Sequence[str]) -> Language | None:
    """Return the language that a command line names, whatever else is wrong with it.

    >>> named_language(["status", "--lang", "zh", "--nope"]), named_language(["status"])
    (<Language.ZH: 'zh'>, None)
    """
    asked = [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    return next((Language(one) for one in asked if one in set(Language)), None)


def printable(value: object) -> str:
    """Return text that cannot steer a terminal: control characters become escapes.

    >>> printable("a" + chr(27) + "b") == "a" + chr(92) + "x1bb"
    True
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in ("" if value is None else str(value))
    )


def money(fen: int) -> str:
    """Write fen as yuan with thousands apart.

    >>> money(123456789)
    '1,234,567.89'
    """
    sign, text = ("-", yuan(-fen)) if fen < 0 else ("", yuan(fen))
    whole, _, part = text.partition(".")
    return f"{sign}{int(whole):,}.{part}"


def records(rows: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return a table's rows as plain values that JSON can hold: missing is None, times are text."""
    known = rows.astype(object).where(rows.notna(), None)
    return [{str(k): _plain(v) for k, v in row.items()} for row in known.to_dict("records")]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """Return a table for the terminal; numbers stand to the right, text is never markup."""
    lines = [list(row) for row in rows]
    grid = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for index, name in enumerate(columns):
        numbers = bool(lines) and all(_is_figure(row[index]) for row in lines)
        last = index == len(columns) - 1
        justify: JustifyMethod = "right" if numbers else "left"
        grid.add_column(name, justify=justify, overflow="fold", no_wrap=not last)
    for row in lines:
        grid.add_row(*(_cell(value) for value in row))
    return grid


def tell(document: Mapping[str, Any], text: Iterable[object], *, as_json: bool) -> None:
    """Print the document as JSON, or else the text, piece by piece, on standard output."""
    if as_json:
        print_json(document)
        return
    console = _console(sys.stdout)
    for piece in text:
        console.print(Text(piece) if isinstance(piece, str) else piece)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on standard output, Chinese as it is."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    sys.stdout.flush()


def tell_error(kind: str, message: str, hint: str = "", *, lang: Language) -> None:
    """Print what is wrong and what next on standard error: one line, and one for each of a list."""
    key = "error.line_hint" if hint else "error.line"
    known = word(lang, "ending", kind)
    text = say(lang, key, kind=known, message=message.rstrip(), hint=hint)
    lines = [printable(line) for line in text.split(LIST_MARK)]
    sys.stderr.write(f"{LIST_MARK.join(lines)}\n")


def fail(error: GraphfraudError, lang: Language) -> NoReturn:
    """End a command that has told its document already: one line, and the error's exit code."""
    tell_error(type(error).__name__, error.message, error.hint, lang=lang)
    raise typer.Exit(error.exit_code)


def _plain(value: Any) -> Any:  # noqa: ANN401  a cell of any kind
    if isinstance(value, date):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) or bool(FIGURE.fullmatch(str(value)))


def _cell(value: object) -> Text:
    return Text(f"{value:,}" if isinstance(value, int) else printable(value))


def _console(stream: Any) -> Console:  # noqa: ANN401  any text stream
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, soft_wrap=False, highlight=False, markup=False)
