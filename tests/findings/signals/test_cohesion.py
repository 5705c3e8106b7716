import pytest

from graphfraud.findings.signals.cohesion import look
from tests.findings.signal_rows import Given


def test_the_mean_weight_of_persons() -> None:
    signal = look(Given(members={"A": 1.0, "B": 0.2}).rows())
    assert signal.value == 0.6
    assert signal.points == pytest.approx(0.1 * 0.6 / 0.8)
    assert "60%" in signal.sentence_zh
    assert "60%" in signal.sentence_en


def test_a_ring_without_persons_is_not_assessed() -> None:
    signal = look(Given().rows())
    assert (signal.assessed, signal.value, signal.points) == (False, None, 0)
    assert signal.sentence_zh.startswith("未评估")
    assert signal.sentence_en.startswith("Not assessed")
