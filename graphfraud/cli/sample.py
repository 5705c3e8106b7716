"""`graphfraud sample`: an invented population with planted rings, and the truth beside it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graphfraud.cli.bar import Bar
from graphfraud.cli.options import JsonOption, LanguageOption, SeedOption
from graphfraud.cli.output import language, tell
from graphfraud.cli.refused import RefusedError
from graphfraud.cli.words import say
from graphfraud.model.tables import TABLES
from graphfraud.resources import bundled_module
from graphfraud.settings import DEFAULT_SEED


class Difficulty(StrEnum):
    """How well the planted rings hide."""

    DEFAULT = "default"
    HARD = "hard"


class Format(StrEnum):
    """What the tables are written as."""

    CSV = "csv"
    PARQUET = "parquet"


OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")]
PersonsOption = Annotated[
    int, typer.Option("--persons", metavar="N", min=100, help="How many insured persons.")
]
DaysOption = Annotated[
    int, typer.Option("--days", metavar="N", min=1, help="How many days of claims.")
]
CleanOption = Annotated[
    bool, typer.Option("--clean", help="Plant no rings and no duplicates; look-alikes stay.")
]
DifficultyOption = Annotated[
    Difficulty,
    typer.Option("--difficulty", metavar="default|hard", help="How well the planted rings hide."),
]
FormatOption = Annotated[
    Format, typer.Option("--format", metavar="csv|parquet", help="What the tables are written as.")
]


def sample(
    out: OutOption,
    *,
    persons: PersonsOption = 10_000,
    days: DaysOption = 365,
    seed: SeedOption = DEFAULT_SEED,
    clean: CleanOption = False,
    difficulty: DifficultyOption = Difficulty.DEFAULT,
    file_format: FormatOption = Format.CSV,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an invented population to try things on.

    The tables can be loaded; what was planted in them is written under truth/.
    """
    _refuse_other_tables(out, file_format)
    said = language(lang)
    with Bar(said) as bar:
        bundled_module("sample_data").generate(
            out,
            persons=persons,
            days=days,
            seed=seed,
            clean=clean,
            difficulty=difficulty.value,
            format=file_format.value,
            progress=bar,
        )
    document = {
        "out": str(out),
        "persons": persons,
        "days": days,
        "seed": seed,
        "clean": clean,
        "difficulty": difficulty.value,
        "format": file_format.value,
    }
    text = [
        say(said, "sample.made", persons=persons, days=days, out=out),
        say(said, "sample.next", out=out),
    ]
    tell(document, text, as_json=as_json)


def _refuse_other_tables(out: Path, file_format: Format) -> None:
    """Refuse a folder in which tables of another format would be loaded beside the new ones."""
    others = [one for one in Format if one is not file_format]
    for path in (out / f"{name}.{one}" for name in TABLES for one in others):
        if path.exists():
            raise RefusedError("other_table", path=path)
