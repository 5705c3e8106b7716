import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphfraud import read_parameters
from graphfraud.errors import UsageError

WANTED = {"co_visit.min_joint_days": "4", "co_visit.ring_level": "0.001", "same_invoice.x": "7"}
NESTED = {"co_visit": {"min_joint_days": 4, "ring_level": 0.001}, "same_invoice": {"x": "7"}}
FLAT = {"co_visit.min_joint_days": 4, "co_visit.ring_level": 0.001, "same_invoice.x": 7}
TOML = "same_invoice.x = 7\n[co_visit]\nmin_joint_days = 4\nring_level = 0.001\n"
FORMS = {
    "a.toml": TOML,
    "b.json": json.dumps(NESTED),
    "c.yaml": yaml.safe_dump(NESTED),
    "d.yml": yaml.safe_dump(FLAT),
    "e.JSON": "\ufeff" + json.dumps(FLAT),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_says_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMS[name], encoding="utf-8")
    assert read_parameters(tmp_path / name) == WANTED


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", "no parameter file"),
        ("a.toml", "[co_visit", "cannot be read"),
        ("a.json", "{", "cannot be read"),
        ("a.json", '{"a.b": 1, "a.b": 2}', "stands twice"),
        ("a.json", '{"a.b": 1, "a": {"b": 2}}', "a.b is given twice"),
        ("a.yaml", "a: [", "cannot be read"),
        ("a.yaml", "just words", "holds no parameters"),
        ("a.yaml", "a: {b: [1]}", "a.b is no number"),
        ("a.toml", "a.b = true", "a.b is no number"),
    ],
)
def test_wrong_file_is_refused_by_name(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        read_parameters(tmp_path / name)
    assert name in caught.value.message
    assert caught.value.hint


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml cannot be read"):
        read_parameters(tmp_path / "none.toml")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_through_whole(tmp_path_factory: pytest.TempPathFactory, x: float) -> None:
    file = tmp_path_factory.mktemp("p") / "p.json"
    file.write_text(json.dumps({"a": {"b": x}}), encoding="utf-8")
    assert float(read_parameters(file)["a.b"]) == x
