"""Result files byte by byte."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from graphfraud.findings.files import csv_text, result_hash, write_results
from graphfraud.model.results import RESULTS, ResultTable

KINDS = ResultTable(
    "kinds", {"id": "text", "n": "int", "paid": "money", "part": "share", "p": "p", "at": "time"}
)


def row(**more: object) -> pd.DataFrame:
    known: dict[str, object] = {
        "id": "007", "n": 3, "paid": 1234, "part": 0.5, "p": 0.01,
        "at": pd.Timestamp("2025-01-02 03:04:05"),
    }  # fmt: skip
    return pd.DataFrame([known | more])


def line(**more: object) -> str:
    header, text = csv_text(KINDS, row(**more)).split("\n", 1)
    assert header == "id,n,paid,part,p,at"
    return text


def test_a_row_of_every_kind() -> None:
    assert line() == "007,3,12.34,0.500000,0.01,2025-01-02 03:04:05\n"


def test_columns_come_in_the_order_of_the_contract_and_no_others() -> None:
    shuffled = row(other="x")[["p", "at", "other", "paid", "id", "part", "n"]]
    assert csv_text(KINDS, shuffled) == csv_text(KINDS, row())


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (-1250, "-12.50"), (2**53 + 1, "90071992547409.93")]
)
def test_money_is_exact(fen: int, text: str) -> None:
    assert line(paid=fen).split(",")[2] == text


@pytest.mark.parametrize(
    ("p", "text"),
    [(1.0, "1"), (1.23456789e-12, "1.23457e-12"), (0.05, "0.05"), (0.0, "0"), (123456.7, "123457")],
)
def test_p_values_have_six_significant_digits(p: float, text: str) -> None:
    assert line(p=p).split(",")[4] == text


def test_what_is_missing_is_empty() -> None:
    gaps = {"id": None, "paid": None, "part": float("nan"), "at": pd.NaT}
    assert line(**gaps) == ",3,,,0.01,\n"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "=1+1"),
        ("+86", "+86"),
        ("a,b", '"a,b"'),
        ('"x"', '"""x"""'),
        ("a\nb", '"a\nb"'),
        ("a\rb", '"a\rb"'),
        ("中文；", "中文；"),
        ("00123", "00123"),
    ],
)
def test_text_is_text_and_quoted_only_where_it_must(text: str, field: str) -> None:
    assert line(id=text).startswith(f"{field},3,")


def test_an_absent_table_is_its_header_alone(tmp_path: Path) -> None:
    hashes = write_results(tmp_path, {})
    assert {path.name for path in tmp_path.iterdir()} == {t.file for t in RESULTS.values()}
    for table in RESULTS.values():
        data = (tmp_path / table.file).read_bytes()
        assert data == (",".join(table.columns) + "\n").encode()
        assert hashes[table.file] == hashlib.sha256(data).hexdigest()


def test_texts_of_all_languages_are_written_in_utf_8(tmp_path: Path) -> None:
    table = pd.DataFrame({name: ["中"] for name in RESULTS["ring_members"].columns})
    table[["weight", "stability"]] = 1.0
    write_results(tmp_path, {"ring_members": table})
    assert "中".encode() in (tmp_path / "ring_members.csv").read_bytes()


def test_the_hash_of_a_run_depends_on_every_name_and_byte_and_on_no_order() -> None:
    rings, ties = "rings.csv", "ring_ties.csv"
    one = result_hash({rings: "1", ties: "2"})
    assert one == hashlib.sha256(b"2  ring_ties.csv\n1  rings.csv\n").hexdigest()
    assert one == result_hash({ties: "2", rings: "1"})
    others = [{rings: "1", ties: "3"}, {rings: "1", "ring_claims.csv": "2"}, {rings: "1"}]
    assert len({one, *map(result_hash, others)}) == 4


def test_where_claims_were_delivered_is_no_part_of_the_result() -> None:
    one = {"rings.csv": "1", "claim_sources.csv": "2"}
    assert result_hash(one) == result_hash(one | {"claim_sources.csv": "3"})
