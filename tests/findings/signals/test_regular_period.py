import numpy as np
import pandas as pd
import pytest

from graphfraud.findings.signals.regular_period import look
from graphfraud.findings.signals.rows import RingRows
from tests.findings.signal_rows import Given, claim


def on(days: list[int]) -> RingRows:
    start = pd.Timestamp("2025-01-06 10:00")
    return Given(
        [claim(n, str(start + pd.Timedelta(days=day))) for n, day in enumerate(days)]
    ).rows()


def test_every_week_is_full() -> None:
    signal = look(on([7 * n for n in range(8)]))
    assert (signal.value, signal.points) == (0, 0.06)
    assert "7.0 天" in signal.sentence_zh
    assert "7.0 apart on average" in signal.sentence_en


def test_several_claims_of_a_day_are_one_occasion() -> None:
    twice = [day for n in range(8) for day in (7 * n, 7 * n)]
    assert look(on(twice)).value == 0
    assert len(look(on(twice)).claims) == 8


def test_the_value_is_the_variation_of_the_gaps() -> None:
    gaps = [3, 9, 4, 20, 1]
    signal = look(on([0, *np.cumsum(gaps).tolist()]))
    random = np.sqrt(1 - 5 / 37)  # geometric gaps: five in thirty-seven days
    assert signal.value == pytest.approx(np.std(gaps, ddof=1) / np.mean(gaps) / random, abs=1e-6)


@pytest.mark.parametrize("share", [0.03, 0.3, 0.6])
def test_independent_days_get_hardly_a_point(share: float) -> None:
    """Days drawn alone have about 1, few of them or many: most of 60 draws get next to nothing."""
    random = np.random.default_rng(3)
    drawn = (np.flatnonzero(random.random(1_000) < share) for _ in range(60))
    found = [look(on(days.tolist())) for days in drawn if len(days) >= 10]
    assert np.median([signal.value for signal in found if signal.value]) == pytest.approx(
        1, abs=0.1
    )
    assert np.median([signal.points for signal in found]) < 0.01


def test_every_day_is_no_rhythm() -> None:
    assert not look(on(list(range(30)))).assessed


def test_four_days_are_not_assessed() -> None:
    assert not look(on([0, 7, 14, 21])).assessed
    assert look(on([0, 7, 14, 21, 28])).assessed
    assert not look(Given().rows()).assessed
