"""Expectations against dense matrices."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.engine import expectation
from graphfraud.engine.co_attendance import Visits, pair_counts
from graphfraud.engine.expectation import expected_counts, meeting_chance, traffic

PERSONS, STRATA = 7, 4
CASES = st.lists(
    st.tuples(
        st.integers(0, 40),  # start, in half hours
        st.integers(0, PERSONS - 1),
        st.integers(-1, STRATA - 1),
    ),
    max_size=60,
)
Case = list[tuple[int, int, int]]


def visits_of(case: Case) -> Visits:
    rows = np.array(sorted(case), np.int64).reshape(-1, 3)
    start, person, stratum = rows[:, 0] * 1_800, rows[:, 1], rows[:, 2].astype(np.int32)
    same = np.zeros(len(rows), np.int32)
    window = np.full(len(rows), 3_600, np.int32)
    return Visits(person.astype(np.int32), same, start, stratum, window, PERSONS, STRATA)


def dense(visits: Visits) -> NDArray[np.int64]:
    """Return the visits of every person in every stratum."""
    table = np.zeros((PERSONS, STRATA), np.int64)
    known = visits.stratum >= 0
    np.add.at(table, (visits.person[known], visits.stratum[known]), 1)
    return table


def every_pair() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    pairs = np.array(list(combinations(range(PERSONS), 2)), np.int32)
    return pairs[:, 0], pairs[:, 1]


@settings(max_examples=100, deadline=None)
@given(case=CASES)
def test_lambda_is_the_weighted_product_of_the_margins(case: Case) -> None:
    visits, chance = visits_of(case), np.array([0.5, 0.25, 0.0, 0.125])
    a, b = every_pair()
    product = (dense(visits) * chance) @ dense(visits).T
    found = expected_counts(visits, a, b, chance)
    np.testing.assert_allclose(found, product[a, b], atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(case=CASES)
def test_lambda_of_all_pairs_adds_up_to_the_meetings_seen(case: Case) -> None:
    visits = visits_of(case)
    meetings = pair_counts(visits).meetings
    a, b = every_pair()
    found = expected_counts(visits, a, b, meeting_chance(visits, meetings))
    np.testing.assert_allclose(found.sum(), meetings.sum(), atol=1e-9)


@settings(max_examples=100, deadline=None)
@given(case=CASES)
def test_traffic_is_what_numpy_counts(case: Case) -> None:
    visits = visits_of(case)
    total, own = traffic(visits)
    counts = dense(visits)
    assert total.tolist() == counts.sum(axis=0).tolist()
    assert own.tolist() == (counts * (counts - 1) // 2).sum(axis=0).tolist()


@settings(max_examples=30, deadline=None)
@given(case=CASES)
def test_the_uncompiled_sums_are_the_same(case: Case) -> None:
    visits, chance = visits_of(case), np.linspace(0.1, 0.9, STRATA)
    a, b = every_pair()
    compiled = expected_counts(visits, a, b, chance), traffic(visits)[1]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_traffic", "_expected"):
            patch.setattr(expectation, name, getattr(expectation, name).py_func)
        plain = expected_counts(visits, a, b, chance), traffic(visits)[1]
    np.testing.assert_allclose(plain[0], compiled[0])
    assert plain[1].tolist() == compiled[1].tolist()


def test_a_stratum_of_one_person_has_no_chance_to_meet() -> None:
    visits = visits_of([(0, 1, 0), (1, 1, 0)])
    assert meeting_chance(visits, np.zeros(STRATA, np.int64)).tolist() == [0.0] * STRATA
