"""The exact laws, against brute force and simulation."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from graphfraud.network.coincidence import (
    combined,
    convolved,
    correlation_tail,
    overlap_law,
    tail,
    within_correlation,
)


def test_the_law_of_two_persons_is_that_of_all_placements() -> None:
    law = overlap_law(np.array([5, 4]), np.array([2, 3]), np.array([3, 2]))
    counts = [
        len(set(a) & {0, 1}) + len(set(b) & {0, 1, 2})
        for a in combinations(range(5), 3)
        for b in combinations(range(4), 2)
    ]
    assert law == pytest.approx(np.bincount(counts, minlength=len(law)) / len(counts))
    assert tail(law, 4) == pytest.approx(np.mean(np.array(counts) >= 4))


def test_a_person_paid_in_every_cycle_says_nothing() -> None:
    assert tail(overlap_law(np.array([12]), np.array([5]), np.array([12])), 5) == pytest.approx(1)


def test_nothing_to_add_up() -> None:
    assert convolved([]).tolist() == [1.0]
    assert (tail(np.ones(1), 0), tail(np.ones(1), 1), combined([])) == (1.0, 0.0, 1.0)


def test_fishers_method() -> None:
    p = [0.02, 0.3, 0.7]
    assert combined(p) == pytest.approx(stats.combine_pvalues(p, "fisher").pvalue)


def test_what_differs_between_persons_is_no_correlation() -> None:
    group = np.repeat([0, 1], 50)
    generator = np.random.default_rng(1)
    x, y = (generator.normal(size=100) + 10 * group for _ in range(2))
    found, free = within_correlation(group, x, y)
    assert abs(found) < 0.25
    assert free == 97


def test_the_correlations_tail_is_uniform_where_there_is_none() -> None:
    generator = np.random.default_rng(2)
    group = np.repeat(np.arange(5), 8)
    found = [
        correlation_tail(*within_correlation(group, *generator.lognormal(size=(2, 40))))
        for _ in range(400)
    ]
    assert stats.kstest(found, "uniform").pvalue > 0.01


@pytest.mark.parametrize("correlation", [-1.0, 1.0])
def test_a_perfect_correlation_has_a_tail(correlation: float) -> None:
    assert correlation_tail(correlation, 5) == pytest.approx(
        1.0 if correlation < 0 else 0, abs=1e-9
    )
    assert correlation_tail(correlation, 0) == 1.0
