"""Parquet: every type becomes text without loss, or is refused."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphfraud.errors import FeedError

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

Loading = Callable[..., list["Loaded"]]
DAY = date(2025, 1, 2)
NOON = datetime.fromisoformat("2025-01-02 12:00:00")
BASE: dict[str, list[Any]] = {
    "claim_id": ["C1", "C2"], "person_id": ["007", "008"], "facility_id": ["F1", "F1"],
    "med_type": ["outpatient", "inpatient"], "start_time": [NOON, NOON],
    "total_amount": ["12.50", "1"],
}  # fmt: skip


def save(path: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(BASE | columns), path)
    return path


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("total_amount", pa.array([12.5, 3.0]), [1250, 300]),
        ("total_amount", pa.array([12, 3]), [1200, 300]),
        ("total_amount", pa.array([Decimal("0.10"), Decimal("7.25")]), [10, 725]),
        ("person_id", pa.array([440301199001011234, 7]), ["440301199001011234", "7"]),
        ("person_id", pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        ("person_id", pa.array(["a", "a"]).dictionary_encode(), ["a", "a"]),
        ("med_type", pa.array([11, 21], pa.int8()), ["outpatient", "inpatient"]),
        ("fund_amount", pa.array([float("nan"), None]), [None, None]),
        ("fund_amount", pa.nulls(2), [None, None]),
        ("start_time", pa.array([DAY, DAY]), [datetime.fromisoformat("2025-01-02")] * 2),
        ("start_time", pa.array([NOON, NOON], pa.timestamp("ns")), [NOON, NOON]),
        ("start_time", pa.array([NOON.replace(microsecond=5), None]), None),
        ("unused", pa.array([[1], [2]]), None),
    ],
)
def test_types(
    load_files: Loading, tmp_path: Path, column: str, values: pa.Array, expected: list[Any] | None
) -> None:
    (feed,) = load_files([save(tmp_path / "claims.parquet", {column: values})])
    rows = feed.rows("claims")
    if expected is None:
        assert rows[0]["claim_id"] == "C1"
    else:
        assert [row[column] for row in rows] == expected


def test_fractions_under_identifiers_and_lost_text(load_files: Loading, tmp_path: Path) -> None:
    columns = {"person_id": pa.array([4.4e17, None]), "diagnosis_code": ["a\ufffd", "b\0"]}
    (feed,) = load_files([save(tmp_path / "claims.parquet", columns)])
    assert feed.reasons() == {
        1: ["undecodable_text", "numeric_identifier"], 2: ["undecodable_text", "missing_id"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (pa.array([NOON, NOON], pa.timestamp("us", "UTC")), "times with a zone"),
        (pa.array([[NOON], []]), "type list"),
        (pa.array([{"a": 1}, None]), "type struct"),
        (pa.array([b"x", b"y"]), "type binary"),
    ],
)
def test_columns_that_cannot_be_text(
    load_files: Loading, tmp_path: Path, values: pa.Array, said: str
) -> None:
    with pytest.raises(FeedError, match=said):
        load_files([save(tmp_path / "claims.parquet", {"start_time": values})])


def test_a_damaged_file(load_files: Loading, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(b"PAR1 and no more PAR1")
    with pytest.raises(FeedError, match="cannot be read as Parquet"):
        load_files([path])
    content = bytearray(save(path, {"diagnosis_code": ["zzzz", "zzzy"]}).read_bytes())
    content[content.index(b"zzzz")] = 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(FeedError, match="cannot be read as Parquet"):
        load_files([path])


def test_a_file_without_rows(load_files: Loading, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    pq.write_table(pa.table({name: pa.array([], pa.string()) for name in BASE}), path)
    (feed,) = load_files([path])
    assert feed.feed.tables["claims"].read == 0
    assert "there is a header and no record under it" in feed.feed.notes
