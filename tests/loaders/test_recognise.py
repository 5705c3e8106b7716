"""Which table a header makes, and what is said where it makes none."""

import pytest

from graphfraud.errors import FeedError
from graphfraud.model.tables import TABLES, Table
from loaders.recognise import recognise


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
@pytest.mark.parametrize("names", ["canonical", "national", "chinese"])
def test_every_table_is_recognised_in_every_tongue(table: Table, names: str) -> None:
    headers = [
        {"canonical": [c.name], "national": c.national, "chinese": c.chinese}[names] or (c.name,)
        for c in table.columns
    ]
    plan = recognise([header[0] for header in headers], f"{table.name}.csv")
    assert plan.table is table
    assert {name: rule.sources for name, rule in plan.rules.items()} == {
        column.name: (place,) for place, column in enumerate(table.columns)
    }


def test_case_spaces_mark_and_decoration_do_not_matter() -> None:
    headers = ["\ufeffPSN_NO(人员编号)", " 姓 名 ", "【gend】性别", "x"]
    plan = recognise(headers, "a.csv")
    assert plan.table.name == "persons"
    assert set(plan.rules) == {"person_id", "name", "sex"}


def test_two_headers_for_one_column_in_the_order_of_the_model() -> None:
    claim = ["setl_id", "psn_no", "fixmedins_code", "med_type", "medfee_sumamt"]
    plan = recognise([*claim, "adm_date", "begndate"], "x.csv")
    assert plan.rules["start_time"].sources == (6, 5)


def test_the_file_name_breaks_a_tie() -> None:
    assert recognise(["fixmedins_code", "admdvs"], "south_facilities.csv").table.name == (
        "facilities"
    )


@pytest.mark.parametrize(
    ("headers", "said", "hint"),
    [
        (["a", "b"], "no header that makes a table. Found: a, b", "--mapping"),
        (
            ["setl_id", "psn_no", "fixmedins_code", "med_type", "begndate_x", "medfee_sumamt"],
            "looks like claims but has no column 'start_time'. Found: setl_id",
            "'begndate_x' looks like begndate; map it with --mapping.",
        ),
        (["psn_no", "psn_no", "psn_name"], "more than one column 'psn_no'", "Keep one"),
        (["person_id", "person_id"], "could be|more than one", "."),
        (["claim_id", "amount"], "looks like|could be|makes a table", "."),
        ([], "no header", "."),
        (
            ["person_id", "facility_id", "name", "address"],
            "could be persons or facilities",
            "e.g. persons.csv",
        ),
    ],
)
def test_what_is_said(headers: list[str], said: str, hint: str) -> None:
    with pytest.raises(FeedError, match=said) as caught:
        recognise(headers, "x.csv")
    assert caught.value.message.startswith("x.csv")
    assert hint in caught.value.hint or hint == "."
