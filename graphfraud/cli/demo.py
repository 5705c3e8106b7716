"""`graphfraud demo`: from nothing to ranked leads on an invented population."""

from pathlib import Path
from typing import Annotated, Any

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.demo_truth import planted
from graphfraud.cli.load_report import document as load_document
from graphfraud.cli.load_report import text as load_text
from graphfraud.cli.options import JsonOption, Language, LanguageOption, SeedOption
from graphfraud.cli.output import language, table, tell
from graphfraud.cli.results_text import document, text
from graphfraud.cli.words import columns, say, word
from graphfraud.resources import bundled_module
from graphfraud.settings import DEFAULT_SEED

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
    with Bar(said) as bar:
        sample = bundled_module("sample_data")
        sample.generate(data, persons=PERSONS, days=DAYS, seed=seed, progress=bar)
        store = graphfraud.open_workspace(out / "workspace")
        report = store.load(data, progress=bar)
        found = store.detect(results, seed=seed, progress=bar)
    truth = planted(data, found)
    told = {"data": str(data), "workspace": str(store.path), "load": load_document(report)}
    pieces = [
        say(said, "demo.made", persons=PERSONS, days=DAYS, data=data),
        *load_text(report, said),
        *text(found, said, results),
        _planted(truth, said),
        say(said, "demo.next", workspace=store.path),
    ]
    tell(told | document(found, results) | {"planted": truth}, pieces, as_json=as_json)


def _planted(truth: list[dict[str, Any]], lang: Language) -> object:
    """Return the table of what was planted, for people."""
    known = [row | {"pattern": word(lang, "pattern", row["pattern"])} for row in truth]
    heads = columns(lang, truth[0]) if truth else []
    return table(heads, [tuple(row.values()) for row in known], say(lang, "demo.planted"))
