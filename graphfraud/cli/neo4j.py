"""`graphfraud neo4j`: a Neo4j server of one's own on this machine, until Ctrl-C."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

import graphfraud
from graphfraud.cli.bar import Bar
from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, tell
from graphfraud.cli.words import say
from graphfraud.errors import StoreError

if TYPE_CHECKING:
    from graphfraud.graph.neo4j.server import LocalServer

_GLANCE_SECONDS = 0.5
PortOption = Annotated[
    int, typer.Option("--port", metavar="N", min=1, max=65535, help="Where it answers (Bolt).")
]


def neo4j(
    *,
    workspace: WorkspaceOption = None,
    port: PortOption = 7687,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run a Neo4j Community server on the workspace, for this machine only, until Ctrl-C.

    Needs Java 17 or 21, and Maven the first time, to fetch it. Its data and its password lie in
    the workspace's folder neo4j/; `graphfraud graph fill --store local` fills it.
    """
    said = language(lang)
    store = graphfraud.open_workspace(workspace)
    with Bar(said) as bar:
        server = store.neo4j_server(port)
        server.start(bar)
    try:
        named = {"uri": server.uri, "user": server.user}
        text = [
            say(said, "neo4j.runs", home=server.home, **named),
            say(said, "neo4j.password", file=server.home / "password"),
            say(said, "neo4j.next", workspace=store.path),
            say(said, "neo4j.end"),
        ]
        tell({**named, "password_file": str(server.home / "password")}, text, as_json=as_json)
        _wait(server)
    finally:
        server.stop()


def _wait(server: "LocalServer") -> None:
    """Wait until the server ends or Ctrl-C asks for it, which is how this command is left."""
    try:
        while server.running:
            time.sleep(_GLANCE_SECONDS)
    except KeyboardInterrupt:
        return
    raise StoreError(f"The Neo4j server on {server.home} has ended by itself.")
