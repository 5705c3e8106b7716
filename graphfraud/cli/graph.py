"""`graphfraud graph …`: fill a graph store, look into it, ask it, check it, empty it."""

from dataclasses import asdict
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli import graph_text
from graphfraud.cli.bar import Bar
from graphfraud.cli.detect import SetOption, SnapshotOption, parameters
from graphfraud.cli.options import JsonOption, LanguageOption, WorkspaceOption
from graphfraud.cli.output import fail, language, tell
from graphfraud.cli.words import say
from graphfraud.errors import StoreError

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="STORE",
        help="embedded; local, the server of graphfraud neo4j; neo4j, that of $NEO4J_URI; or a "
        "URI such as neo4j://HOST:7687.",
    ),
]
RunOption = Annotated[
    str | None,
    typer.Option("--run", metavar="RUN_ID", help="Show this run's findings; else the newest's."),
]
RebuildOption = Annotated[
    bool, typer.Option("--rebuild", help="Make the graph anew, whatever the store holds of it.")
]
TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="A name, an id, or part of it.")]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only this kind of node; may be given again."),
]
QuestionArgument = Annotated[
    str | None, typer.Argument(metavar="QUESTION", help="Its name; without one they are listed.")
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")]


def fill(
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "embedded",
    snapshot: SnapshotOption = None,
    run: RunOption = None,
    rebuild: RebuildOption = False,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill a graph store with what is loaded, and with what a run found in it.

    A Neo4j server is filled over its connection, whatever the size; interrupted, the same command
    finishes. The faster way into an empty server is `graphfraud export neo4j-import`.
    """
    said = language(lang)
    with Bar(said) as bar:
        filled = graphfraud.open_workspace(workspace, create=False).fill_graph(
            store, snapshot=snapshot, run=run, rebuild=rebuild, progress=bar
        )
    tell(asdict(filled), graph_text.filled(filled, said), as_json=as_json)


def find(
    text: TextArgument,
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "embedded",
    snapshot: SnapshotOption = None,
    kind: KindOption = None,
    limit: LimitOption = 20,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find nodes by id or name: exact, then beginning with it, with it inside, one slip away."""
    said = language(lang)
    with graphfraud.open_workspace(workspace, create=False).graph(store, snapshot) as graph:
        hits = graph.search(text, frozenset(kind) if kind else None, limit)
    tell(graph_text.hits_document(hits), graph_text.hits(hits, said), as_json=as_json)


def ask(
    question: QuestionArgument = None,
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "embedded",
    snapshot: SnapshotOption = None,
    parameter: SetOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the graph a saved question, or list the questions.

    Each is also a statement under cypher/questions/ that can be pasted into Neo4j Browser.
    """
    said, values = language(lang), parameters(parameter or [])
    if question is None:
        tell(graph_text.questions_document(), graph_text.questions(said), as_json=as_json)
        return
    with graphfraud.open_workspace(workspace, create=False).graph(store, snapshot) as graph:
        columns, rows = graph.ask(question, values)
    document = graph_text.answer_document(columns, rows)
    tell(document, graph_text.answer(question, columns, rows, said), as_json=as_json)


def check(
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "embedded",
    snapshot: SnapshotOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read a graph store in full and compare it with the workspace's own files.

    The exit code is 1 where anything is lost, doubled, changed or added.
    """
    said = language(lang)
    with Bar(said) as bar:
        checked = graphfraud.open_workspace(workspace, create=False).check_graph(
            store, snapshot=snapshot, progress=bar
        )
    good = say(said, "graph.equal", checksum=checked.checksum[:16])
    tell(asdict(checked), [] if checked.differences else [good], as_json=as_json)
    if checked.differences:
        kinds = ", ".join(checked.differences)
        fail(
            StoreError(
                say(said, "graph.different", kinds=kinds), hint=say(said, "graph.different_hint")
            ),
            said,
        )


def remove(
    *,
    workspace: WorkspaceOption = None,
    store: StoreOption = "embedded",
    snapshot: SnapshotOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove a snapshot's graph from a store; the workspace's feeds and runs stay."""
    said = language(lang)
    with (
        Bar(said) as bar,
        graphfraud.open_workspace(workspace, create=False).graph(store, snapshot) as graph,
    ):
        graph.remove(bar)
    tell({"removed": True, "store": store}, [say(said, "graph.removed")], as_json=as_json)
