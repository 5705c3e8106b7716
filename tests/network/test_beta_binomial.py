"""Tails of shares against scipy, and the spread against data of a known one."""

import numpy as np
import pytest
from scipy import stats

from graphfraud.network.beta_binomial import CORRELATIONS, correlation, upper_tail


@pytest.mark.parametrize("rho", [0.01, 0.1, 0.4])
@pytest.mark.parametrize("mean", [0.001, 0.2, 0.7])
def test_the_tail_is_that_of_scipy(mean: float, rho: float) -> None:
    size = np.array([1, 5, 40, 40, 300])
    count = np.array([1, 3, 12, 40, 31])
    alpha, beta = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
    expected = [  # summed: scipy's own tail is one less a sum, and loses the small ones
        stats.betabinom.pmf(np.arange(k, n + 1), n, alpha, beta).sum()
        for k, n in zip(count, size, strict=True)
    ]
    found = upper_tail(count, size, np.full(5, mean), np.full(5, rho))
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-14)


def test_without_correlation_it_is_binomial() -> None:
    size, count, mean = np.array([10, 200, 55]), np.array([9, 30, 54]), np.array([0.5, 0.1, 0.3])
    found = upper_tail(count, size, mean, np.zeros(3))
    assert found == pytest.approx(stats.binom.sf(count - 1, size, mean), rel=1e-4)


def test_the_ends() -> None:
    zero, ten = np.array([0]), np.array([10])
    assert upper_tail(zero, ten, np.array([0.0]), np.array([0.1])) == [1.0]
    assert upper_tail(ten + 1, ten, np.array([1.0]), np.array([0.0])) == [0.0]
    far = np.array([100_000])
    assert upper_tail(np.array([1]), far, np.array([0.9]), np.array([0.0])) == [1.0]
    assert upper_tail(ten, ten, np.array([1.0]), np.array([0.0]))[0] == pytest.approx(1.0)


@pytest.mark.parametrize("true", [0.0, 0.05, 0.2])
def test_the_spread_is_recovered_in_spite_of_a_few_exceptions(true: float) -> None:
    generator = np.random.default_rng(3)
    size = generator.integers(20, 60, 2_000)
    mean = generator.uniform(0.05, 0.5, 2_000)
    chance = mean
    if true:
        chance = generator.beta(mean * (1 / true - 1), (1 - mean) * (1 / true - 1))
    count = generator.binomial(size, chance)
    count[:5] = size[:5]
    found = correlation(count, size, mean, np.zeros(2_000), generator.random(2_000))
    at = CORRELATIONS.index(found)
    assert CORRELATIONS[max(0, at - 3)] <= true <= CORRELATIONS[min(at + 2, len(CORRELATIONS) - 1)]
