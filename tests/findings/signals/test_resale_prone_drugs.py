import pytest

from graphfraud.findings.signals.resale_prone_drugs import look
from tests.findings.signal_rows import Given, Row, claim


def basket(number: int, spend: int, resale: int) -> Row:
    return {
        "claim_id": f"C{number}", "basket": "", "lines": 1, "spend": spend, "resale": resale,
    }  # fmt: skip


def test_the_share_of_spend_and_the_dearest_claims_first() -> None:
    claims = [claim(n) for n in range(3)]
    baskets = [basket(0, 10_000, 2_000), basket(1, 10_000, 8_000), basket(2, 20_000, 0)]
    signal = look(Given(claims, baskets).rows())
    assert signal.value == 0.25
    assert signal.points == pytest.approx(0.1 * 0.05 / 0.6, abs=1e-6)
    assert signal.claims == ("C1", "C0")
    assert "100.00 元（25%）" in signal.sentence_zh
    assert "100.00 of 400.00 yuan (25%)" in signal.sentence_en


def test_an_ordinary_chronic_patient_gets_no_points() -> None:
    assert look(Given([claim(0)], [basket(0, 10_000, 2_000)]).rows()).points == 0


def test_claims_without_items_are_not_assessed() -> None:
    assert not look(Given([claim(0)]).rows()).assessed
