"""Reads Parquet: every column is written as text without loss, or refused.

Texts, whole numbers and decimals are what they are. A fraction type under an identifier is refused
record by record: beyond 15 digits it has lost some. Nested columns and times with a zone are
refused as a whole.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphfraud.errors import FeedError
from loaders.delimited import Layout
from loaders.limits import COLUMNS
from loaders.notes import column_notes
from loaders.records import Records
from loaders.text_table import TextTable, attaching, refused

ROWS_AT_ONCE = 1 << 16
_WHOLE = (pa.types.is_integer, pa.types.is_decimal, pa.types.is_date, pa.types.is_time)


def read_parquet(path: Path, file_name: str, layout: Layout, work: Path) -> Records:
    """Return the records of a Parquet file; FeedError where it cannot be read as a whole."""
    try:
        with pq.ParquetFile(path) as file:
            return _read(file, file_name, layout, work)
    except (pa.ArrowException, OSError) as error:
        raise FeedError(
            f"{file_name} cannot be read as Parquet: {error}.", hint="Deliver the file again."
        ) from error


def _read(file: pq.ParquetFile, file_name: str, layout: Layout, work: Path) -> Records:
    schema = file.schema_arrow
    if len(schema) > COLUMNS or not schema.names:
        raise FeedError(f"{file_name} has {len(schema)} columns.", hint=f"1 to {COLUMNS} are read.")
    plans = layout.plans(schema.names)
    used = frozenset[int]().union(*(plan.positions for plan in plans))
    for place in sorted(used):
        _check_type(schema.field(place), file_name)
    identifiers = frozenset[int]().union(*(plan.identifiers() for plan in plans))
    table = TextTable(work / "columns.parquet", len(schema))
    for batch in file.iter_batches(ROWS_AT_ONCE):
        batch.validate(full=True)
        columns = enumerate(batch.columns)
        table.add([_texts(column, place in identifiers) for place, column in columns])
    table.close()
    return Records(
        plans=plans,
        sound=table.rows,
        numbered=True,
        attach=attaching(table),
        notes=tuple(column_notes(schema.names, plans, table.rows)),
    )


def _check_type(field: pa.Field, file_name: str) -> None:
    kind = _plain_type(field.type)
    if pa.types.is_timestamp(kind) and kind.tz:
        raise FeedError(
            f"{file_name} has times with a zone in {field.name!r} ({kind}).",
            hint="Write local times without a zone.",
        )
    if not _is_readable(kind):
        raise FeedError(
            f"{file_name} has a column {field.name!r} of type {field.type}.",
            hint="Write it as text.",
        )


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_readable(kind: pa.DataType) -> bool:
    checks = (
        *_WHOLE, pa.types.is_floating, pa.types.is_boolean, pa.types.is_string,
        pa.types.is_large_string, pa.types.is_string_view, pa.types.is_timestamp, pa.types.is_null,
    )  # fmt: skip
    return any(check(kind) for check in checks)


def _texts(column: pa.Array, is_identifier: bool) -> pa.Array:  # noqa: FBT001 - one use
    """Return a column as text; what no table uses and cannot be text is empty."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not _is_readable(column.type):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(column.type):
        texts = pa.array([_shortest(value) for value in column.to_pylist()], pa.string())
        return refused(texts, pc.is_valid(texts), "numeric_identifier") if is_identifier else texts
    if pa.types.is_timestamp(column.type):
        return _times(column)
    return column.cast(pa.string())


def _shortest(value: float | None) -> str | None:
    if value is None or value != value:  # noqa: PLR0124 - a missing number, as pandas writes it
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _times(column: pa.Array) -> pa.Array:
    """Return times as text, with fractions of a second only where there are any."""
    try:
        return pc.strftime(column.cast(pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")
    except pa.ArrowInvalid:
        return pc.strftime(column.cast(pa.timestamp("us"), safe=False), "%Y-%m-%d %H:%M:%S")
