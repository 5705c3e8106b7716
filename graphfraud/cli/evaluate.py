"""`graphfraud evaluate`: how good a run is where the truth is known."""

from pathlib import Path
from typing import Annotated

import typer

import graphfraud
from graphfraud.cli import evaluation_text
from graphfraud.cli.options import JsonOption, LanguageOption
from graphfraud.cli.output import fail, language, tell
from graphfraud.cli.refused import RefusedError
from graphfraud.cli.words import say
from graphfraud.errors import GraphfraudError

ResultsArgument = Annotated[
    Path,
    typer.Argument(
        metavar="RESULTS", help="A folder of graphfraud detect --out, or one of a workspace's runs."
    ),
]
TruthArgument = Annotated[
    Path,
    typer.Argument(
        metavar="TRUTH", help="The folder truth/ of a sample, or a truth of your own in that form."
    ),
]
PatternOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pattern",
        metavar="NAME",
        help="Only the true rings of this pattern were to be found; may be given again.",
    ),
]
FailOption = Annotated[
    float | None,
    typer.Option(
        "--fail-under",
        metavar="F1",
        help="End with 1 where F1 of the rings (Jaccard 0.5, every entity) is lower; 0 to 1.",
    ),
]


class BelowTargetError(GraphfraudError):
    """A run that is worse than the caller demanded."""


def evaluate(
    results: ResultsArgument,
    truth: TruthArgument,
    *,
    pattern: PatternOption = None,
    fail_under: FailOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a run with a known truth: rings, members, look-alikes, duplicate claims.

    A truth must have rings.csv (ring, pattern) and ring_members.csv (ring, entity_type,
    entity_id); what else it may have is on the page docs/evaluation.md.
    """
    said = language(lang)
    if fail_under is not None and not 0 <= fail_under <= 1:
        raise RefusedError("target", value=fail_under)
    found = graphfraud.evaluate(results, truth, patterns=pattern or None)
    document = evaluation_text.document(found, results, truth)
    tell(document, evaluation_text.text(found, said), as_json=as_json)
    if fail_under is not None and found.f1 < fail_under:
        values = {"f1": f"{found.f1:.3f}", "target": f"{fail_under:g}"}
        text, hint = (say(said, f"evaluation.below{end}", **values) for end in ("", "_hint"))
        fail(BelowTargetError(text, hint=hint), said)
