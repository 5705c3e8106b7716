"""Reads XLSX: every sheet with a known header is a table, sheets of one layout follow each other.

Cells carry types: a number under an identifier is refused, for its digits may be gone; other
numbers are written with the fewest digits that tell them apart, dates as ISO text. Formulas count
with the value that was saved; a cell that shows an error is empty.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from graphfraud.errors import FeedError, MappingError
from loaders.delimited import Layout
from loaders.limits import COLUMNS, RATIO, RATIO_FROM_BYTES, UNPACKED_XLSX_BYTES, XLSX_ENTRIES
from loaders.notes import column_notes
from loaders.plan import TablePlan
from loaders.recognise import UnknownLayoutError
from loaders.records import Records
from loaders.text_table import TextTable, attaching

ROWS_AT_ONCE = 20_000


@dataclass
class _Gathered:
    """Sheets of one layout: their header, the tables they make and the records so far."""

    headers: tuple[str, ...]
    plans: tuple[TablePlan, ...]
    table: TextTable
    sheets: list[str] = field(default_factory=list)


def read_spreadsheet(path: Path, file_name: str, layout: Layout, work: Path) -> list[Records]:
    """Return the records of an XLSX file; FeedError where no sheet makes a table."""
    _check_package(path, file_name)
    gathered: list[_Gathered] = []
    passed: list[FeedError] = []
    notes: list[str] = []
    for name, sheet in _sheets(path, file_name):
        rows = _rows(sheet)
        headers = tuple(_text(cell) or "" for cell in next(rows, ()))
        try:
            home = _home(gathered, headers, layout, work)
        except (UnknownLayoutError, MappingError) as fault:
            passed.append(fault)
            notes.append(f"sheet {name} holds no table and was passed over")
            continue
        except FeedError as fault:
            raise FeedError(
                f"{file_name}, sheet {name}: {fault.message}", hint=fault.hint
            ) from fault
        home.sheets.append(name)
        _fill(home, rows)
    if not gathered:
        raise passed[0] if passed else FeedError(f"{file_name} has no sheet.")
    return [_records(home, notes) for home in gathered]


def _check_package(path: Path, file_name: str) -> None:
    """Refuse a package that would unpack beyond measure, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FeedError(
            f"{file_name} is no XLSX file: {error}.", hint="Old .xls files: save as .xlsx."
        ) from error
    size, packed = sum(e.file_size for e in entries), path.stat().st_size
    bomb = size > RATIO_FROM_BYTES and size > RATIO * packed
    if len(entries) > XLSX_ENTRIES or size > UNPACKED_XLSX_BYTES or bomb:
        raise FeedError(
            f"{file_name} unpacks to {size:,} bytes in {len(entries):,} parts from {packed:,}.",
            hint="Save the sheet as CSV.",
        )


def _sheets(path: Path, file_name: str) -> Iterator[tuple[str, CalamineSheet]]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            yield name, workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise FeedError(
            f"{file_name} cannot be read as XLSX: {error}.",
            hint="Open and save it again, without a password.",
        ) from error


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """Yield the rows that are not empty."""
    return (row for row in sheet.iter_rows() if any(cell != "" for cell in row))


def _home(
    gathered: list[_Gathered], headers: tuple[str, ...], layout: Layout, work: Path
) -> _Gathered:
    """Return where a sheet's records belong: beside those of the same header, or a new table."""
    if len(headers) > COLUMNS:
        raise FeedError(f"there are {len(headers):,} columns.", hint=f"At most {COLUMNS}.")
    for home in gathered:
        if home.headers == headers:
            return home
    plans = layout.plans(headers)
    for home in gathered:
        if {p.table.name for p in home.plans} & {p.table.name for p in plans}:
            raise FeedError(
                f"the same table as in sheet {home.sheets[0]} with other columns.",
                hint="Give both sheets one header, or deliver them as two files.",
            )
    table = TextTable(work / f"sheet{len(gathered)}.parquet", len(headers))
    gathered.append(_Gathered(headers, plans, table))
    return gathered[-1]


def _fill(home: _Gathered, rows: Iterator[Sequence[object]]) -> None:
    width = len(home.headers)
    identifiers = frozenset[int]().union(*(plan.identifiers() for plan in home.plans))
    while part := list(islice(rows, ROWS_AT_ONCE)):
        columns = list(zip(*(_cut(row, width) for row in part), strict=True))
        home.table.add(
            [_column(cells, place in identifiers) for place, cells in enumerate(columns)]
        )


def _cut(row: Sequence[object], width: int) -> Sequence[object]:
    return [*row[:width], *[""] * (width - len(row))]


def _column(cells: Sequence[object], is_identifier: bool) -> pa.Array:  # noqa: FBT001 - one use
    texts = (_identifier(cell) if is_identifier else _text(cell) for cell in cells)
    return pa.array(texts, pa.string())


def _identifier(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell or None
    return f"\0numeric_identifier\0{_text(cell)}"


def _text(cell: object) -> str | None:
    """Return a cell as text, None where it is empty."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return repr(cell) if isinstance(cell, (int, float)) else str(cell)


def _records(home: _Gathered, notes: list[str]) -> Records:
    home.table.close()
    columns = column_notes(home.headers, home.plans, home.table.rows)
    return Records(
        plans=home.plans,
        sound=home.table.rows,
        numbered=True,
        attach=attaching(home.table),
        notes=(f"sheets: {', '.join(home.sheets)}", *notes, *columns),
    )
