import pytest

from graphfraud.findings.signals.persistence import look
from tests.findings.signal_rows import Given


@pytest.mark.parametrize(("days", "points"), [(0, 0.0), (6, 0.05), (12, 0.1), (40, 0.1)])
def test_twelve_days_are_full(days: int, points: float) -> None:
    signal = look(Given(days=days).rows())
    assert signal.value == days
    assert signal.points == pytest.approx(points)
    assert f"{days} 天" in signal.sentence_zh
    assert f"acted: {days}." in signal.sentence_en
