"""The kernel against a plain reading of its rules, pair of visits by pair of visits."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.engine import co_attendance
from graphfraud.engine.co_attendance import PairCounts, pair_counts
from graphfraud.engine.visits import SECONDS_A_DAY, Visits, reach

PERSONS, STRATA = 5, 3
KERNELS = ("_meetings", "_sieved", "_place", "_days_of_pairs")
Row = tuple[int, int, int, int, int]
Counted = list[tuple[int, int, int]]
ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),  # group
        st.integers(0, 140).map(lambda n: n * 1_800),  # start: equal starts are common
        st.integers(0, PERSONS - 1),
        st.integers(-1, STRATA - 1),  # stratum
        st.sampled_from([-1, 0, 1_800, 5_400, SECONDS_A_DAY]),  # window
    ),
    max_size=50,
)


def visits_of(rows: list[Row]) -> Visits:
    columns = [list(column) for column in zip(*sorted(rows), strict=True)] or [[]] * 5
    group, person, stratum, window = (np.array(columns[k], np.int32) for k in (0, 2, 3, 4))
    start = np.array(columns[1], np.int64)
    return Visits(person, group, start, stratum, window, PERSONS, STRATA)


def by_hand(rows: list[Row], at_least: int) -> Counted:
    """Return (a, b, days), from the rules as they are written."""
    met: set[tuple[int, int, int]] = set()
    for early, late in combinations(sorted(rows), 2):
        group, start, person, stratum, window = early
        near = late[0] == group and 0 <= late[1] - start <= window
        if not near or person == late[2] or stratum < 0 or stratum != late[3]:
            continue
        day = (start if person < late[2] else late[1]) // SECONDS_A_DAY
        met.add((min(person, late[2]), max(person, late[2]), day))
    days = Counter((a, b) for a, b, _ in met)
    return sorted((a, b, n) for (a, b), n in days.items() if n >= at_least)


def plain(found: PairCounts) -> Counted:
    arrays = (found.a.tolist(), found.b.tolist(), found.count.tolist())
    return list(zip(*arrays, strict=True))


@settings(max_examples=300, deadline=None)
@given(rows=ROWS, at_least=st.integers(1, 3))
def test_counts_are_what_the_rules_say(rows: list[Row], at_least: int) -> None:
    found = pair_counts(visits_of(rows), at_least=at_least)
    assert plain(found) == by_hand(rows, at_least)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_the_uncompiled_kernel_counts_the_same(rows: list[Row]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in KERNELS:
            patch.setattr(co_attendance, name, getattr(co_attendance, name).py_func)
        assert plain(pair_counts(visits_of(rows))) == by_hand(rows, 1)


def test_a_pair_counts_once_a_day() -> None:
    hours = [8, 12, 24 + 8]
    rows = [
        (0, hour * 3600 + late, person, 0, 60)
        for hour in hours
        for person, late in enumerate((0, 60))
    ]
    found = pair_counts(visits_of(rows))
    assert plain(found) == [(0, 1, 2)]


def test_the_window_belongs_to_the_earlier_visit_and_its_end_is_inside() -> None:
    reaches = visits_of([(0, 0, 0, 0, 60), (0, 60, 1, 0, -1)])
    too_late = visits_of([(0, 0, 0, 0, 59), (0, 60, 1, 0, 7_200)])
    assert plain(pair_counts(reaches)) == [(0, 1, 1)]
    assert plain(pair_counts(too_late)) == []


def test_two_persons_at_two_places_do_not_meet() -> None:
    assert plain(pair_counts(visits_of([(0, 0, 0, 0, 60), (1, 0, 1, 0, 60)]))) == []


@settings(max_examples=100, deadline=None)
@given(rows=ROWS)
def test_reach_brackets_exactly_the_visits_in_the_window(rows: list[Row]) -> None:
    visits = visits_of(rows)
    last, first = reach(visits.group, visits.start, visits.window)
    n = len(rows)
    near = np.zeros((n, n), bool)
    for i, j in combinations(range(n), 2):
        same = visits.group[i] == visits.group[j]
        near[i, j] = same and visits.start[j] - visits.start[i] <= visits.window[i]
    assert last.tolist() == [i + 1 + int(near[i].sum()) for i in range(n)]
    assert first.tolist() == [int(near[:, j].argmax()) if near[:, j].any() else j for j in range(n)]


def crowd(size: int, persons: int) -> Visits:
    """Return many visits of many persons: many buckets, and pairs that outgrow a first buffer."""
    generator = np.random.default_rng(3)
    start = np.sort(generator.integers(0, 20 * SECONDS_A_DAY, size))
    whole = np.zeros(size, np.int32)
    person = generator.integers(0, persons, size).astype(np.int32)
    return Visits(person, whole, start, whole, np.full(size, 7_200, np.int32), persons, 1)


def test_threads_change_nothing_even_where_pairs_are_many() -> None:
    visits = crowd(4_000, 200)
    one, two = (pair_counts(visits, threads=threads) for threads in (1, 2))
    assert plain(one) == plain(two)
    assert len(one.a) > 1_024
    keys = one.a.astype(np.int64) * 200 + one.b
    assert (np.diff(keys) > 0).all()


@pytest.mark.parametrize("at_once", [1, 700, 5_000])
def test_several_walks_find_what_one_finds(at_once: int) -> None:
    visits = crowd(4_000, 2_000)
    assert plain(pair_counts(visits, at_once=at_once)) == plain(pair_counts(visits))


@pytest.mark.parametrize("at_least", [2, 255, 256, 300])
def test_pairs_that_meet_very_often_are_counted_to_the_last_day(at_least: int) -> None:
    days = {(0, 1): 300, (2, 3): 256, (0, 4): 255, (1, 4): 2}
    rows = [
        (group, day * SECONDS_A_DAY, person, 0, 60)
        for group, (pair, number) in enumerate(days.items())
        for day in range(number)
        for person in pair
    ]
    wanted = sorted((a, b, n) for (a, b), n in days.items() if n >= at_least)
    assert plain(pair_counts(visits_of(rows), at_least=at_least)) == wanted


def test_ten_thousand_years_and_a_hundred_million_persons_fit_one_integer() -> None:
    last, late = 100_000_000, 3_650_000 * SECONDS_A_DAY
    person = np.array([0, last, last - 1, last], np.int32)
    start = np.array([0, 60, late, late], np.int64)
    none = np.zeros(4, np.int32)
    found = pair_counts(Visits(person, none, start, none, none + 60, last + 1, 1))
    assert plain(found) == [(0, last, 1), (last - 1, last, 1)]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, chosen=st.sets(st.integers(0, PERSONS - 1)))
def test_the_visits_of_some_persons_give_the_pairs_among_them(
    rows: list[Row], chosen: set[int]
) -> None:
    mask = np.array([person in chosen for person in range(PERSONS)])
    part = visits_of(rows).of(mask)
    assert plain(pair_counts(part)) == by_hand([row for row in rows if row[2] in chosen], 1)


def test_no_visits_are_no_pairs() -> None:
    assert plain(pair_counts(visits_of([]))) == []


def test_nobody_is_no_pairs() -> None:
    empty = np.zeros(0, np.int32)
    visits = Visits(empty, empty, empty.astype(np.int64), empty, empty, 0, 0)
    assert plain(pair_counts(visits)) == []
