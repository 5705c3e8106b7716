"""Typed sources as text: XLSX cells and Parquet columns become one plain Parquet of texts.

A cell that must not be believed (an identifier kept as a number, a text with a lost character)
becomes NUL, reason, NUL, text; the macros of graphfraud/sql/macros/cells.sql reject it from there.
"""

from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphfraud.engine.duckdb import Engine
from loaders.limits import FIELD_BYTES

_NUMERIC = "\0numeric_identifier\0"


class TextTable:
    """A growing Parquet file of numbered records, all their fields text."""

    def __init__(self, path: Path, width: int) -> None:
        """Begin a table of `width` columns at `path`."""
        self.path = path
        self.rows = 0
        names = [f"s{place}" for place in range(width)]
        self._schema = pa.schema(
            [
                ("record_no", pa.int64()),
                ("file_line", pa.int64()),
                *((n, pa.string()) for n in names),
            ]
        )
        self._writer = pq.ParquetWriter(path, self._schema)

    def add(self, columns: list[pa.Array]) -> None:
        """Append records, given by columns of text."""
        size = len(columns[0])
        numbers = pa.array(range(self.rows + 1, self.rows + size + 1), pa.int64())
        lines = pa.nulls(size, pa.int64())
        table = pa.table([numbers, lines, *map(guarded, columns)], schema=self._schema)
        self._writer.write_table(table)
        self.rows += size

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def attach_text(path: Path, engine: Engine) -> None:
    """Let the engine read a finished table as `source`."""
    engine.run("load/source_parquet", {"file": path})


def attaching(table: TextTable) -> "partial[None]":
    """Return what attaches `table` when the engine is there."""
    return partial(attach_text, table.path)


def refused(texts: pa.Array, where: pa.Array, reason: str) -> pa.Array:
    """Return `texts` with those marked in `where` refused for `reason`; missing stays missing."""
    marked = pc.binary_join_element_wise(f"\0{reason}\0", texts, "")
    return pc.if_else(pc.fill_null(where, fill_value=False), marked, texts)


def guarded(texts: pa.Array) -> pa.Array:
    r"""Refuse texts that lost a character (NUL, U+FFFD) or are longer than a field may be.

    >>> guarded(pa.array(["a", None, "b\ufffd"])).to_pylist()
    ['a', None, '\x00undecodable_text\x00b\ufffd']
    """
    sound = pc.invert(pc.starts_with(texts, _NUMERIC))
    lost = pc.or_(pc.match_substring(texts, "\ufffd"), pc.match_substring(texts, "\0"))
    texts = refused(texts, pc.and_(sound, lost), "undecodable_text")
    long = pc.greater(pc.binary_length(texts), FIELD_BYTES)
    return refused(texts, pc.and_(sound, long), "field_too_long")
