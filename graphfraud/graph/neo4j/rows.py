"""Turns a file of a graph part into batches of rows as Bolt carries them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphfraud.graph.part import Part, damaged
from graphfraud.model.ontology import NodeKind, RelationshipKind

Row = list[object]  # the driver packs lists faster than tuples
_SECONDS = pa.timestamp("s")
_DAY = len("2025-03-01")


@dataclass(frozen=True)
class Stream:
    """Rows of one file that go through one statement; `label` picks those with this label.

    name: what its batches are called by, the same on every machine; has_hubs: whether rows begin
    with a hub, those of one hub one after the other.
    """

    name: str
    statement: str
    file: Path
    columns: tuple[str, ...]
    rows: int
    label: str | None = None
    has_hubs: bool = False


def streams(part: Part) -> Iterator[Stream]:
    """Yield what fills in a part: its nodes, kind by kind, then its relationships."""
    for kind in part.node_kinds():
        yield from _of_nodes(part, kind)
    for relationship in part.edge_kinds():
        total = part.checksum.edges[relationship.name].n
        if total:
            yield _of_edges(part, relationship, total)


def _of_nodes(part: Part, kind: NodeKind) -> Iterator[Stream]:
    file, total = part.nodes(kind.name), part.checksum.nodes[kind.name].n
    columns = ("node", "id", *(one.name for one in kind.columns))
    if total and not kind.labels:
        yield Stream(kind.name, f"load/nodes_{kind.name}".lower(), file, columns, total)
    if total and kind.labels:
        labels = _labels(file)
        for label in ("", *kind.labels):
            count = pc.sum(_wanted(labels, label)).as_py() or 0
            name = f"{kind.name}_{label}".strip("_")
            if count:
                yield Stream(name, f"load/nodes_{name}".lower(), file, columns, count, label)


def _labels(file: Path) -> pa.ChunkedArray:
    try:
        return pq.read_table(file, columns=["label"])["label"]
    except (OSError, pa.ArrowException) as error:
        raise damaged(file, error) from error


def _of_edges(part: Part, kind: RelationshipKind, total: int) -> Stream:
    columns = (*kind.sides, *(one.name for one in kind.columns))
    statement = f"load/edges_{kind.name}".lower()
    return Stream(kind.name, statement, part.edges(kind.name), columns, total, has_hubs=True)


def batches(stream: Stream, size: int) -> Iterator[list[Row]]:
    """Yield the stream's rows, `size` at a time and the last ones fewer; never depends on layout.

    Times and dates are ISO text, made into Neo4j's own by the statement.
    """
    try:
        yield from map(_rows, _pieces(stream, size))
    except (OSError, pa.ArrowException) as error:
        raise damaged(stream.file, error) from error


def as_sent(stream: Stream, rows: list[Row]) -> list[Row]:
    """Return rows as the stream's statement takes them: a hub goes, and is looked up, once.

    >>> at = Stream("AT", "load/edges_at", Path("AT.parquet"), (), 3, has_hubs=True)
    >>> as_sent(at, [[7, 1], [7, 2], [8, 1]])
    [[7, [[1], [2]]], [8, [[1]]]]
    """
    if not stream.has_hubs:
        return rows
    return [[hub, [row[1:] for row in same]] for hub, same in groupby(rows, itemgetter(0))]


def _pieces(stream: Stream, size: int) -> Iterator[pa.RecordBatch | pa.Table]:
    if stream.label is not None:
        table = pq.read_table(stream.file)
        chosen = table.filter(_wanted(table["label"], stream.label)).select(list(stream.columns))
        yield from (chosen.slice(start, size) for start in range(0, chosen.num_rows, size))
        return
    with pq.ParquetFile(stream.file) as parquet:
        yield from parquet.iter_batches(size, columns=list(stream.columns))


def _wanted(labels: pa.ChunkedArray, label: str) -> pa.ChunkedArray:
    return pc.equal(pc.fill_null(labels, ""), label)


def _rows(batch: pa.RecordBatch | pa.Table) -> list[Row]:
    columns = [_plain(column).to_pylist() for column in batch.columns]
    return list(map(list, zip(*columns, strict=True)))


def _plain(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        text = column.cast(_SECONDS).cast(pa.string())  # with a blank; far faster than strftime
        return pc.binary_replace_slice(text, _DAY, _DAY + 1, "T")
    return column.cast(pa.string()) if pa.types.is_date(column.type) else column
