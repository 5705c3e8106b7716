"""Faint members are taken in, passers-by are not."""

from itertools import product

import numpy as np
import pytest

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.patterns import growth
from graphfraud.patterns.growth import companions, grown, joiners
from tests.patterns.simulated import Planted, simulated, visits_of
from tests.patterns.test_company import visits_on

CORE = np.arange(5, dtype=np.int32)
FAINT = Planted((0, 1, 2, 3, 4, 50), 14, (0.9,) * 5 + (0.5,))


@pytest.mark.parametrize("seed", range(4))
def test_one_who_attends_half_of_the_time_is_grown_in(seed: int) -> None:
    visits = visits_of(simulated(seed, planted=FAINT))
    assert joiners(visits, CORE, level=0.01).tolist() == [50]
    assert grown(visits, CORE, level=0.01).tolist() == [0, 1, 2, 3, 4, 50]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_joins_a_group_that_is_none(seed: int) -> None:
    visits = visits_of(simulated(seed))
    assert grown(visits, CORE, level=0.01).tolist() == CORE.tolist()


def test_a_strict_level_keeps_everybody_out() -> None:
    visits = visits_of(simulated(1, planted=FAINT))
    assert len(joiners(visits, CORE, level=0.0)) == 0


def test_members_of_members_follow_in_the_next_round() -> None:
    """With two to begin with, those who join make the moments at which others are seen."""
    visits = visits_of(simulated(2, planted=FAINT))
    assert set(grown(visits, CORE[:3], level=0.01).tolist()) == {0, 1, 2, 3, 4, 50}


@pytest.mark.parametrize("compiled", [True, False])
def test_companions_are_the_members_visits_that_meet_a_visit(
    compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = visits_of(simulated(5, planted=FAINT, persons=60, mean_visits=4))
    member = np.isin(np.arange(60), CORE)
    if not compiled:
        monkeypatch.setattr(growth, "_companions", growth._companions.py_func)
    last = visits.reach[0]
    wanted = np.zeros(len(visits.person), np.int32)
    for i, j in product(range(len(last)), repeat=2):
        meets = min(i, j) != j < last[i] or min(i, j) != i < last[j]
        other = member[visits.person[i]] and visits.person[i] != visits.person[j]
        if meets and other and visits.stratum[i] == visits.stratum[j] >= 0:
            wanted[j] += 1
    assert companions(visits, member).tolist() == wanted.tolist()
    assert wanted.max() >= 4


def test_what_chance_gives_a_person_comes_from_the_others_alone() -> None:
    """Two of eight visits of others are marked; two of the person's own three say nothing."""
    visits = visits_on({1: [0, 1, 2], 2: [0, 3, 4], 3: [0, 5, 6], 4: [7, 8]}, 9)
    marked = np.isin(visits.start // SECONDS_A_DAY, (1, 2)) & np.isin(visits.person, (0, 1, 3))
    outside = np.ones(len(visits.person), bool)
    found = growth._expected(visits, outside, marked, np.array([0, 3]))
    assert found == pytest.approx([3 * (2 + 0.5) / (8 + 1), 1 * (3 + 0.5) / (10 + 1)])
