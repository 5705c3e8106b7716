"""Reads the kept file of a graph source: one JSON list a line, every cell as text or refused.

A fraction under an identifier is refused, for its digits may be gone; whole numbers are exact in
Neo4j and become their digits. A list, a point or whatever else is no single value is refused: as
no amount, date or code, and by a mark where any text would do.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from loaders.limits import RAW_CHARACTERS
from loaders.neo4j_mapping import GraphSource
from loaders.notes import column_notes
from loaders.plan import TablePlan
from loaders.recognise import shown
from loaders.records import Records
from loaders.text_table import TextTable, attaching

ROWS_AT_ONCE = 20_000
BYTES_AT_ONCE = 32 << 20


def read_graph_records(path: Path, source: GraphSource, work: Path) -> Records:
    """Return the records of a kept file, its first line passed over."""
    table = TextTable(work / "graph.parquet", len(source.references))
    identifiers, free = source.plan.identifiers(), _free(source.plan)
    filled: set[int] = set()
    for rows in _parts(path):
        columns = []
        for place, cells in enumerate(zip(*rows, strict=True)):
            how = {"is_identifier": place in identifiers, "is_free": place in free}
            columns.append(pa.array((text_of(cell, **how) for cell in cells), pa.string()))
            if columns[-1].null_count < len(rows):
                filled.add(place)
        table.add(columns)
    table.close()
    return Records(
        plans=(source.plan,),
        sound=table.rows,
        numbered=True,
        attach=attaching(table),
        encoding="utf-8",
        notes=(*_notes(source, filled), *column_notes(source.titles, [source.plan], table.rows)),
    )


def _free(plan: TablePlan) -> frozenset[int]:
    """Return the positions under which any text would be accepted."""
    return frozenset(
        place
        for name, rule in plan.rules.items()
        if plan.table.column(name).kind in ("id", "text")
        for place in rule.sources
    )


def _notes(source: GraphSource, filled: set[int]) -> Iterator[str]:
    yield f"read from {shown([source.origin.title])}"
    empty = [title for place, title in enumerate(source.titles) if place not in filled]
    if empty:
        yield f"without a value in every record: {shown(empty)}"


def _parts(path: Path) -> Iterator[list[list[object]]]:
    """Yield the records in parts that fit into memory, however long their texts are."""
    rows: list[list[object]] = []
    size = 0
    with path.open("rb") as stream:
        stream.readline()
        for line in stream:
            rows.append(json.loads(line))
            size += len(line)
            if len(rows) >= ROWS_AT_ONCE or size > BYTES_AT_ONCE:
                yield rows
                rows, size = [], 0
    if rows:
        yield rows


def text_of(cell: object, *, is_identifier: bool = False, is_free: bool = False) -> str | None:
    """Return a cell as text, None where it is empty.

    >>> text_of(7, is_identifier=True), text_of(12.5), text_of(True), text_of(float("nan"))
    ('7', '12.5', 'true', None)
    """
    if cell is None or isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _fraction(cell, is_identifier=is_identifier)
    if isinstance(cell, int):
        return str(cell)
    # A NUL makes it a text that cannot be believed; what is before it is shown beside the reason.
    return json.dumps(cell, ensure_ascii=False)[:RAW_CHARACTERS] + "\0" * is_free


def _fraction(cell: float, *, is_identifier: bool) -> str | None:
    if cell != cell:  # noqa: PLR0124 - a missing number, as data frames write it into graphs
        return None
    exact = cell.is_integer() and abs(cell) < 2**53
    text = str(int(cell)) if exact else repr(cell)
    return f"\0numeric_identifier\0{text}" if is_identifier else text
