import pytest

from graphfraud.findings.signals.beyond_chance import look
from tests.findings.signal_rows import Given, claim


def test_a_thousand_times_chance_is_three_and_full_points() -> None:
    signal = look(Given([claim(1)], observed=30, expected=0.03).rows())
    assert signal.value == pytest.approx(3)
    assert signal.points == 0.25
    assert signal.claims == ("C1",)
    assert "30" in signal.sentence_zh
    assert "0.03" in signal.sentence_en


def test_no_more_than_expected_is_nothing() -> None:
    assert look(Given(observed=3, expected=30.0).rows()).points == 0
    assert look(Given(observed=0, expected=0.0).rows()).value == 0


def test_ten_times_chance_is_a_third() -> None:
    assert look(Given(observed=10, expected=1.0).rows()).points == pytest.approx(0.25 / 3, abs=1e-6)
