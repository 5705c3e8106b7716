"""Two things on two sides of a border, or one that the border cuts."""

import numpy as np
import pytest

from graphfraud.network.separation import waits_apart

ONE = {
    "exponential": lambda rng, n: rng.exponential(72, n),
    "uniform": lambda rng, n: rng.uniform(0, 240, n),
    "lognormal": lambda rng, n: np.exp(rng.normal(np.log(48), 1, n)),
}


@pytest.mark.parametrize("law", sorted(ONE))
@pytest.mark.parametrize("days", [False, True])
def test_one_law_is_seldom_cut_in_two(law: str, days: bool) -> None:
    rng = np.random.default_rng(7)
    cut = 0
    for _ in range(200):
        hours = ONE[law](rng, 40)
        hours = 24 * np.floor((hours + rng.uniform(8, 20, 40)) / 24) if days else hours
        cut += waits_apart(hours, hours < 24)
    assert cut <= 4  # one in fifty


@pytest.mark.parametrize(("few", "many"), [(4, 8), (10, 20), (300, 500)])
def test_hours_and_weeks_are_two(few: int, many: int) -> None:
    rng = np.random.default_rng(8)
    hours = np.append(rng.uniform(1, 8, few), rng.uniform(500, 1400, many))
    assert waits_apart(hours, hours < 24)
    assert waits_apart(24 * np.floor(hours / 24), hours < 24)


def test_one_side_alone_is_one() -> None:
    assert not waits_apart(np.array([1.0, 2.0, 3.0]), np.array([True, True, True]))
