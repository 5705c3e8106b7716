"""Small feeds written row by row, published the way a loader does it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.sources import empty_table
from graphfraud.model.keys import digest
from graphfraud.model.tables import TABLES
from graphfraud.workspace import Feed, TableCount, WorkspaceFolder

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

_REJECTS = pa.schema(
    [(name, pa.string()) for name in ("table_name", "outcome", "column_name", "value")]
)


def claim(claim_id: str, person: str, start: str = "2025-03-03 09:00:00", **more: object) -> Row:
    """Return one claim: at facility F1, a pharmacy purchase, unless `more` says otherwise."""
    known: dict[str, object] = {"claim_id": claim_id, "person_id": person, "facility_id": "F1"}
    known |= {"med_type": "pharmacy", "start_time": datetime.fromisoformat(start)}
    return known | {"total_amount": 1000} | more


def deliver(workspace: WorkspaceFolder, tables: Tables, rejects: Sequence[Row] = ()) -> Feed:
    """Publish one feed; its id follows from its rows."""
    content = json.dumps([tables, list(rejects)], default=str, sort_keys=True).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    with workspace.staging() as staging:
        (staging / "source").mkdir()
        (staging / "tables").mkdir()
        (staging / "source" / "delivery.csv").write_bytes(content)
        for name, rows in tables.items():
            write_table(staging / "tables" / f"{name}.parquet", name, rows)
        pq.write_table(pa.Table.from_pylist(list(rejects), _REJECTS), staging / "rejects.parquet")
        counts = {name: TableCount(len(rows), len(rows)) for name, rows in tables.items()}
        feed_id = digest(sha256, "", "1")
        feed = Feed(feed_id, "delivery.csv", sha256, len(content), "csv", tables=counts)
        return workspace.publish_feed(staging, feed)


def write_table(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write rows as a loaded Parquet file: canonical columns, record number and hash."""
    schema = empty_table(TABLES[name]).schema
    stamped = [
        {"record_no": n, "record_hash": hashlib.sha256(str(n).encode()).digest()} | dict(row)
        for n, row in enumerate(rows, 1)
    ]
    whole = pa.Table.from_pylist(stamped, schema)
    pq.write_table(whole.drop_columns(["feed_id"]), path)


def engine_on(workspace: WorkspaceFolder) -> Engine:
    """Return an engine that reaches the workspace and nothing else."""
    return Engine(temporary=workspace.tmp / "spill", allowed=[workspace.path])
