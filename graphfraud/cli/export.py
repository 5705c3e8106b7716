"""`graphfraud export …`: what leaves the workspace for other tools."""

from pathlib import Path
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.detect import SnapshotOption
from graphfraud.cli.graph import RunOption
from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, tell
from graphfraud.cli.words import say

ARGUMENTS, SCHEMA = "import.args", "schema.cypher"

FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="A new or empty folder, or an earlier export.")
]


def neo4j_import(
    folder: FolderArgument,
    *,
    workspace: WorkspaceOption = None,
    snapshot: SnapshotOption = None,
    run: RunOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the graph as files for `neo4j-admin database import`, and the command for it.

    The fastest way into Neo4j, into an empty database and with the server stopped; what it then
    holds is what `graphfraud graph fill` would have loaded.
    """
    said = language(lang)
    with Bar(said) as bar:
        plan = graphfraud.open_workspace(workspace, create=False).write_import_files(
            folder, snapshot=snapshot, run=run, progress=bar
        )
    counts = {"nodes": plan.nodes, "relationships": plan.relationships}
    text = [
        say(said, "export.written", folder=folder, **counts),
        say(said, "export.next"),
        f"  cd {folder}",
        f"  neo4j-admin database import full @{ARGUMENTS}",
        say(said, "export.then"),
        f"  cypher-shell --file {SCHEMA}",
    ]
    document = {"folder": str(folder), "arguments": list(plan.arguments), **counts}
    tell(document, text, as_json=as_json)
