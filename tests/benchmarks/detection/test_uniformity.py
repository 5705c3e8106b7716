"""Distances and intervals against scipy, closed forms and the coverage they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.detection.uniformity import distance, rate

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(P_VALUES)
def test_distance_is_scipys(p: list[float]) -> None:
    found = distance(p)
    assert found.statistic == pytest.approx(stats.kstest(p, "uniform").statistic)
    above = stats.kstest(p, "uniform", alternative="greater")
    assert found.too_small == pytest.approx(above.statistic)
    assert found.chance == pytest.approx(above.pvalue, abs=1e-9)


def test_one_value_by_hand() -> None:
    found = distance([0.25])
    assert (found.too_small, found.too_large, found.statistic) == (0.75, 0.25, 0.75)
    assert found.chance == pytest.approx(0.25)  # P(U ≤ 1 - 0.75)


def test_only_small_values_are_dangerous() -> None:
    assert distance(np.full(50, 1.0)).chance == 1.0
    assert distance(np.linspace(0, 0.1, 50)).chance < 1e-9


@pytest.mark.parametrize("wrong", [[], [-0.1], [1.1]])
def test_other_numbers_are_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="p-values"):
        distance(wrong)


@given(st.integers(1, 400))
def test_none_or_all_has_the_closed_form(n: int) -> None:
    none, every = rate(0, n), rate(n, n)
    assert none.low == 0
    assert none.high == pytest.approx(1 - 0.025 ** (1 / n))
    assert every.high == 1
    assert every.low == pytest.approx(0.025 ** (1 / n))


@pytest.mark.parametrize("true", [0.01, 0.05, 0.3])
def test_interval_holds_the_true_rate_as_often_as_it_says(true: float) -> None:
    n = 100
    held = [rate(hits, n).low <= true <= rate(hits, n).high for hits in range(n + 1)]
    assert stats.binom.pmf(np.arange(n + 1), n, true)[held].sum() >= 0.95


def test_more_hits_than_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        rate(3, 2)
