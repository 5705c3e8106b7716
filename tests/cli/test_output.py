import io
import sys

import pandas as pd
import pytest

from graphfraud.cli.options import Language
from graphfraud.cli.output import language, money, printable, records, table, tell, use_utf8
from graphfraud.cli.words import reason_sentence

VARIABLES = ("GRAPHFRAUD_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("LANG", "zh_CN.UTF-8", Language.ZH),
        ("GRAPHFRAUD_LANG", "zh", Language.ZH),
        ("LANG", "de_DE", Language.EN),
        ("LANG", "", Language.EN),
    ],
)
def test_language_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: Language
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert language() is expected
    assert language(Language.EN) is Language.EN


@pytest.mark.parametrize(("fen", "text"), [(0, "0.00"), (-5, "-0.05"), (123456789, "1,234,567.89")])
def test_money_has_thousands_apart(fen: int, text: str) -> None:
    assert money(fen) == text


def test_records_are_plain() -> None:
    times = [pd.Timestamp(2025, 1, 2, 3), pd.NaT]
    counts = pd.Series([1, None], dtype="Int64")
    rows = records(
        pd.DataFrame({"n": counts, "t": times, "x": [0.5, float("nan")], "s": ["a", None]})
    )
    assert rows == [
        {"n": 1, "t": "2025-01-02 03:00:00", "x": 0.5, "s": "a"},
        {"n": None, "t": None, "x": None, "s": None},
    ]


def test_cells_are_never_markup(capsys: pytest.CaptureFixture[str]) -> None:
    tell({}, [table(("a",), [["[bold]张[/bold]\x1b"]]), "[red]text"], as_json=False)
    told = capsys.readouterr().out
    assert "[bold]张[/bold]\\x1b" in told
    assert "[red]text" in told


def test_missing_value_is_empty() -> None:
    assert printable(None) == ""


def test_output_is_utf8_whatever_the_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    use_utf8()
    assert stream.encoding == "utf-8"


def test_reasons_have_sentences_in_both_languages() -> None:
    assert reason_sentence("amount_format", Language.ZH) != reason_sentence(
        "amount_format", Language.EN
    )
    assert reason_sentence("of_a_later_version", Language.EN) == ""
