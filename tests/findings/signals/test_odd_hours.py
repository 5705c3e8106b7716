import pytest

from graphfraud.findings.signals.odd_hours import look
from tests.findings.signal_rows import Given, claim


def test_night_is_from_ten_to_six() -> None:
    times = ("21:59:59", "22:00:00", "05:59:59", "06:00:00")
    signal = look(Given([claim(n, f"2025-03-03 {t}") for n, t in enumerate(times)]).rows())
    assert signal.value == 0.5
    assert signal.points == pytest.approx(0.04)
    assert signal.claims == ("C2", "C1")
    assert "4 次就诊中有 2 次（50%）" in signal.sentence_zh
    assert "2 of 4 visits (50%)" in signal.sentence_en


def test_dates_and_admissions_are_not_assessed() -> None:
    claims = [claim(1, "2025-03-03 00:00:00")]
    claims.append(claim(2, "2025-03-03 23:00:00", med_type="inpatient"))
    assert not look(Given(claims).rows()).assessed
