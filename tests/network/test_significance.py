"""Tails and corrections against scipy.stats, and the spread against simulated nulls."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from graphfraud.network.significance import (
    DISPERSIONS,
    adjusted,
    dispersion,
    log_likelihood_ratio,
    upper_tail,
)

EXPECTED = np.array([1e-9, 1e-3, 0.1, 0.7, 3.0, 25.0])
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 40])
def test_without_spread_the_tail_is_poisson(count: int) -> None:
    found = upper_tail(np.full(len(EXPECTED), count), EXPECTED)
    np.testing.assert_allclose(found, stats.poisson.sf(count - 1, EXPECTED), rtol=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 40])
@pytest.mark.parametrize("kappa", [0.01, 0.5, 3.0])
def test_with_spread_the_tail_is_negative_binomial(count: int, kappa: float) -> None:
    found = upper_tail(np.full(len(EXPECTED), count), EXPECTED, kappa)
    law = stats.nbinom.sf(count - 1, 1 / kappa, 1 / (1 + kappa * EXPECTED))
    np.testing.assert_allclose(found, law, rtol=1e-6)


def test_more_spread_makes_a_high_count_less_surprising() -> None:
    count, expected = np.array([6]), np.array([0.5])
    tails = [float(upper_tail(count, expected, kappa)[0]) for kappa in DISPERSIONS]
    assert tails == sorted(tails)
    assert len(set(tails)) == len(tails)


def test_the_tail_falls_with_the_count_and_rises_with_the_expectation() -> None:
    counts = np.arange(12)
    assert (np.diff(upper_tail(counts, np.full(12, 2.0))) < 0).all()
    assert (np.diff(upper_tail(np.full(6, 3), EXPECTED)) > 0).all()


def test_an_expectation_of_nothing_is_met_by_nothing() -> None:
    assert upper_tail(np.array([0, 1]), np.zeros(2)).tolist() == [1.0, pytest.approx(0.0)]


@given(p=P_VALUES)
def test_q_values_are_those_of_scipy(p: NDArray[np.float64]) -> None:
    np.testing.assert_allclose(adjusted(p, len(p)), stats.false_discovery_control(p), atol=1e-12)


@given(p=P_VALUES, unlisted=st.integers(0, 50))
def test_tests_not_listed_count_as_one(p: NDArray[np.float64], unlisted: int) -> None:
    whole = stats.false_discovery_control(np.concatenate((p, np.ones(unlisted))))
    found = adjusted(p, len(p) + unlisted)
    np.testing.assert_allclose(found, whole[: len(p)], atol=1e-12)


@given(p=P_VALUES)
def test_q_values_keep_the_order_of_p(p: NDArray[np.float64]) -> None:
    q = adjusted(p, len(p) + 5)
    assert (np.diff(q[np.argsort(p)]) >= 0).all()


def test_no_tests_have_no_q_values() -> None:
    assert adjusted(np.zeros(0), 5).tolist() == []


@pytest.mark.parametrize(("count", "expected"), [(4, 0.5), (30, 12.0), (1, 0.01)])
def test_the_likelihood_ratio_is_that_of_two_poisson_laws(count: int, expected: float) -> None:
    best = stats.poisson.logpmf(count, count) - stats.poisson.logpmf(count, expected)
    assert log_likelihood_ratio(count, expected) == pytest.approx(best)


def test_a_count_below_its_expectation_says_nothing() -> None:
    assert log_likelihood_ratio(3, 3.0) == 0.0
    assert log_likelihood_ratio(0, 0.0) == 0.0
    assert log_likelihood_ratio(5, 0.0) > 100


def simulated(
    kappa: float, seed: int, pairs: int = 40_000
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return counts and expectations; expectations are wrong by a gamma factor of variance κ."""
    generator = np.random.default_rng(seed)
    expected = generator.uniform(0.01, 1.5, pairs)
    factor = generator.gamma(1 / kappa, kappa, pairs) if kappa else np.ones(pairs)
    return generator.poisson(expected * factor), expected


def test_a_poisson_null_needs_no_spread() -> None:
    found = []
    for seed in range(20):
        count, expected = simulated(0.0, seed)
        found.append(dispersion(count, expected, len(count)))
    assert found.count(0.0) >= 16  # two standard deviations at eight levels err now and then
    assert max(found) <= 0.1


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kappa", [0.5, 2.0])
def test_a_mixed_null_is_met_by_spread_and_then_calibrated(kappa: float, seed: int) -> None:
    count, expected = simulated(kappa, seed)
    found = dispersion(count, expected, len(count))
    assert 0.0 < found <= 2 * kappa
    fresh, lambdas = simulated(kappa, seed + 100)
    for level in (1e-2, 1e-3):
        allowed = level * len(fresh)
        assert (upper_tail(fresh, lambdas) <= level).sum() > 1.25 * allowed
        calibrated = int((upper_tail(fresh, lambdas, found) <= level).sum())
        assert calibrated <= allowed + 5 * np.sqrt(allowed)


def test_a_null_beyond_all_spread_gets_the_widest() -> None:
    assert dispersion(np.full(1_000, 50), np.full(1_000, 0.01), 1_000) == DISPERSIONS[-1]


def test_an_empty_null_needs_no_spread() -> None:
    assert dispersion(np.zeros(0, np.int64), np.zeros(0), 1) == 0.0
