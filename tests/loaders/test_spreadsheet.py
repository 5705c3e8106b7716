"""XLSX: cell types, sheets, and packages that are not what they say."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped]
import pytest

from graphfraud.errors import FeedError
from loaders import spreadsheet

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

Loading = Callable[..., list["Loaded"]]
HEAD = ["claim_id", "person_id", "facility_id", "med_type", "start_time", "total_amount"]
NOON = datetime.fromisoformat("2025-01-02 12:00:00")


def save(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_cell_types(load_files: Loading, tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        HEAD,
        ["C1", "P1", "F1", 11, NOON, 12.5],
        ["C2", 440301199001011234, "F1", "住院", NOON, 12.5],
        ["C3", "P1", "F1", "21", date(2025, 1, 2), 100],
        [],
        ["C4", "P1", "F1", True, NOON, 1],
        ["C5", "P1", "F1", 41, 45000, 1],
        ["C6", date(2025, 3, 4), "F1", 41, NOON, 1],
        ["C7", "P1", "F1", 41, NOON, 0.125],
        ["C8", "P1", "F1", 41, NOON, 1e20, "beyond the header"],
        ["C9", "P\ufffd", "F1", 41, NOON],
    ]
    (feed,) = load_files([save(tmp_path / "a.xlsx", {"claims": rows})])
    found = [(r["claim_id"], r["med_type"], r["total_amount"]) for r in feed.rows("claims")]
    assert found == [("C1", "outpatient", 1250), ("C3", "inpatient", 10000)]
    assert feed.rows("claims")[0]["start_time"] == NOON
    assert feed.reasons() == {
        2: ["numeric_identifier"],
        4: ["unknown_code"],
        5: ["date_format"],
        6: ["numeric_identifier"],
        7: ["amount_precision"],
        8: ["amount_format"],
        9: ["undecodable_text", "missing_value"],
    }
    assert feed.rejects()[0]["value"] == "4.403011990010113e+17"
    assert feed.rejects()[0]["line_no"] is None


def test_line_numbers_of_items_may_be_numbers(load_files: Loading, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["claim_id", "line_no", "item_code", "quantity", "amount"],
        ["C1", 1, "X", 2, 0.3],
        ["C1", 2, 77, 2, 0.3],
    ]
    (feed,) = load_files([save(tmp_path / "a.xlsx", {"s": rows})])
    assert [row["line_no"] for row in feed.rows("claim_items")] == ["1"]
    assert feed.reasons() == {2: ["numeric_identifier"]}


def test_sheets_of_one_header_follow_each_other(load_files: Loading, tmp_path: Path) -> None:
    parts = {f"part{n}": [HEAD, [f"C{n}", "P1", "F1", "11", "2025-01-02", "1"]] for n in (1, 2)}
    (feed,) = load_files([save(tmp_path / "a.xlsx", parts | {"readme": [["hello"]], "empty": []})])
    assert [(r["claim_id"], r["record_no"]) for r in feed.rows("claims")] == [("C1", 1), ("C2", 2)]
    assert "sheet readme holds no table and was passed over" in feed.feed.notes
    assert "sheets: part1, part2" in feed.feed.notes


def test_one_table_with_two_headers_is_refused(load_files: Loading, tmp_path: Path) -> None:
    parts = {"one": [HEAD], "two": [[*HEAD, "invoice_no"]]}
    with pytest.raises(FeedError, match="sheet two: the same table as in sheet one"):
        load_files([save(tmp_path / "a.xlsx", parts)])


def test_an_incomplete_sheet_is_not_passed_over(load_files: Loading, tmp_path: Path) -> None:
    parts = {"one": [HEAD], "two": [["from_id", "to_id"]]}
    with pytest.raises(FeedError, match=r"sheet two: a.xlsx looks like relations but has no"):
        load_files([save(tmp_path / "a.xlsx", parts)])


def test_no_table_at_all(load_files: Loading, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="no header that makes a table"):
        load_files([save(tmp_path / "a.xlsx", {"one": [["x", "y"]]})])
    with pytest.raises(FeedError, match="513 columns"):
        load_files([save(tmp_path / "b.xlsx", {"one": [[f"c{n}" for n in range(513)]]})])


def test_packages_that_are_none(
    load_files: Loading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FeedError, match="is no XLSX file"):
        load_files([path])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("x.xml", "<x/>")
    with pytest.raises(FeedError, match="cannot be read as XLSX"):
        load_files([path])
    monkeypatch.setattr(spreadsheet, "RATIO_FROM_BYTES", 1 << 16)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (1 << 20))
    with pytest.raises(FeedError, match="unpacks to 1,048,576 bytes"):
        load_files([path])


def test_a_header_alone(load_files: Loading, tmp_path: Path) -> None:
    (feed,) = load_files([save(tmp_path / "a.xlsx", {"claims": [HEAD]})])
    assert (feed.feed.tables["claims"].read, feed.feed.format) == (0, "xlsx")
    assert feed.rows("claims") == []
