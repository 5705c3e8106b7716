"""Gives the engine a snapshot's files, checked; what no feed delivers is an empty, typed table."""

from pathlib import Path

import pyarrow as pa

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import WorkspaceError
from graphfraud.model.tables import TABLES, Table
from graphfraud.progress import Progress, silent
from graphfraud.workspace import Feed, Snapshot, WorkspaceFolder
from graphfraud.workspace.durable import file_hash

_NUMBER = pa.decimal128(18, 4)
_TYPES = {
    "money": pa.int64(),
    "number": _NUMBER,
    "time": pa.timestamp("us"),
    "date": pa.date32(),
}
_PROVENANCE = [("record_no", pa.int64()), ("record_hash", pa.binary()), ("feed_id", pa.string())]
REJECTS = "rejects.parquet"


def snapshot_feeds(
    workspace: WorkspaceFolder, snapshot: Snapshot, progress: Progress = silent
) -> list[Feed]:
    """Return the snapshot's feeds, by feed_id, after reading every byte that will be used.

    WorkspaceError names the first file that is gone or has changed since it was loaded.
    """
    workspace.check_feed_files(snapshot.feed_ids)
    known = {feed.feed_id: feed for feed in workspace.feeds()}
    feeds = [known[feed_id] for feed_id in sorted(snapshot.feed_ids)]
    for done, feed in enumerate(feeds):
        progress("check files", done, len(feeds))
        _check_hashes(workspace, feed)
    progress("check files", len(feeds), len(feeds))
    return feeds


def _check_hashes(workspace: WorkspaceFolder, feed: Feed) -> None:
    folder = workspace.feed_folder(feed.feed_id)
    for name, expected in sorted(feed.files.items()):
        used = name.startswith("tables/") or name == REJECTS
        if used and file_hash(folder / name) != expected:
            raise WorkspaceError(
                f"{folder / name} has changed since it was loaded.",
                hint="Load the delivered file again: what is damaged is replaced.",
            )


def table_files(workspace: WorkspaceFolder, feeds: list[Feed], table: str) -> list[Path]:
    """Return the Parquet files of one table, one per feed that delivers it, by feed_id."""
    name = f"tables/{table}.parquet"
    return [workspace.feed_folder(feed.feed_id) / name for feed in feeds if name in feed.files]


def rows_of(table: str) -> str:
    """Return the name of the view that holds all delivered rows of a table.

    >>> rows_of("claims")
    'claims_rows'
    """
    return f"{table}_rows"


def attach_rows(engine: Engine, table: str, files: list[Path]) -> None:
    """Make `rows_of(table)`: what the files hold, or no rows of the right types."""
    if not files:
        engine.register(rows_of(table), empty_table(TABLES[table]))
        return
    names = {"rows": rows_of(table), "files_of": f"{table}_files"}
    engine.run("snapshot/rows", {"files": files}, names=names)


def empty_table(table: Table) -> pa.Table:
    """Return no rows with the columns and types that a loaded file of this table has."""
    columns = [(column.name, _TYPES.get(column.kind, pa.string())) for column in table.columns]
    if table.name == "persons":
        columns.append(("id_number_ok", pa.bool_()))
    return pa.schema(columns + _PROVENANCE).empty_table()
