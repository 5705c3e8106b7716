"""The options that several commands share, written once so that they mean the same everywhere."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graphfraud.settings import WORKSPACE_VARIABLE


class Language(StrEnum):
    """The languages that sentences are written in."""

    ZH = "zh"
    EN = "en"


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help=f"The workspace folder; else ${WORKSPACE_VARIABLE}, else ./workspace.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on standard output, nothing else.")
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help="The language of sentences; else $GRAPHFRAUD_LANG, else the system's.",
    ),
]
RunOption = Annotated[
    str | None,
    typer.Option("--run", metavar="RUN_ID", help="A run; the newest where none is named."),
]
SeedOption = Annotated[
    int,
    typer.Option(
        "--seed", metavar="N", min=0, help="The same seed gives the same bytes; it is recorded."
    ),
]
