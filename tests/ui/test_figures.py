"""Figures: money is exact, chances keep their meaning, nothing invents a value."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.model import money as fen_and_yuan
from graphfraud.ui import figures
from graphfraud.ui.words import catalogue

MISSING = [None, pd.NA, pd.NaT, float("nan"), ""]


@given(st.integers(-(10**15), 10**15))
def test_yuan_is_exact(fen: int) -> None:
    assert str(figures.yuan(fen)) == fen_and_yuan.yuan(fen)


@given(st.integers(-(10**13), 10**13))
def test_money_is_right_to_half_a_unit_of_its_last_digit(fen: int) -> None:
    number, unit = figures.money(catalogue("zh"), fen).split(" ")
    scale = {"元": 100, "万元": 10**6, "亿元": 10**10}[unit]
    assert abs(Decimal(number.replace(",", "")) * scale - fen) <= Decimal("0.005") * scale


@given(st.floats(1e-300, 1.0))
def test_a_small_chance_is_never_shown_as_zero(value: float) -> None:
    shown = figures.chance(value)
    assert shown not in ("0", "0.0", "0.00")
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    read = float(shown.translate(digits).replace("×10", "e"))
    assert read == pytest.approx(value, rel=0.051)


@pytest.mark.parametrize("value", MISSING)
def test_what_is_missing_is_a_dash(value: object) -> None:
    words = catalogue("zh")
    assert figures.money(words, value) == figures.NOTHING
    assert figures.yuan(value) is None
    for write in (figures.chance, figures.score, figures.count, figures.day, figures.text):
        assert write(value) == figures.NOTHING


def test_a_time_of_the_catalog_is_shown_to_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    assert figures.minute("2025-03-01T09:30:00") == figures.minute("2025-03-01T09:30:00+00:00")
    assert figures.minute("2025-03-01T09:30:00+08:00") == figures.minute("2025-03-01T01:30:00Z")
