"""The Gumbel law of the best: p-values are uniform, however few replicates there are."""

import numpy as np
import pytest
from scipy.stats import kstest

from graphfraud.network.extremes import gumbel_tail


@pytest.mark.parametrize("replicates", [5, 19, 39, 99])
def test_few_replicates_reject_as_often_as_they_say(replicates: int) -> None:
    generator = np.random.default_rng(replicates)
    draws = generator.gumbel(1.1, 0.03, (4_000, replicates + 1))
    p = np.array([gumbel_tail(row[0], row[1:]) for row in draws])
    assert kstest(p, "uniform").pvalue > 0.01
    for level in (0.05, 0.01, 0.002):
        told = level * len(p)
        assert abs((p <= level).sum() - told) <= 3 * np.sqrt(told)


def test_with_many_replicates_the_tail_is_that_of_the_law() -> None:
    bests = np.random.default_rng(7).gumbel(1.0, 0.05, 200_000)
    for value in (1.0, 1.1, 1.3):
        exact = 1 - np.exp(-np.exp(-(value - 1.0) / 0.05))
        assert gumbel_tail(value, bests) == pytest.approx(exact, rel=0.05)


def test_the_best_of_many_normals_is_told_on_the_safe_side() -> None:
    generator = np.random.default_rng(3)
    bests = generator.normal(size=(2_000, 40, 500)).max(axis=2)
    p = np.array([gumbel_tail(row[0], row[1:]) for row in bests])
    assert (p <= 0.01).sum() <= 0.01 * 2_000 + 2 * np.sqrt(0.01 * 2_000)


def test_equal_replicates_and_far_values_stay_in_range() -> None:
    same = np.ones(5)
    assert gumbel_tail(0.0, same) == 1.0
    assert 0.0 <= gumbel_tail(5.0, same) < 1e-6
