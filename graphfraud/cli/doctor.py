"""`graphfraud doctor`: whether a Neo4j server is safe, prepared, and holds what it should."""

from dataclasses import asdict
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.detect import SnapshotOption
from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, table, tell
from graphfraud.cli.words import columns, say

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="STORE",
        help="neo4j, the server of $NEO4J_URI; local, that of graphfraud neo4j; or a URI.",
    ),
]


def doctor(
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "neo4j",
    snapshot: SnapshotOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a Neo4j server: version, sign-in, encryption, LOAD CSV, constraints, the graph itself.

    The exit code is 1 where anything must be mended.
    """
    said = language(lang)
    with Bar(said) as bar:
        found = graphfraud.open_workspace(workspace, create=False).examine(
            store, snapshot=snapshot, progress=bar
        )
    rows = [
        (
            say(said, f"verdict_of.{one.verdict}"),
            say(said, f"examined.{one.code}"),
            say(said, f"examined.{one.code}_{one.verdict}", **one.values),
        )
        for one in found
    ]
    document = {"findings": [asdict(one) for one in found]}
    grid = table(columns(said, ("state_of", "what", "found_out")), rows)
    tell(document, [grid], as_json=as_json)
    if any(one.verdict == "bad" for one in found):
        raise typer.Exit(1)
