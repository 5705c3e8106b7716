import pytest

from graphfraud.findings.signals.inside import look
from tests.findings.signal_rows import Given, claim


def test_the_ring_s_share_of_the_members_claims() -> None:
    claims = [claim(1), claim(2, person_id="B"), claim(3, person_id="stranger")]
    own = [
        {"person_id": "A", "claims": 5, "at_places": 1},
        {"person_id": "B", "claims": 3, "at_places": 1},
    ]
    signal = look(Given(claims, own=own, members={"A": 1, "B": 1}).rows())
    assert signal.value == 0.25
    assert signal.points == pytest.approx(0.05)
    assert signal.claims == ("C1", "C2")
    assert "8 条" in signal.sentence_zh
    assert "2 of the members' 8 claims (25%)" in signal.sentence_en


def test_members_without_claims_are_not_assessed() -> None:
    assert not look(Given(members={"A": 1}).rows()).assessed
