"""The runs of a workspace as one table: when, on what, looking for what, and what came of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from graphfraud.api.results import RUN_FILE
from graphfraud.errors import WorkspaceError
from graphfraud.workspace import RunRecord, WorkspaceFolder

COLUMNS = (
    "run_id", "created_at", "snapshot_id", "snapshot", "patterns", "leads", "explained",
    "duplicates", "seed", "tool_version",
)  # fmt: skip


def run_table(workspace: WorkspaceFolder) -> pd.DataFrame:
    """Return a row a run, the newest first; `created_at` is UTC, `patterns` a comma-joined text."""
    names = {one.snapshot_id: one.name for one in workspace.snapshots()}
    rows = [
        dict(_row(workspace, run), snapshot=names.get(run.snapshot_id, ""))
        for run in workspace.runs()
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(("leads", "explained", "duplicates", "seed"), "Int64"))


def _row(workspace: WorkspaceFolder, run: RunRecord) -> Iterator[tuple[str, Any]]:
    """Yield what the catalog knows of a run, and the counts of its own run.json."""
    counts = _counts(workspace.run_folder(run.run_id) / RUN_FILE)
    for name in ("run_id", "created_at", "snapshot_id", "seed", "tool_version"):
        yield name, getattr(run, name)
    yield "patterns", ",".join(json.loads(run.parameters))
    for name in ("leads", "explained", "duplicates"):
        yield name, counts.get(name)


def _counts(file: Path) -> dict[str, int]:
    try:
        found: dict[str, int] = json.loads(file.read_text(encoding="utf-8")).get("counts", {})
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"{file} cannot be read: {error}.", hint="graphfraud verify-store names every damage."
        ) from error
    return found
