"""`graphfraud runs`: the runs of a workspace, and two of them side by side."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

import graphfraud
from graphfraud.cli import history_text
from graphfraud.cli.options import JsonOption, Language, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, money, records, table, tell
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    import pandas as pd

HistoryArgument = Annotated[
    str | None, typer.Argument(metavar="RUN", help="A run's id; the newest where none is named.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="RUN_ID", help="The earlier run to begin with.")
]
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="A run's id, or a result folder.")]
HEADS = ("run", "made", "snapshot", "leads_of_run", "explained", "duplicates", "seed", "pattern")
RING_HEADS = ("in_runs", "ring_a", "ring_b", "jaccard", "joined", "left")
CHANGE_HEADS = ("status", "rank", "fund")
SHOWN = 20


def runs(
    *,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the runs: when, on which snapshot, for which patterns, and what was found."""
    store = graphfraud.open_workspace(workspace, create=False)
    found, said = store.run_table(), language(lang)
    tell(
        {"workspace": str(store.path), "runs": records(found)}, _list(found, said), as_json=as_json
    )


def bare(
    context: typer.Context,
    *,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the runs, or compare two of them."""
    if context.invoked_subcommand is None:
        runs(workspace=workspace, lang=lang, as_json=as_json)
        return
    given = {"workspace": workspace, "lang": lang, "as_json": as_json or None}
    told = {name: value for name, value in given.items() if value is not None}
    context.default_map = {context.invoked_subcommand: told}  # said before the command's name


def compare(
    a: RunArgument,
    b: RunArgument,
    *,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs: rings in both or in one, who joined or left, and why they may differ.

    Rings are the same where their ids are, or where their persons overlap by half (Jaccard).
    """
    found = graphfraud.open_workspace(workspace, create=False).compare(a, b)
    tell(_document(found), _text(found, language(lang)), as_json=as_json)


def lineage(
    run: HistoryArgument = None,
    *,
    since: SinceOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what became of an earlier run's rings: born, grown, shrunk, merged, split, gone.

    The earlier run is the newest one before with the same patterns on other data, else on the same.
    """
    found = graphfraud.open_workspace(workspace, create=False).lineage(run, since)
    tell(history_text.document(found), history_text.text(found, language(lang)), as_json=as_json)


def _list(found: "pd.DataFrame", lang: Language) -> Iterator[object]:
    if found.empty:
        yield say(lang, "runs.none")
        return
    figures = ("leads", "explained", "duplicates")
    rows = [
        (
            row["run_id"], row["created_at"], row["snapshot"] or row["snapshot_id"],
            *(row[name] for name in figures), str(row["seed"]),
            word_list(lang, "pattern", row["patterns"].split(",")),
        )
        for row in records(found)
    ]  # fmt: skip
    yield table(columns(lang, HEADS), rows)


def _document(found: "graphfraud.Comparison") -> dict[str, Any]:
    tables = ("rings", "members", "parameters", "snapshot", "feeds")
    return {"run_a": found.run_a, "run_b": found.run_b, "counts": found.counts} | {
        name: records(getattr(found, name)) for name in tables
    }


def _text(found: "graphfraud.Comparison", lang: Language) -> Iterator[object]:
    yield say(lang, "runs.compared", a=found.run_a, b=found.run_b, **found.counts)
    rows = [_ring(row, lang) for row in records(found.rings)]
    yield from _part(lang, "rings", (*RING_HEADS, *CHANGE_HEADS), rows)
    moved = [
        (row["ring_id_b"], word(lang, "moved", row["moved"]),
         word(lang, "entity", row["entity_type"]), row["entity_id"])
        for row in records(found.members)
    ]  # fmt: skip
    yield from _part(lang, "members", ("ring", "moved", "entity_type", "entity_id"), moved)
    for name, head in (("parameters", "setting_of"), ("snapshot", "what")):
        rows = [tuple(row.values()) for row in records(getattr(found, name))]
        yield from _part(lang, name, (head, "run_a", "run_b"), rows)
    feeds = [
        (one["feed_id"], word(lang, "in_runs", one["found_in"])) for one in records(found.feeds)
    ]
    yield from _part(lang, "feeds", ("feed_id", "in_runs"), feeds)


def _part(
    lang: Language, key: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> Iterator[object]:
    if not rows:
        return
    yield say(lang, f"runs.{key}")
    shown = [["–" if cell is None else cell for cell in row] for row in rows[:SHOWN]]
    yield table(columns(lang, heads), shown)
    if len(rows) > SHOWN:
        yield say(lang, "runs.more", rows=len(rows) - SHOWN)


def _ring(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    status, rank, fund = (
        [row[f"{name}_{end}"] for end in "ab"] for name in ("status", "rank", "fund_amount")
    )
    return (
        word(lang, "in_runs", row["found_in"]),
        row["ring_id_a"] or None,
        row["ring_id_b"] or None,
        f"{row['jaccard']:.2f}",
        row["joined"],
        row["left"],
        _change([None if one is None else word(lang, "state", one) for one in status]),
        _change(rank),
        _change([None if one is None else money(one) for one in fund]),
    )


def _change(pair: list[Any]) -> str:
    """Return one value, or two where they differ.

    >>> _change([1, 1]), _change([1, 2]), _change([None, 2])
    ('1', '1 → 2', '2')
    """
    known = [str(one) for one in dict.fromkeys(pair) if one is not None]
    return " → ".join(known) or "–"
