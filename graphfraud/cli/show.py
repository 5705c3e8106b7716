"""`graphfraud show`: a ring or a claim in the terminal, with its reasons."""

from itertools import chain
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli import claim_text, history_text, results_text, ring_text
from graphfraud.cli.options import JsonOption, LanguageOption, RunOption, WorkspaceOption
from graphfraud.cli.output import language, tell
from graphfraud.errors import UsageError

IdArgument = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="A ring's id or its beginning, or a claim's id."),
]


def show(
    identifier: IdArgument = None,
    *,
    workspace: WorkspaceOption = None,
    run: RunOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a ring or a claim with its reasons.

    Without an id it lists the rings of the run.
    """
    store = graphfraud.open_workspace(workspace, create=False)
    results = store.results(run)
    said = language(lang)
    known = history_text.Marks.of(store, results)
    if identifier is None:
        marked = results_text.text(results, said, marks=known.short(said))
        tell(results_text.document(results) | known.document(), marked, as_json=as_json)
        return
    try:
        ring = results.ring(identifier)
    except UsageError:
        found = claim_text.find(store, results, identifier)
        if found is None:
            raise
        tell(found.document(), found.text(said), as_json=as_json)
    else:
        history = known.of_ring(ring.ring_id)
        text = chain(ring_text.text(ring, said), history.sentences(said))
        tell(ring_text.document(ring) | history.document(), text, as_json=as_json)
