"""The workspace: immutable, content-addressed feeds, snapshots and runs, and one catalog."""

from graphfraud.workspace.folder import WorkspaceFolder
from graphfraud.workspace.judgements import VERDICTS, Judgement
from graphfraud.workspace.records import Damage, Feed, RunRecord, Snapshot, TableCount

__all__ = [
    "VERDICTS",
    "Damage",
    "Feed",
    "Judgement",
    "RunRecord",
    "Snapshot",
    "TableCount",
    "WorkspaceFolder",
]
