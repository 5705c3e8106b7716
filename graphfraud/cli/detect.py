"""`graphfraud detect`: look for rings and duplicate claims, write them ranked."""

from pathlib import Path
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.history_text import Marks
from graphfraud.cli.options import JsonOption, LanguageOption, SeedOption, WorkspaceOption
from graphfraud.cli.output import language, tell
from graphfraud.cli.refused import RefusedError
from graphfraud.cli.results_text import document, text
from graphfraud.settings import DEFAULT_SEED

OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Also write the results as CSV into this folder."),
]
PatternOption = Annotated[
    list[str] | None,
    typer.Option("--pattern", metavar="NAME", help="Only this pattern; may be given again."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter; may be given again."),
]
ParametersOption = Annotated[
    Path | None,
    typer.Option(
        "--parameters",
        metavar="FILE",
        help="Parameters from a TOML, JSON or YAML file of pattern.name = value; --set wins.",
    ),
]
SnapshotOption = Annotated[
    str | None,
    typer.Option(
        "--snapshot", metavar="ID|NAME", help="A snapshot; every feed where none is named."
    ),
]


def detect(
    *,
    workspace: WorkspaceOption = None,
    out: OutOption = None,
    pattern: PatternOption = None,
    seed: SeedOption = DEFAULT_SEED,
    parameter_file: ParametersOption = None,
    parameter: SetOption = None,
    snapshot: SnapshotOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look for rings and duplicate claims in what is loaded.

    The run is kept in the workspace. The same snapshot, parameters and seed give the same bytes.
    """
    said = language(lang)
    values = graphfraud.read_parameters(parameter_file) if parameter_file else {}
    values |= parameters(parameter or [])
    store = graphfraud.open_workspace(workspace, create=False)
    with Bar(said) as bar:
        results = store.detect(
            out,
            patterns=pattern or None,
            seed=seed,
            parameters=values,
            snapshot=snapshot,
            progress=bar,
        )
    marks = Marks.of(store, results).short(said)
    tell(document(results, out), text(results, said, out, marks), as_json=as_json)


def parameters(settings: list[str]) -> dict[str, str]:
    """Read KEY=VALUE settings; UsageError where one has no key or no sign.

    >>> parameters(["co_visit.min_size=4"])
    {'co_visit.min_size': '4'}
    """
    values = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not (key.strip() and sign):
            raise RefusedError("setting", setting=setting)
        values[key.strip()] = value.strip()
    return values
