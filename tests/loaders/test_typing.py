"""What becomes of each way to write a value: typed, or rejected for the reason named here."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.loaders.conftest import Loaded

LoadOne = Callable[..., "Loaded"]
moment = datetime.fromisoformat

CLAIM = {
    "claim_id": "C", "person_id": "P1", "facility_id": "F1", "med_type": "outpatient",
    "start_time": "2025-03-01 08:00:00", "end_time": "", "total_amount": "10.00",
    "fund_amount": "", "insurance_type": "", "refund_of": "",
}  # fmt: skip

# (column, text) -> typed value.
TYPED: list[tuple[str, str, object]] = [
    ("total_amount", "0", 0),
    ("total_amount", "12.5", 1250),
    ("total_amount", ".5", 50),
    ("total_amount", "7.", 700),
    ("total_amount", "1.2000", 120),
    ("total_amount", "00012.30", 1230),
    ("total_amount", "999999999999.99", 99999999999999),
    ("total_amount", " 3.10\u3000", 310),
    ("fund_amount", "-2.00", -200),
    ("med_type", "11", "outpatient"),
    ("med_type", "1403", "outpatient"),
    ("med_type", "普通门诊", "outpatient"),
    ("med_type", "21", "inpatient"),
    ("med_type", "住院", "inpatient"),
    ("med_type", "41", "pharmacy"),
    ("med_type", "定点药店", "pharmacy"),
    ("med_type", "零星报销", "manual"),
    ("med_type", "Outpatient", "outpatient"),
    ("insurance_type", "310", "310"),
    ("insurance_type", "397", "397"),
    ("insurance_type", "居民医保", "390"),
    ("person_id", "00012345678901234567", "00012345678901234567"),
    ("person_id", "x" * 64, "x" * 64),
    ("person_id", " 张三 ", "张三"),
    ("person_id", "a+b", "a+b"),
    ("start_time", "2025-01-02", moment("2025-01-02 00:00:00")),
    ("start_time", "2025-1-2 8:03", moment("2025-01-02 08:03:00")),
    ("start_time", "2025/1/2 08:03:04", moment("2025-01-02 08:03:04")),
    ("start_time", "2025-01-02T08:03:04.5", moment("2025-01-02 08:03:04.500000")),
    ("start_time", "20250102", moment("2025-01-02 00:00:00")),
    ("start_time", "20250102235959", moment("2025-01-02 23:59:59")),
    ("start_time", "2025年1月2日", moment("2025-01-02 00:00:00")),
    ("start_time", "2025年01月02日 8:03", moment("2025-01-02 08:03:00")),
    ("start_time", "2024-02-29", moment("2024-02-29 00:00:00")),
    ("start_time", "2026-01-31 23:59:59", moment("2026-01-31 23:59:59")),
    ("start_time", "1900-01-01", moment("1900-01-01 00:00:00")),
]

# (column, text) -> reasons.
REFUSED: list[tuple[str, str, list[str]]] = [
    ("claim_id", "", ["missing_id"]),
    ("person_id", " \u3000", ["missing_id"]),
    ("person_id", "x" * 65, ["malformed_id"]),
    ("person_id", "a\tb", ["malformed_id"]),
    ("person_id", "4.40301E+17", ["numeric_identifier"]),
    ("med_type", "", ["missing_value"]),
    ("med_type", "1", ["unknown_code"]),
    ("med_type", "31", ["unknown_code"]),
    ("med_type", "other", ["unknown_code"]),
    ("insurance_type", "31", ["unknown_code"]),
    ("total_amount", "", ["missing_value"]),
    ("total_amount", "1,234.00", ["amount_format"]),
    ("total_amount", "¥5", ["amount_format"]),
    ("total_amount", "1e3", ["amount_format"]),
    ("total_amount", "+5", ["amount_format"]),
    ("total_amount", "５", ["amount_format"]),
    ("total_amount", "- 5", ["amount_format"]),
    ("total_amount", ".", ["amount_format"]),
    ("total_amount", "1.005", ["amount_precision"]),
    ("total_amount", "1000000000000", ["amount_overflow"]),
    ("total_amount", "9" * 60, ["amount_overflow"]),
    ("total_amount", "-1", ["amount_negative"]),
    ("start_time", "", ["missing_value"]),
    ("start_time", "01/02/2025", ["date_ambiguous"]),
    ("start_time", "1-2-25 08:00", ["date_ambiguous"]),
    ("start_time", "2025-02-30", ["date_format"]),
    ("start_time", "2025-01-02 24:00:00", ["date_format"]),
    ("start_time", "2025-01-02 08:00:00Z", ["date_format"]),
    ("start_time", "2025-01/02", ["date_format"]),
    ("start_time", "20251301", ["date_format"]),
    ("start_time", "45000", ["date_format"]),
    ("start_time", "1899-12-31", ["date_range"]),
    ("start_time", "2026-02-01", ["date_future"]),
    ("end_time", "2025-02-28", ["date_order"]),
]


def csv_text(rows: list[dict[str, str]]) -> str:
    lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
    return "\n".join([",".join(rows[0]), *lines]) + "\n"


def numbered(cases: list[Any]) -> list[dict[str, str]]:
    return [
        CLAIM | {"claim_id": f"C{n}", column: text}
        for n, (column, text, _) in enumerate(cases, start=1)
    ]


def test_values_are_typed(load_bytes: LoadOne) -> None:
    loaded = load_bytes(csv_text(numbered(TYPED)))
    assert loaded.rejects() == []
    for row, (column, text, expected) in zip(loaded.rows("claims"), TYPED, strict=True):
        assert row[column] == expected, text


def test_values_are_refused_with_reasons(load_bytes: LoadOne) -> None:
    loaded = load_bytes(csv_text(numbered(REFUSED)))
    assert loaded.rows("claims") == []
    expected = {n: reasons for n, (_, _, reasons) in enumerate(REFUSED, start=1)}
    assert loaded.reasons() == expected
    for row, (column, text, _) in zip(loaded.rejects(), REFUSED, strict=True):
        assert row["column_name"] == column
        assert row["value"] == (text.strip(" \u3000") or None)
        assert row["line_no"] == row["record_no"] + 1


@pytest.mark.parametrize("cases", [TYPED, REFUSED])
def test_the_short_way_for_tidy_files_gives_the_same(load_bytes: LoadOne, cases: list[Any]) -> None:
    """One untidy record turns the closer look on for all others."""
    tidy = [case for case in cases if case[1] == case[1].strip(" \u3000") and "+" not in case[1]]
    rows = [row for row in numbered(tidy) if "\t" not in row["person_id"]]
    short = load_bytes(csv_text(rows), "tidy_claims.csv")
    long = load_bytes(csv_text([*rows, CLAIM | {"claim_id": " last "}]), "untidy_claims.csv")
    assert long.rows("claims")[-1]["claim_id"] == "last"
    assert short.rows("claims") == long.rows("claims")[:-1]
    assert short.rejects() == long.rejects()


def test_refunds_may_be_negative(load_bytes: LoadOne) -> None:
    refund = CLAIM | {"claim_id": "C2", "total_amount": "-10.00", "refund_of": "C1"}
    loaded = load_bytes(csv_text([CLAIM | {"claim_id": "C1"}, refund]))
    assert [row["total_amount"] for row in loaded.rows("claims")] == [1000, -1000]


def test_all_reasons_of_a_record_the_first_by_precedence(load_bytes: LoadOne) -> None:
    bad = {"start_time": "x", "total_amount": "y", "claim_id": "", "med_type": "z"}
    row = load_bytes(csv_text([CLAIM | bad])).rejects()[0]
    assert list(row["reasons"]) == ["missing_id", "unknown_code", "amount_format", "date_format"]
    assert (row["reason"], row["column_name"]) == ("missing_id", "claim_id")
    assert row["raw"] == ",P1,F1,z,x,,y,,,"


def test_items_quantities_and_returns(load_bytes: LoadOne) -> None:
    loaded = load_bytes(
        "claim_id,line_no,item_code,quantity,amount\n"
        "C1,1,X,2.5,10\nC1,2,X,-1,-4\nC1,3,X,1,-4\nC1,4,X,1.23456,4\nC1,5,X,1e2,4\n",
        "claim_items.csv",
    )
    assert [(str(r["quantity"]), r["amount"]) for r in loaded.rows("claim_items")] == [
        ("2.5000", 1000), ("-1.0000", -400),
    ]  # fmt: skip
    assert loaded.reasons() == {3: ["amount_negative"], 4: ["number_format"], 5: ["number_format"]}


def test_persons_and_the_check_digit_as_a_flag(load_bytes: LoadOne) -> None:
    numbers = {
        "11010519491231002X": True, "11010519491231002x": True, "110105194912310021": False,
        "A10105194912310021": False, "E12345678": None, "110105491231002": None, "": None,
    }  # fmt: skip
    head = "person_id,name,sex,birth_date,id_number\n"
    lines = [f"P{n},张,男,1949-12-31 00:00:00,{text}\n" for n, text in enumerate(numbers)]
    loaded = load_bytes(head + "".join(lines), "persons.csv")
    assert [row["id_number_ok"] for row in loaded.rows("persons")] == list(numbers.values())
    assert loaded.feed.reasons == {"id_number_checksum": 2}
    assert {row["sex"] for row in loaded.rows("persons")} == {"M"}


def test_a_birth_date_with_a_clock_is_refused(load_bytes: LoadOne) -> None:
    loaded = load_bytes("person_id,name,birth_date\nP1,a,1949-12-31 08:00\n", "persons.csv")
    assert loaded.reasons() == {1: ["date_format"]}


def test_codes_that_mean_not_known_are_missing(load_bytes: LoadOne) -> None:
    text = "facility_id,name,kind\nF1,a,1\nF2,b,2\nF3,c,医院\nF4,d,\nF5,e,zoo\n"
    loaded = load_bytes(text, "facilities.csv")
    assert [row["kind"] for row in loaded.rows("facilities")] == [
        None,
        "pharmacy",
        "hospital",
        None,
    ]
    assert loaded.reasons() == {5: ["unknown_code"]}


def test_powers_of_attorney_may_end_in_the_future(load_bytes: LoadOne) -> None:
    text = (
        "from_type,from_id,relation,to_type,to_id,since,until\n"
        "person,1,agent,person,2,2025-01-01,2030-01-01\n"
        "person,1,agent,person,3,2027-01-01,\n"
        "person,1,agent,person,4,2025-01-01,2024-01-01\n"
        "person,1,agent,person,2,2025-01-01,2030-01-01\n"
        "person,1,agent,person,2,2025-01-01,\n"
    )
    loaded = load_bytes(text, "relations.csv")
    assert loaded.reasons() == {2: ["date_future"], 3: ["date_order"], 4: ["duplicate"]}
    assert len(loaded.rows("relations")) == 2
