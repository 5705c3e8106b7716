import pytest

from graphfraud.findings.signals.contract import lacking, seen
from graphfraud.findings.signals.inside import DESCRIPTION
from graphfraud.findings.weights import WEIGHTS, Weight


def test_claims_are_told_once_in_order_and_fifty_at_most() -> None:
    ids = [f"C{n % 70}" for n in range(200)]
    assert seen(DESCRIPTION, 0.5, "中", "en", ids).claims == tuple(f"C{n}" for n in range(50))


def test_what_was_not_delivered_is_named() -> None:
    signal = lacking(DESCRIPTION, ["persons.region", "claim_items"])
    assert (signal.value, signal.points, signal.assessed) == (None, 0.0, False)
    assert "claim_items、persons.region" in signal.sentence_zh
    assert "claim_items, persons.region" in signal.sentence_en


@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=list(WEIGHTS))
def test_points_run_from_none_to_all(weight: Weight) -> None:
    half = (weight.none + weight.full) / 2
    step = weight.full - weight.none
    assert weight.of(weight.none) == weight.of(weight.none - step) == 0
    assert weight.of(weight.full) == weight.of(weight.full + step) == weight.points
    assert weight.of(half) == pytest.approx(weight.points / 2, abs=1e-6)
