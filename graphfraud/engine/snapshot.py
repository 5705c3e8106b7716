"""Attaches a snapshot to the engine: its canonical tables as views that any step may read.

Every view has the contract's columns, then record_no, record_hash and feed_id. What had to be
settled between feeds is found once and kept beside the snapshot, sealed by its hashes; damaged or
missing, it is made again.
"""

import json
from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.resolve import (
    ENTITIES,
    EXCLUDED,
    attach_derived,
    exclude_rows,
    write_derived,
)
from graphfraud.engine.snapshot_report import SnapshotReport, parse_report, report_on
from graphfraud.engine.sources import REJECTS, attach_rows, snapshot_feeds, table_files
from graphfraud.model.tables import TABLES
from graphfraud.progress import Progress, silent
from graphfraud.workspace import Snapshot, WorkspaceFolder
from graphfraud.workspace.durable import file_hash

_VERSION = "settled-1"
_SEAL = "seal.json"
_REPORT = "report.json"
_PARTS = (*(f"{name}.parquet" for name in (EXCLUDED, *ENTITIES)), _REPORT)


def attach_snapshot(
    engine: Engine, workspace: WorkspaceFolder, snapshot: Snapshot, progress: Progress = silent
) -> SnapshotReport:
    """Make the snapshot's tables readable under their names; the engine must reach the workspace.

    claims, claim_items, payments, relations and watchlist leave out duplicates, conflicts and lines
    of unknown claims; persons, facilities and doctors hold one row per id, also of ids that only
    claims name. Absent tables are empty. WorkspaceError where a file is gone or has changed.
    """
    feeds = snapshot_feeds(workspace, snapshot, progress)
    files = {table: table_files(workspace, feeds, table) for table in TABLES}
    for table, paths in files.items():
        attach_rows(engine, table, paths)
    settled = workspace.snapshot_folder(snapshot.snapshot_id) / _VERSION
    if not _is_whole(settled):
        progress("settle feeds", 0, 1)
        folders = [workspace.feed_folder(feed.feed_id) for feed in feeds]
        rejects = [path / REJECTS for path in folders if (path / REJECTS).is_file()]
        exclude_rows(engine, files, rejects)
        with workspace.staging() as staging:
            _settle(engine, snapshot, files, staging)
            _publish(staging, settled)
        progress("settle feeds", 1, 1)
    attach_derived(engine, settled)
    return parse_report((settled / _REPORT).read_text(encoding="utf-8"))


def _settle(
    engine: Engine, snapshot: Snapshot, files: dict[str, list[Path]], staging: Path
) -> None:
    """Write every part and the seal over them into `staging`."""
    contradictions = write_derived(engine, files, staging)
    attach_derived(engine, staging)
    absent = tuple(table for table in TABLES if not files[table])
    report = report_on(engine, snapshot.snapshot_id, absent, contradictions)
    (staging / _REPORT).write_text(report.text(), encoding="utf-8")
    seal = {name: file_hash(staging / name) for name in _PARTS}
    (staging / _SEAL).write_text(json.dumps(seal), encoding="utf-8")


def _is_whole(settled: Path) -> bool:
    """Say whether the seal is there and every part is as it was sealed."""
    try:
        seal = json.loads((settled / _SEAL).read_text(encoding="utf-8"))
        return all(file_hash(settled / name) == seal[name] for name in _PARTS)
    except (OSError, ValueError, KeyError):
        return False


def _publish(staging: Path, settled: Path) -> None:
    """Move the parts into place, the seal last: without it, nothing there is believed."""
    settled.mkdir(parents=True, exist_ok=True)
    (settled / _SEAL).unlink(missing_ok=True)
    for name in (*_PARTS, _SEAL):
        (staging / name).replace(settled / name)
