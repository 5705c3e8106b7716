import pytest

from graphfraud.findings.signals.minute_gaps import look
from tests.findings.signal_rows import Given, claim

DAY = "2025-03-03"


def test_cards_in_a_row_against_a_count_by_hand() -> None:
    claims = [
        claim(1, f"{DAY} 09:00:00", person_id="A"),
        claim(2, f"{DAY} 09:02:00", person_id="B"),  # 120 s after A: in a row
        claim(3, f"{DAY} 09:04:01", person_id="C"),  # 121 s after B: not
        claim(4, f"{DAY} 09:05:00", person_id="C"),  # the same card again: not
        claim(5, f"{DAY} 09:05:10", person_id="D", facility_id="P2"),  # another place: not
    ]
    signal = look(Given(claims).rows())
    assert signal.value == 0.4
    assert signal.claims == ("C1", "C2")
    assert signal.points == pytest.approx(0.12 * 0.35 / 0.45, abs=1e-6)
    assert "5 次就诊中有 2 次（40%）" in signal.sentence_zh
    assert "2 of 5 visits (40%)" in signal.sentence_en


def test_dates_alone_and_admissions_are_not_assessed() -> None:
    dates = [claim(n, f"{DAY} 00:00:00", person_id=p) for n, p in enumerate("ABC")]
    stays = [claim(n, f"{DAY} 09:00:00", person_id=p, med_type="inpatient") for n, p in
             enumerate("ABC")]  # fmt: skip
    assert not look(Given(dates).rows()).assessed
    assert not look(Given(stays).rows()).assessed
    assert not look(Given().rows()).assessed


def test_rows_in_any_order_say_the_same() -> None:
    claims = [claim(n, f"{DAY} 09:0{n}:00", person_id="ABCDEFGH"[n]) for n in range(8)]
    assert look(Given(claims).rows()) == look(Given(claims[::-1]).rows())
