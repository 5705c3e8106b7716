"""`graphfraud peers`: facilities far above others of their kind, level and region."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

import graphfraud
from graphfraud.cli.csv_file import OutOption, save
from graphfraud.cli.options import (
    JsonOption,
    Language,
    LanguageOption,
    RunOption,
    WorkspaceOption,
)
from graphfraud.cli.output import UNKNOWN, language, records, table, tell
from graphfraud.cli.projecting import named
from graphfraud.cli.words import columns, say

SHOWN = 40
HEADS = ("facility_id", "level", "index", "value", "peer_median", "excess", "peers", "units")

LevelOption = Annotated[
    int, typer.Option("--level", metavar="1|2|3", help="Lines of this level and above.")
]
IndexOption = Annotated[
    list[str] | None,
    typer.Option("--index", metavar="NAME,…", help="Only these indices, see docs/peers.md."),
]
FacilityOption = Annotated[
    list[str] | None,
    typer.Option("--facility", metavar="ID", help="Only this facility; may be given again."),
]


def peers(
    *,
    workspace: WorkspaceOption = None,
    run: RunOption = None,
    level: LevelOption = 1,
    index: IndexOption = None,
    facility: FacilityOption = None,
    out: OutOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """List facilities far above their peers: value, median, excess, level.

    A line is a reason to look at a facility, no finding about it; see docs/peers.md.
    """
    results = graphfraud.open_workspace(workspace, create=False).results(run)
    rows = results.peer_lines(level=level, indices=named(index), facilities=facility or ())
    if out is not None:
        save(rows, out)
    document = {
        "run_id": results.run.get("run_id", ""),
        "out": None if out is None else str(out),
        "lines": records(rows),
        "not_assessed": results.run.get("peers_not_assessed", {}),
    }
    tell(document, _text(document, language(lang)), as_json=as_json)


def _text(document: dict[str, Any], lang: Language) -> Iterator[object]:
    from graphfraud.api.peers import LEVELS  # noqa: PLC0415  heavy, and other commands need it not

    rows = document["lines"]
    places = len({row["facility_id"] for row in rows})
    yield say(lang, "peers.counts", lines=len(rows), facilities=places)
    yield say(lang, "peers.levels", **{f"from_{n}": f"{line:.0%}" for n, line in LEVELS.items()})
    yield from not_assessed(document["not_assessed"], lang)
    if rows:
        yield lines(rows[:SHOWN], lang)
    if len(rows) > SHOWN:
        yield say(lang, "peers.more", rows=len(rows) - SHOWN)
    if document["out"]:
        yield say(lang, "rejects.saved", file=document["out"])


def not_assessed(absent: dict[str, list[str]], lang: Language) -> Iterator[str]:
    """Yield which indices could not be assessed, and what the data lacks for them."""
    comma = say(lang, "list.comma")
    for name, needs in absent.items():
        yield say(lang, "peers.not_assessed", index=_called(name, lang), needs=comma.join(needs))


def lines(rows: list[dict[str, Any]], lang: Language) -> object:
    """Return warning lines as a table; rows: of Results.peer_lines."""
    return table(columns(lang, HEADS), [_line(row, lang) for row in rows])


def _line(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    name = row["index"]
    return (
        row["facility_id"],
        row["level"],
        _called(name, lang),
        _figure(name, row["value"]),
        _figure(name, row["peer_median"]),
        UNKNOWN if row["excess"] is None else f"{row['excess']:+.0%}",
        say(lang, f"peers.of_{row['peers']}", n=row["n_peers"]),
        row["n"],
    )


def _called(name: str, lang: Language) -> str:
    """Return an index's name; one that this version does not know stands for itself."""
    known = {one.name: one for one in graphfraud.known_indices()}.get(name)
    return name if known is None else known.zh if lang is Language.ZH else known.en


def _figure(name: str, value: float) -> str:
    known = {one.name: one for one in graphfraud.known_indices()}.get(name)
    return f"{value:.1%}" if known is not None and known.is_share else f"{value:,.2f}"
