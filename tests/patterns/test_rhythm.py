"""Rhythms kept, phases left to chance: habits explain a group, a gathering does not."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events
from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.patterns import co_visit, contract, gathering_groups
from graphfraud.patterns.contract import Context
from graphfraud.patterns.group import Group
from graphfraud.patterns.rhythm import moved, recurrence
from graphfraud.progress import silent
from tests.patterns.simulated import DEFAULTS, Planted, Rows, as_events, simulated, visits_of
from tests.patterns.test_co_visit import claims_of

DAYS, LEVEL = 364, 0.05
QUICK = DEFAULTS | {"replicates": 19, "ring_level": LEVEL}
Longs = NDArray[np.int64]
Habit = Callable[[np.random.Generator], Longs]


def own_weekday(generator: np.random.Generator) -> Longs:
    """Come on two of five of one's own working days."""
    days = np.arange(generator.integers(3, 8), DAYS, 7)
    return days[generator.random(len(days)) < 0.4]


def every_fourth_week(generator: np.random.Generator) -> Longs:
    return np.arange(generator.integers(0, 28), DAYS, 28)


def every_thirty_days(generator: np.random.Generator) -> Longs:
    return np.arange(generator.integers(0, 30), DAYS, 30)


def a_course_of_ten_days(generator: np.random.Generator) -> Longs:
    return int(generator.integers(0, DAYS - 10)) + np.arange(10)


HABITS = (own_weekday, every_fourth_week, every_thirty_days, a_course_of_ten_days)


def place(seed: int, habit: Habit, regulars: int = 100, others: int = 200) -> Events:
    """Return a year at one place: visitors of any day, and regulars with a habit and an hour."""
    generator = np.random.default_rng([seed, 11])
    rows: Rows = [
        (0, int(day) * SECONDS_A_DAY + int(generator.integers(8 * 3600, 18 * 3600)), person)
        for person in range(others)
        for day in generator.integers(0, DAYS, generator.poisson(8))
    ]
    for person in range(others, others + regulars):
        usual = generator.uniform(9, 12)
        rows += [
            (0, int(day) * SECONDS_A_DAY + int((usual + generator.normal(0, 0.4)) * 3600), person)
            for day in habit(generator)
        ]
    return as_events(rows, others + regulars, 1)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Events], list[Group]]:
    def look(seen: Events) -> list[Group]:
        monkeypatch.setattr(contract, "events", lambda _: seen)
        monkeypatch.setattr(gathering_groups, "visit_claims", lambda _, visits: claims_of(visits))
        with Engine(temporary=tmp_path / "spill") as engine:
            outcome = co_visit.run(Context(engine, 1, silent, 2), QUICK)
        return [group for group in outcome.groups if group.p_value <= LEVEL]

    return look


def in_rhythm(group: Group) -> float:
    assert group.rhythm is not None
    return group.rhythm(group.observed)


@pytest.mark.parametrize("habit", HABITS)
def test_people_in_step_by_chance_meet_too_often_and_their_rhythms_say_why(
    found: Callable[[Events], list[Group]], habit: Habit
) -> None:
    """Exchanged dates call many groups of habit strange; of these no more than level are left."""
    p = [in_rhythm(group) for seed in range(3) for group in found(place(seed, habit))]
    assert len(p) >= 6
    assert sum(one <= LEVEL for one in p) <= stats.binom.ppf(0.999, len(p), LEVEL)


def test_a_gathering_on_days_of_no_rhythm_has_none_to_keep(
    found: Callable[[Events], list[Group]],
) -> None:
    (group,) = found(simulated(1, planted=Planted((3, 30, 60, 90, 120), 12, (0.95,) * 5)))
    assert in_rhythm(group) == 0.0


def test_a_gathering_on_one_weekday_is_more_than_a_rhythm(
    found: Callable[[Events], list[Group]],
) -> None:
    """Eight who choose the same sixteen Mondays out of fifty-two, among regulars of any weekday."""
    generator = np.random.default_rng(3)
    mondays = 3 + 7 * np.sort(generator.choice(52, 16, replace=False))
    plain = place(1, own_weekday)
    rows = [
        (0, int(s - 20_000 * SECONDS_A_DAY), int(p))
        for s, p in zip(plain.start, plain.person, strict=True)
    ]
    rows += [
        (0, int(day) * SECONDS_A_DAY + 15 * 3600 + 60 * person, person)
        for day in mondays
        for person in range(8)
    ]
    ring = {f"{person:05d}" for person in range(8)}
    groups = [group for group in found(as_events(rows, 300, 1)) if ring <= set(group.persons)]
    assert len(groups) == 1
    assert in_rhythm(groups[0]) <= LEVEL


def test_moved_visits_keep_weekdays_hours_and_gaps_round_the_period() -> None:
    visits = visits_of(simulated(2))
    first, days = int(visits.start.min() // SECONDS_A_DAY), 182
    shifted = moved(visits, (first, days), np.random.default_rng(1))

    def habits(one: Visits) -> Counter[tuple[int, ...]]:
        columns = one.person, one.group, one.start % (7 * SECONDS_A_DAY), one.window
        return Counter(zip(*(column.tolist() for column in columns), strict=True))

    assert habits(shifted) == habits(visits)
    keys = list(zip(shifted.group.tolist(), shifted.start.tolist(), strict=True))
    assert keys == sorted(keys)
    for person in range(20):
        mine, then = (np.sort(one.start[one.person == person]) for one in (visits, shifted))
        offsets = {
            tuple(sorted(((mine // SECONDS_A_DAY - first + 7 * week) % days).tolist()))
            for week in range(26)
        }
        assert tuple((then // SECONDS_A_DAY - first).tolist()) in offsets


def pair_on(days: list[int]) -> tuple[Visits, NDArray[np.bool_]]:
    """Return two persons who come to one place on these days, ten minutes apart."""
    start = np.sort([day * SECONDS_A_DAY + 36_000 + late for day in days for late in (0, 600)])
    zero = np.zeros(len(start), np.int32)
    who = np.tile(np.array([0, 1], np.int32), len(days))
    return Visits(who, zero, start, zero, zero + 3600, 2, 1), np.ones(2, bool)


@pytest.mark.parametrize(
    ("days", "share"),
    [
        ([0, 30, 60, 90], 3 / 4),  # three of four meetings recur after thirty days
        ([0, 29, 60, 90], 3 / 4),  # give or take a day
        ([0, 10, 25, 90], 1 / 4),  # no gap twice
        ([0, 1, 2, 3, 4], 9 / 5),  # after one day four times, two three times, three twice
        ([0, 100, 200], 0.0),  # farther apart than a prescription is for
    ],
)
def test_the_share_of_meetings_that_recur(days: list[int], share: float) -> None:
    assert recurrence(*pair_on(days)) == pytest.approx(share)


def test_who_never_met_has_no_rhythm() -> None:
    visits, _ = pair_on([0, 30, 60])
    assert recurrence(visits, np.array([True, False])) == 0.0
