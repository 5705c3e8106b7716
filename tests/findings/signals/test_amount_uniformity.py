"""The coefficient of variation against numpy's, and the innocent twin: amounts that vary."""

import numpy as np
import pytest

from graphfraud.findings.signals.amount_uniformity import look
from tests.findings.signal_rows import Given, Row, claim


def paid(amounts: list[int], place: str = "P1", first: int = 0) -> list[Row]:
    return [
        claim(first + n, total_amount=amount, facility_id=place) for n, amount in enumerate(amounts)
    ]


def test_one_amount_again_and_again_is_full() -> None:
    signal = look(Given(paid([19_800] * 8)).rows())
    assert (signal.value, signal.points) == (0, 0.12)
    assert len(signal.claims) == 8
    assert "198.00" in signal.sentence_zh
    assert "8 claims" in signal.sentence_en


def test_places_are_taken_one_by_one_and_weighted() -> None:
    cheap, dear = [100, 110, 120, 130, 140], [90_000, 91_000, 89_000, 90_500, 88_000, 92_000]
    signal = look(Given(paid(cheap) + paid(dear, "P2", 10)).rows())
    apart = [np.std(part, ddof=1) / np.mean(part) for part in (cheap, dear)]
    assert signal.value == pytest.approx((5 * apart[0] + 6 * apart[1]) / 11, abs=1e-6)
    assert np.std(cheap + dear, ddof=1) / np.mean(cheap + dear) > 0.9


def test_ordinary_bills_get_no_points() -> None:
    amounts = np.random.default_rng(7).lognormal(9, 0.8, 60).astype(int).tolist()
    signal = look(Given(paid(amounts)).rows())
    assert signal.value is not None
    assert signal.value > 0.5
    assert signal.points == 0


@pytest.mark.parametrize("amounts", [[], [100] * 4, [0] * 6])
def test_too_few_amounts_are_not_assessed(amounts: list[int]) -> None:
    assert not look(Given(paid(amounts)).rows()).assessed


def test_never_more_than_fifty_claims() -> None:
    assert len(look(Given(paid([100] * 80)).rows()).claims) == 50
