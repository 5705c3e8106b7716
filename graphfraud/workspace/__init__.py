"""The workspace: immutable, content-addressed feeds, snapshots and runs, and one catalog."""

from graphfraud.workspace.folder import WorkspaceFolder
from graphfraud.workspace.records import Damage, Feed, RunRecord, Snapshot, TableCount

__all__ = ["Damage", "Feed", "RunRecord", "Snapshot", "TableCount", "WorkspaceFolder"]
