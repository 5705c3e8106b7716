"""The code lists: complete, without two meanings for one text, checked when read."""

import pytest

from graphfraud.model import codes
from graphfraud.model.codes import CODES
from graphfraud.model.tables import CODE_LISTS


def test_every_list_of_the_contract_is_there_and_compared_in_lower_case() -> None:
    assert set(CODES) == set(CODE_LISTS)
    for entry in CODES.values():
        assert all(text == text.lower() for text in (*entry.values, *entry.missing))


def test_each_code_stands_for_itself() -> None:
    expected = {
        "med_type": {"outpatient", "inpatient", "pharmacy", "manual"},
        "facility_kind": {"hospital", "clinic", "pharmacy"},
        "entity_type": {"person", "doctor", "facility", "account", "operator"},
        "sex": {"M", "F"},
    }
    for name, meanings in expected.items():
        assert set(CODES[name].values.values()) == meanings
        assert {CODES[name].values[code.lower()] for code in meanings} == meanings


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        ({"values": {"M": ["1"], "F": ["1"]}, "missing": []}, ValueError),
        ({"values": {"M": ["1"]}, "missing": ["1"]}, ValueError),
        ({"values": ["M"], "missing": []}, TypeError),
    ],
)
def test_a_list_with_two_meanings_is_refused(
    entry: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"codes.toml: sex"):
        codes._code_list("sex", entry)


def test_a_missing_list_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "CODE_LISTS", (*CODE_LISTS, "ward"))
    with pytest.raises(ValueError, match="exactly the lists"):
        codes._read()
