"""`graphfraud load`: delivered files into the workspace, every row accounted for."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.load_report import document, text
from graphfraud.cli.options import JsonOption, Language, LanguageOption, WorkspaceOption
from graphfraud.cli.output import fail, language, tell, tell_error
from graphfraud.cli.refused import RefusedError
from graphfraud.errors import GraphfraudError, RejectLimitError

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, or folders of files (CSV, CSV.GZ, XLSX, Parquet); or neo4j://HOST:PORT, "
        "a graph read as --mapping says.",
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="A YAML mapping for another layout."),
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="Dates after this day are in the future.",
    ),
]
LimitOption = Annotated[
    str | None,
    typer.Option(
        "--max-rejects",
        metavar="SHARE|COUNT",
        help="Exit with 3 beyond this: 0.01 is a share of the rows, 100 a number of rows.",
    ),
]


def load(
    paths: PathsArgument,
    *,
    workspace: WorkspaceOption = None,
    mapping: MappingOption = None,
    as_of: AsOfOption = None,
    max_rejects: LimitOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load delivered files into the workspace.

    Prints for every file: read = loaded + duplicate + conflict + rejected, in rows and in yuan.
    A file that is there already is not loaded again.
    """
    limit = None if max_rejects is None else reject_limit(max_rejects)
    fault, said = None, language(lang)
    store = graphfraud.open_workspace(workspace)
    with Bar(said) as bar:
        try:
            day = as_of.date() if as_of else None
            report = store.load(paths, mapping=mapping, as_of=day, progress=bar)
        except graphfraud.DeliveryError as error:
            report, fault = error.report, error
    tell(document(report), text(report, said), as_json=as_json)
    _end(report, fault, limit, said)


def _end(
    report: "graphfraud.LoadReport",
    fault: GraphfraudError | None,
    limit: float | None,
    lang: Language,
) -> None:
    """Name every file that could not be read, then hold the rejects against the limit."""
    for one in report.faults:
        tell_error(type(one).__name__, one.message, one.hint, lang=lang)
    if fault is not None:
        raise typer.Exit(fault.exit_code)
    try:
        if limit is not None:
            graphfraud.check_rejects(report, limit)
    except RejectLimitError as error:
        fail(error, lang)


def reject_limit(text: str) -> float:
    """Read --max-rejects: a share below 1, or a whole number of rows.

    >>> reject_limit("100"), reject_limit("0.01")
    (100.0, 0.01)
    """
    try:
        limit = float(text)
    except ValueError:
        limit = -1.0
    if limit < 0 or not (limit < 1 or limit.is_integer()):
        raise RefusedError("limit", text=repr(text))
    return limit
