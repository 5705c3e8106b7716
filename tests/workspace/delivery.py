"""A small delivered file, published the way a loader does it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from graphfraud.model.keys import digest
from graphfraud.progress import Progress, silent
from graphfraud.workspace import Feed, RunRecord, TableCount, WorkspaceFolder


def feed_of(content: bytes) -> Feed:
    sha256 = hashlib.sha256(content).hexdigest()
    balance = TableCount(
        read=3, loaded=1, duplicate=1, rejected=1, read_fen=30, loaded_fen=20, duplicate_fen=10
    )
    return Feed(
        feed_id=digest(sha256, "", "1"),
        file_name="claims.csv",
        sha256=sha256,
        size=len(content),
        format="csv",
        encoding="utf-8",
        tables={"claims": balance},
        reasons={"amount_format": 1},
        notes=("三行",),
    )


def fill(staging: Path, content: bytes) -> None:
    (staging / "source").mkdir()
    (staging / "tables").mkdir()
    (staging / "source" / "claims.csv").write_bytes(content)
    (staging / "tables" / "claims.parquet").write_bytes(content[::-1])
    (staging / "rejects.parquet").write_bytes(b"no rejects")


def deliver(workspace: WorkspaceFolder, content: bytes, progress: Progress = silent) -> Feed:
    with workspace.staging(progress) as staging:
        fill(staging, content)
        return workspace.publish_feed(staging, feed_of(content), progress)


def deliver_all(workspace: WorkspaceFolder, contents: Iterable[bytes]) -> list[Feed]:
    return [deliver(workspace, content) for content in contents]


def run_of(snapshot_id: str, run_id: str = "run1", result_hash: str = "aa") -> RunRecord:
    return RunRecord(run_id, snapshot_id, '{"co_visit.min_size": "3"}', 7, "0.1.0", result_hash)


def deliver_run(workspace: WorkspaceFolder, run: RunRecord, rings: str = "ring_id\n") -> RunRecord:
    with workspace.staging() as staging:
        (staging / "rings.csv").write_text(rings, encoding="utf-8")
        return workspace.publish_run(staging, run)


def leftovers(workspace: WorkspaceFolder) -> list[str]:
    return sorted(path.name for path in workspace.tmp.iterdir() if path.name != "workspace.lock")
