"""`graphfraud judge` and `graphfraud judgements`: what people say of rings, kept for good."""

from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

import graphfraud
from graphfraud.cli.options import JsonOption, Language, LanguageOption, RunOption, WorkspaceOption
from graphfraud.cli.output import language, records, table, tell
from graphfraud.cli.words import columns, say, word

if TYPE_CHECKING:
    import pandas as pd

HEADS = ("ring", "verdict", "judged_by", "judged_at", "same", "why")


class Verdict(StrEnum):
    """What can be said of a ring: 确认, 排除, 存疑."""

    CONFIRMED = "confirmed"
    EXCLUDED = "excluded"
    UNSURE = "unsure"


RingArgument = Annotated[str, typer.Argument(metavar="RING", help="A ring's id or its beginning.")]
VerdictOption = Annotated[
    Verdict,
    typer.Option("--as", metavar="|".join(Verdict), help="The judgement: 确认, 排除 or 存疑."),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why: what was seen, asked or found.")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who judges; else the account's name.")
]


def judge(
    ring: RingArgument,
    *,
    verdict: VerdictOption,
    reason: ReasonOption,
    by: ByOption = None,
    run: RunOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a ring: confirmed, excluded or unsure, and why.

    Judgements are only added; the newest counts. They stay attached to the ring on newer data, and
    change no result.
    """
    store = graphfraud.open_workspace(workspace, create=False)
    kept = store.judge(ring, verdict.value, reason, run_id=run, judged_by=by)
    said = language(lang)
    known = word(said, "judged", kept.verdict)
    text = say(said, "history.kept", ring=kept.ring_id, verdict=known, by=kept.judged_by)
    document = asdict(kept) | {"members": [list(one) for one in sorted(kept.members)]}
    tell(document, [text], as_json=as_json)


def judgements(
    *,
    run: RunOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the judgements on a run's rings, those given on earlier forms of them as well."""
    found = graphfraud.open_workspace(workspace, create=False).judgements(run)
    tell({"judgements": records(found)}, _text(found, language(lang)), as_json=as_json)


def _text(found: "pd.DataFrame", lang: Language) -> Iterator[object]:
    if found.empty:
        yield say(lang, "history.no_judgement")
        return
    yield table(columns(lang, HEADS), [_row(row, lang) for row in records(found)])


def _row(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    same = f"{row['members_same']}/{row['members_then']}"
    verdict = word(lang, "judged", row["verdict"])
    return (row["ring_id"], verdict, row["judged_by"], row["judged_at"], same, row["reason"])
