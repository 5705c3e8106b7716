"""Reads records from a Neo4j graph of any make into files, as if somebody had delivered them.

A graph changes and gives its things in any order. What is kept is a sorted file of what was read,
so the same graph gives the same bytes, and so the same feed; it names no server.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graphfraud.engine.duckdb import Engine
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.progress import Progress
from graphfraud.settings import Limits
from loaders.neo4j_mapping import GraphMapping, GraphSource
from loaders.neo4j_names import check_filled, check_names

ROWS_AT_ONCE = 10_000
BYTES_AT_ONCE = 32 << 20
_LINES = pa.schema([("line", pa.string())])
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]*[1-9])?)")


def read_graph(
    server: Server, mapping: GraphMapping, folder: Path, limits: Limits, progress: Progress
) -> list[Path]:
    """Write one file into `folder` for each source of the mapping, and return them.

    StoreError where the server cannot be read; MappingError where the graph is another than the
    mapping says. Nothing has been loaded then.
    """
    with Connection(server) as connection:
        check_names(connection, mapping)
        return [_deliver(connection, one, folder, limits, progress) for one in mapping.sources]


def _deliver(
    connection: Connection, source: GraphSource, folder: Path, limits: Limits, progress: Progress
) -> Path:
    unsorted, target = folder / "unsorted.parquet", folder / source.file_name
    rows, filled = 0, set[int]()
    with pq.ParquetWriter(unsorted, _LINES) as writer:
        for lines in _parts(connection, source, filled):
            writer.write_table(pa.table([lines], schema=_LINES))
            rows += len(lines)
            progress(f"load {source.file_name}", rows, None)
    check_filled(connection, source, rows, filled)
    few = replace(limits, batch_rows=min(limits.batch_rows, ROWS_AT_ONCE))
    with Engine(temporary=folder, limits=few) as engine, target.open("wb") as out:
        out.write(f"{source.head()}\n".encode())
        for batch in engine.batches("load/sorted_lines", {"file": unsorted}):
            out.write("".join(f"{line}\n" for line in batch.column(0).to_pylist()).encode())
    unsorted.unlink()
    return target


def _parts(connection: Connection, source: GraphSource, filled: set[int]) -> Iterator[list[str]]:
    """Yield the records as lines, in parts that fit into memory; note which cells are filled."""
    lines: list[str] = []
    size = 0
    for cells in _records(connection, source):
        filled.update(place for place, cell in enumerate(cells) if cell is not None)
        line = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        lines.append(line)
        size += len(line)
        if len(lines) >= ROWS_AT_ONCE or size > BYTES_AT_ONCE:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _records(connection: Connection, source: GraphSource) -> Iterator[list[object]]:
    places = source.places()
    for (cells,) in connection.stream(source.statement, source.parameters()):
        assert isinstance(cells, Sequence)  # noqa: S101  the statement returns one list
        yield [plain(cells[place]) for place in places]


def plain(cell: object) -> object:
    """Return a cell as the kept file holds it: a time as text in the form of a delivered file.

    >>> plain({"time": "2025-03-01T08:15:00"}), plain({"time": "2025-03-01"}), plain(7)
    ('2025-03-01 08:15:00', '2025-03-01', 7)
    """
    if isinstance(cell, dict) and "time" in cell:
        text = str(cell["time"])
        moment = _MOMENT.fullmatch(text)
        return f"{moment[1]} {moment[2]}" if moment else text
    return cell
