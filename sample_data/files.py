"""Writes tables in pieces, as CSV (UTF-8, LF, no quotes needed) or Parquet."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

FORMATS = ("csv", "parquet")


def write_table(folder: Path, name: str, pieces: Iterable[pa.Table], kind: str) -> int:
    """Write `pieces` one behind the other to folder/name.kind and return the number of rows."""
    pieces = iter(pieces)
    first = next(pieces)
    path, rows = folder / f"{name}.{kind}", int(first.num_rows)
    with path.open("wb") as file, _writer(file, first.schema, kind) as writer:
        writer.write_table(first)
        for piece in pieces:
            writer.write_table(piece)
            rows += piece.num_rows
    return rows


def _writer(file: object, schema: pa.Schema, kind: str) -> pa.csv.CSVWriter:
    if kind == "parquet":
        return pa.parquet.ParquetWriter(file, schema, compression="zstd", store_schema=False)
    options = pa.csv.WriteOptions(quoting_style="none", quoting_header="none")
    return pa.csv.CSVWriter(file, schema, write_options=options)
