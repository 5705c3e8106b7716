"""The options that say which part of the knowledge graph a job is to look at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.options import Language

if TYPE_CHECKING:
    from graphfraud import Projection

NodesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--nodes",
        metavar="KIND,…",
        help="Kinds of nodes, see docs/graph.md; else those at the relationships' ends.",
    ),
]
RelationshipsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--relationships", metavar="KIND,…", help="Kinds of relationships; else all between them."
    ),
]
WeightOption = Annotated[
    str,
    typer.Option(
        "--weight",
        metavar="PROPERTY|count|none",
        help="What an edge weighs: the sum of a property, how many relationships, or all alike.",
    ),
]
ThroughOption = Annotated[
    str | None,
    typer.Option(
        "--through",
        metavar="KIND",
        help="Fold this kind away: nodes are joined by each one they share, e.g. Claim.",
    ),
]
JobOutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Write every node and job.json into this folder."),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="csv|parquet", help="The form of the table of --out.")
]


def projection(
    workspace: Path | None,
    nodes: list[str] | None,
    relationships: list[str] | None,
    lang: Language,
    **about: Any,  # noqa: ANN401  weight, through and snapshot, as Workspace.project takes them
) -> "Projection":
    """Return what the options ask for."""
    store = graphfraud.open_workspace(workspace, create=False)
    with Bar(lang) as bar:
        return store.project(named(nodes), named(relationships), **about, progress=bar)


def named(given: list[str] | None) -> list[str]:
    """Return the names of an option that may be given again, or hold several with commas.

    >>> named(["Claim, Facility", "Doctor"])
    ['Claim', 'Facility', 'Doctor']
    """
    return [one.strip() for text in given or () for one in text.split(",") if one.strip()]
