"""`graphfraud status`: what a workspace holds."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import graphfraud
from graphfraud.cli.options import JsonOption, WorkspaceOption
from graphfraud.cli.output import counted, table, tell


def status(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Show the feeds, snapshots and runs of the workspace."""
    found = graphfraud.open_workspace(workspace, create=False).status()
    tell(_document(found), _text(found), as_json=as_json)


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


def _text(found: "graphfraud.Status") -> Iterator[object]:
    feeds, runs = counted(len(found.feeds), "feed"), counted(len(found.runs), "run")
    yield f"{found.path}: {feeds}, {counted(len(found.snapshots), 'snapshot')}, {runs}"
    if found.feeds:
        yield table(
            ("table", "read", "loaded", "duplicate", "conflict", "rejected"),
            [(name, *asdict(total).values()) for name, total in found.tables.items()],
        )
    if found.runs:
        yield table(
            ("run", "snapshot", "made", "result hash"),
            [(r.run_id, r.snapshot_id, r.created_at, r.result_hash[:16]) for r in found.runs],
        )
