"""Counts against peers: closed forms, calibration on gamma-Poisson peers, planted outliers."""

import numpy as np
import pytest
from scipy import stats

from graphfraud.network.peers import against_peers

KAPPA = 0.3
RUNS = 400


def peers_of(
    seed: int, units: int, rate: float, kappa: float = KAPPA
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and exposures: each unit has a rate of its own, gamma about `rate`."""
    rng = np.random.default_rng([seed, units])
    exposure = rng.lognormal(6.0, 1.0, units)
    own = rng.gamma(1 / kappa, kappa, units) if kappa else np.ones(units)
    return rng.poisson(own * exposure * rate), exposure


def margin(share: float, runs: int = RUNS) -> float:
    """Return the most that a share measured on so many runs may be: three standard deviations."""
    return share + 3 * float(np.sqrt(share * (1 - share) / runs))


def test_the_unit_itself_does_not_enter_its_expectation() -> None:
    count, exposure = np.array([2, 3, 4, 5, 900]), np.array([10.0, 10, 20, 20, 10])
    found = against_peers(count, exposure)
    others = np.array([12, 11, 10, 9, 14]) + 0.5
    under = np.array([50.0, 50, 40, 40, 60])
    assert found.expected == pytest.approx(exposure * others / under)
    assert found.outlying.tolist() == [False, False, False, False, True]


def test_a_thin_stratum_leans_on_its_parent_and_a_thick_one_does_not() -> None:
    rng = np.random.default_rng(5)
    stratum = np.repeat([0, 1, 2], [40, 40, 2])
    exposure = np.full(82, 1000.0)
    count = rng.poisson(np.repeat([0.01, 0.05, 0.05], [40, 40, 2]) * exposure)
    found = against_peers(count, exposure, [stratum])
    assert found.expected[:40].mean() == pytest.approx(10, rel=0.1)
    assert found.expected[40:80].mean() == pytest.approx(50, rel=0.1)
    assert 25 < found.expected[80:].mean() < 55
    # Fewer events speak for the thin stratum, so its law is wider.
    assert found.dispersion[80:].min() > found.dispersion[:80].max()


@pytest.mark.parametrize("rate", [0.0001, 0.001, 0.05], ids=["rare", "some", "many"])
@pytest.mark.parametrize("kappa", [0.0, KAPPA, 1.0])
def test_honest_peers_stand_out_as_often_as_they_should(rate: float, kappa: float) -> None:
    smallest, below = np.empty(RUNS), 0.0
    for seed in range(RUNS):
        count, exposure = peers_of(seed, 60, rate, kappa)
        p = against_peers(count, exposure).tail(count)
        smallest[seed] = p.min()
        below += float((p <= 0.01).mean()) / RUNS
    assert below <= 0.012
    for level in (0.01, 0.05):
        assert (smallest <= level / 60).mean() <= margin(level)


@pytest.mark.parametrize("planted", [1, 3, 6])
def test_outliers_neither_hide_each_other_nor_widen_the_law(planted: int) -> None:
    caught = spared = widened = 0
    for seed in range(60):
        count, exposure = peers_of(seed, 60, 0.02)
        calm = against_peers(count, exposure)
        count[:planted] = 12 * np.maximum(exposure[:planted] * 0.02, 2).astype(np.int64)
        found = against_peers(count, exposure)
        caught += int(found.outlying[:planted].sum())
        spared += int((~found.outlying[planted:]).sum())
        widened += found.spread > 2 * calm.spread + 0.1
    assert widened <= 3
    assert caught >= 0.9 * 60 * planted
    assert spared >= 0.995 * 60 * (60 - planted)


def test_the_spread_of_honest_peers_is_found() -> None:
    for kappa in (0.1, 0.35, 1.0):
        found = [against_peers(*peers_of(seed, 300, 0.05, kappa)).spread for seed in range(20)]
        assert 0.8 * kappa <= float(np.median(found)) <= 2 * kappa


def test_p_values_of_many_honest_peers_are_uniform() -> None:
    rng = np.random.default_rng(9)
    count, exposure = peers_of(3, 2000, 0.2)
    found = against_peers(count, exposure)
    law = stats.nbinom(1 / found.dispersion, 1 / (1 + found.dispersion * found.expected))
    mixed = found.tail(count) - rng.random(2000) * law.pmf(count)  # ties broken by lot
    assert stats.kstest(mixed, "uniform").pvalue > 0.001


def test_the_order_of_the_units_does_not_matter() -> None:
    count, exposure = peers_of(1, 50, 0.02)
    stratum = np.arange(50) % 3
    order = np.random.default_rng(2).permutation(50)
    straight = against_peers(count, exposure, [stratum])
    mixed = against_peers(count[order], exposure[order], [stratum[order]])
    assert mixed.expected == pytest.approx(straight.expected[order])
    assert mixed.spread == straight.spread


@pytest.mark.parametrize("units", [0, 1, 2])
def test_few_units_are_no_error(units: int) -> None:
    found = against_peers(np.full(units, 3), np.full(units, 10.0), [np.zeros(units, np.int64)])
    assert len(found.expected) == units
    assert (found.tail(np.full(units, 3)) <= 1).all()
