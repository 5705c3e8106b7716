import pytest

from graphfraud.findings.signals.refunds import look
from tests.findings.signal_rows import Given


def test_the_share_of_claims_at_the_places_that_went_back() -> None:
    own = [
        {"person_id": "A", "claims": 90, "at_places": 12},
        {"person_id": "B", "claims": 9, "at_places": 8},
    ]
    refunds = [{"claim_id": f"C{n}"} for n in range(5)]
    signal = look(Given(own=own, refunds=refunds).rows())
    assert signal.value == 0.25
    assert signal.points == pytest.approx(0.06 * 0.2 / 0.35, abs=1e-6)
    assert signal.claims == ("C0", "C1", "C2", "C3", "C4")
    assert "20 条单据中有 5 条（25%）" in signal.sentence_zh
    assert "5 of the members' 20 claims" in signal.sentence_en


def test_a_few_errors_at_the_till_get_no_points() -> None:
    own = [{"person_id": "A", "claims": 20, "at_places": 20}]
    assert look(Given(own=own, refunds=[{"claim_id": "C1"}]).rows()).points == 0


def test_members_who_were_never_there_are_not_assessed() -> None:
    assert not look(Given().rows()).assessed
