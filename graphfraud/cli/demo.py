"""`graphfraud demo`: from nothing to ranked leads on an invented population."""

from pathlib import Path
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.demo_truth import planted
from graphfraud.cli.load_report import document as load_document
from graphfraud.cli.load_report import text as load_text
from graphfraud.cli.options import JsonOption, LanguageOption, SeedOption
from graphfraud.cli.output import language, table, tell
from graphfraud.cli.results_text import document, text
from graphfraud.resources import bundled_module
from graphfraud.settings import DEFAULT_SEED

PLANTED = "What was planted, and how much of it the leads have:"
PERSONS = 6_000
DAYS = 365

OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder that everything is written to.")
]


def demo(
    *,
    out: OutOption = Path("demo"),
    seed: SeedOption = DEFAULT_SEED,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """From nothing to ranked leads, on invented data.

    Invents a small population, loads it, looks for rings, and says what was found.
    """
    said = language(lang)
    data, results = out / "data", out / "results"
    with Bar() as bar:
        sample = bundled_module("sample_data")
        sample.generate(data, persons=PERSONS, days=DAYS, seed=seed, progress=bar)
        store = graphfraud.open_workspace(out / "workspace")
        report = store.load(data, progress=bar)
        found = store.detect(results, seed=seed, progress=bar)
    truth = planted(data, found)
    told = {"data": str(data), "workspace": str(store.path), "load": load_document(report)}
    pieces = [
        f"An invented population of {PERSONS:,} persons over {DAYS} days is in {data}",
        *load_text(report, said),
        *text(found, said, results),
        table(tuple(truth[0]) if truth else (), [tuple(row.values()) for row in truth], PLANTED),
        f"Look at them in a browser: graphfraud app --workspace {store.path}",
    ]
    tell(told | document(found, results) | {"planted": truth}, pieces, as_json=as_json)
