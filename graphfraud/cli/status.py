"""`graphfraud status`: what a workspace holds."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import graphfraud
from graphfraud.cli.options import JsonOption, Language, LanguageOption, WorkspaceOption
from graphfraud.cli.output import language, table, tell
from graphfraud.cli.words import columns, say, word


def status(
    *, workspace: WorkspaceOption = None, lang: LanguageOption = None, as_json: JsonOption = False
) -> None:
    """Show the feeds, snapshots and runs of the workspace."""
    found = graphfraud.open_workspace(workspace, create=False).status()
    tell(_document(found), _text(found, language(lang)), as_json=as_json)


def _document(found: "graphfraud.Status") -> dict[str, Any]:
    feeds = [{"feed_id": feed.feed_id, "file_name": feed.file_name} for feed in found.feeds]
    snapshots = [
        {"snapshot_id": one.snapshot_id, "name": one.name, "feeds": list(one.feed_ids)}
        for one in found.snapshots
    ]
    runs = [
        {"run_id": one.run_id, "snapshot_id": one.snapshot_id, "result_hash": one.result_hash}
        for one in found.runs
    ]
    tables = {name: asdict(total) for name, total in found.tables.items()}
    return {
        "workspace": str(found.path),
        "feeds": feeds,
        "tables": tables,
        "snapshots": snapshots,
        "runs": runs,
    }


def _text(found: "graphfraud.Status", lang: Language) -> Iterator[object]:
    counts = {name: len(getattr(found, name)) for name in ("feeds", "snapshots", "runs")}
    yield say(lang, "status.counts", path=found.path, **counts)
    if found.feeds:
        heads = columns(lang, ("table", "read", "loaded", "duplicate", "conflict", "rejected"))
        called = {name: word(lang, "table", name) for name in found.tables}
        yield table(heads, [(called[k], *asdict(v).values()) for k, v in found.tables.items()])
    if found.runs:
        yield table(
            columns(lang, ("run", "snapshot", "made", "result_hash")),
            [(r.run_id, r.snapshot_id, r.created_at, r.result_hash[:16]) for r in found.runs],
        )
