"""One set of tables as canonical CSV, national GB18030 CSV, XLSX and Parquet: one typed content."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphfraud.model.tables import TABLES

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

Loading = Callable[..., list["Loaded"]]
ROWS: dict[str, list[list[str]]] = {
    "persons": [
        ["person_id", "name", "sex", "birth_date", "id_number", "insurance_type"],
        ["007", "张三", "M", "1949-12-31", "11010519491231002X", "310"],
        ["008", "李,四", "F", "", "", "390"],
        ["009", '王"五', "?", "1950-01-01", "", "390"],
    ],
    "claims": [
        ["claim_id", "person_id", "facility_id", "med_type", "start_time", "total_amount"],
        ["0001", "007", "F1", "outpatient", "2025-01-02 08:00:00", "12.50"],
        ["0002", "008", "F1", "inpatient", "2025-01-03 00:00:00", "100"],
        ["0002", "008", "F1", "inpatient", "2025-01-03", "100.00"],
        ["0003", "008", "F1", "inpatient", "2025-01-03", "1.001"],
        ["0004", "008", "F2", "pharmacy", "2025-01-03", "1.00"],
        ["0004", "008", "F2", "pharmacy", "2025-01-03", "2.00"],
    ],
}


def write_csv(folder: Path) -> list[Path]:
    paths = [folder / f"{table}.csv" for table in ROWS]
    for path, rows in zip(paths, ROWS.values(), strict=True):
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return paths


def write_national(folder: Path) -> list[Path]:
    paths = [folder / f"export{n}.csv" for n in range(len(ROWS))]
    for path, (table, (head, *rows)) in zip(paths, ROWS.items(), strict=True):
        chinese = [TABLES[table].column(name).chinese[0] for name in head]
        with path.open("w", encoding="gb18030", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([chinese, *rows])
    return paths


def write_xlsx(folder: Path) -> list[Path]:
    book = openpyxl.Workbook()
    book.active.append(["nothing", "to", "see"])
    for table, rows in ROWS.items():
        sheet = book.create_sheet(table)
        for row in rows:
            sheet.append(row)
    book.save(folder / "all.xlsx")
    return [folder / "all.xlsx"]


def write_parquet(folder: Path) -> list[Path]:
    paths = [folder / f"{table}.parquet" for table in ROWS]
    for path, (head, *rows) in zip(paths, ROWS.values(), strict=True):
        columns = list(zip(*rows, strict=True))
        pq.write_table(pa.table(dict(zip(head, columns, strict=True))), path)
    return paths


@pytest.mark.parametrize("write", [write_national, write_xlsx, write_parquet])
def test_the_same_content_from_every_format(
    load_files: Loading, tmp_path: Path, write: Callable[[Path], list[Path]]
) -> None:
    tables: list[dict[str, Any]] = []
    rejects: list[Any] = []
    for form in (write_csv, write):
        folder = tmp_path / form.__name__
        folder.mkdir()
        feeds = load_files(form(folder))
        tables.append({t: feed.rows(t) for feed in feeds for t in feed.feed.tables})
        found = [row | {"line_no": None} for feed in feeds for row in feed.rejects()]
        rejects.append(sorted(found, key=lambda row: (row["table_name"], row["record_no"])))
    assert tables[0] == tables[1]
    assert rejects[0] == rejects[1]
    assert [row["claim_id"] for row in tables[0]["claims"]] == ["0001", "0002"]
    assert [(r["table_name"], r["record_no"], r["reason"]) for r in rejects[0]] == [
        ("claims", 3, "duplicate"),
        ("claims", 4, "amount_precision"),
        ("claims", 5, "conflict"),
        ("claims", 6, "conflict"),
        ("persons", 3, "unknown_code"),
    ]


def test_the_order_of_records_does_not_choose_between_contradictions(
    load_files: Loading, tmp_path: Path
) -> None:
    head, *rows = ROWS["claims"]
    kept = []
    for n, body in enumerate([rows, rows[::-1]]):
        path = tmp_path / f"claims{n}.csv"
        path.write_text("\n".join(",".join(row) for row in [head, *body]), encoding="utf-8")
        (feed,) = load_files([path])
        kept.append(sorted((r["claim_id"], r["total_amount"]) for r in feed.rows("claims")))
        count = feed.feed.tables["claims"]
        assert (count.read, count.loaded, count.duplicate, count.conflict, count.rejected) == (
            6, 2, 1, 2, 1,
        )  # fmt: skip
        assert (count.read_fen, count.loaded_fen) == (1250 + 10000 * 2 + 300, 1250 + 10000)
        assert count.balanced()
    assert kept[0] == kept[1]
