"""Meetings in company: a third was there; and how attendance is weighed against chance."""

from itertools import combinations

import numpy as np
import pytest

from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.attendance import attendance
from graphfraud.patterns.company import days_in_company, expected_in_company, gathered
from tests.patterns.simulated import Planted, simulated, visits_of

HOUR = 3600


def visits_on(days: dict[int, list[int]], persons: int) -> Visits:
    """Return visits to one place at one hour: day -> who came; one stratum, windows of an hour."""
    rows = [(day * SECONDS_A_DAY + 9 * HOUR, person) for day, who in days.items() for person in who]
    start, person = np.array(sorted(rows), np.int64).reshape(-1, 2).T
    zeros = np.zeros(len(start), np.int32)
    window = np.full(len(start), HOUR, np.int32)
    return Visits(person.astype(np.int32), zeros, start, zeros, window, persons, 1)


def test_two_alone_are_not_in_company_and_three_are() -> None:
    visits = visits_on({1: [0, 1, 2], 2: [0, 1], 3: [0, 1, 2, 3], 4: [2, 3]}, 5)
    a, b = days_in_company(visits, np.array([0, 1, 2], np.int32))
    pairs = list(zip(a.tolist(), b.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 1), (0, 2), (0, 2), (1, 2), (1, 2)]


def test_one_who_meets_two_others_apart_brings_both_into_company() -> None:
    """The middle one meets both within the hour; the outer two do not meet."""
    visits = visits_on({1: [0, 1, 2]}, 3)
    moved = visits.start + np.array([0, 40, 80]) * 60
    apart = Visits(visits.person, visits.group, moved, visits.stratum, visits.window, 3, 1)
    a, b = days_in_company(apart, np.arange(3, dtype=np.int32))
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(0, 1), (1, 2)]


def test_who_gathers_too_seldom_leaves_and_takes_others_along() -> None:
    """Person 3 was there once; without 4, who came once too, nothing changes for 0, 1 and 2."""
    visits = visits_on({1: [0, 1, 2, 3], 2: [0, 1, 2, 4], 3: [3, 4]}, 5)
    everyone = np.arange(5, dtype=np.int32)
    assert gathered(visits, everyone, at_least=2).tolist() == [0, 1, 2]
    assert gathered(visits, everyone, at_least=3).tolist() == []


def test_the_expectation_in_company_is_that_of_exchanged_visits() -> None:
    """Four persons, λ known: simulated Poisson meetings agree with the formula."""
    generator = np.random.default_rng(5)
    persons, visits, rate = np.arange(4, dtype=np.int32), np.full(4, 3, np.int32), 0.4
    a, b = np.array(list(combinations(range(4), 2)), np.int32).T
    found = expected_in_company(persons, visits, a, b, np.full(6, rate))
    others = 2 * (2 * rate / 3)  # two others, by each one's three visits
    thirds = generator.poisson(others, 200_000) > 0
    assert found[0] == pytest.approx(rate * thirds.mean(), rel=0.01)


RING = Planted((3, 30, 60, 90, 120), 6, (0.9,) * 5)


def strength(visits: Visits, persons: list[int]) -> float:
    able = np.bincount(visits.person, minlength=visits.n_persons) >= 2
    return attendance(visits, np.array(sorted(persons), np.int32), able)


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_group_attends_beyond_chance_and_strangers_do_not(seed: int) -> None:
    visits = visits_of(simulated(seed, planted=RING))
    assert strength(visits, list(RING.persons)) > 10
    assert strength(visits, [1, 31, 61, 91, 121]) < 3


def test_attendance_is_the_mean_over_how_often_of_the_ratio_to_chance() -> None:
    """Ten days of two strangers each, three members on days 1 and 2: the closed form by hand."""
    days = {day: [5 + 2 * day, 6 + 2 * day] for day in range(10)}
    days[1] += [0, 1, 2]
    days[2] += [0, 1, 2]
    visits = visits_on(days, 30)
    share = (4 + 0.5) / (20 + 1)  # of twenty visits of strangers four fall on those days
    chance = 3 * (1 - np.exp(-2 * share) * (1 + 2 * share))  # the members alone came twice
    assert strength(visits, [0, 1, 2]) == pytest.approx(log_likelihood_ratio(3, chance))


def test_persons_who_never_gather_have_no_strength() -> None:
    assert strength(visits_on({1: [0], 2: [1], 3: [2]}, 3), [0, 1, 2]) == 0.0
