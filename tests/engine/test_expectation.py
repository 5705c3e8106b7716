"""λ against every way in which the dates could have been dealt."""

from dataclasses import replace
from itertools import chain, combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.engine import expectation
from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.patterns.replicates import replicate
from tests.patterns.simulated import Planted, as_events, simulated, visits_of

PERSONS, STRATA, HOUR = 4, 2, 3_600
KERNELS = ("_date_pairs", "_expected", "_chain", "_meeting")
Row = tuple[int, int, int, int, int]
CASES = st.lists(
    st.tuples(
        st.integers(0, 3),  # day
        st.sampled_from([0, 8 * HOUR, 9 * HOUR, 23 * HOUR]),  # time of day
        st.integers(0, PERSONS - 1),
        st.integers(-1, STRATA - 1),  # stratum
        st.sampled_from([0, HOUR, 2 * HOUR, SECONDS_A_DAY]),  # window
    ),
    max_size=7,
)


def visits_from(rows: list[Row]) -> Visits:
    """Return the visits of one place, in canonical order."""
    keyed = sorted((day * SECONDS_A_DAY + time, p, s, w) for day, time, p, s, w in rows)
    table = np.array(keyed, np.int64).reshape(-1, 4)
    person, stratum, window = (table[:, k].astype(np.int32) for k in (1, 2, 3))
    same = np.zeros(len(table), np.int32)
    return Visits(person, same, table[:, 0].copy(), stratum, window, PERSONS, STRATA)


def every_pair(persons: int = PERSONS) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    pairs = np.array(list(combinations(range(persons), 2)), np.int32)
    return pairs[:, 0], pairs[:, 1]


def deals(rows: list[Row]) -> list[list[Row]]:
    """Return the rows under every way to deal the dates of each stratum among its visits."""
    known = [[row for row in rows if row[3] == stratum] for stratum in range(STRATA)]
    ways = [list(permutations([day for day, *_ in part])) for part in known]
    visits = [row[1:] for part in known for row in part]
    return [
        [(day, *rest) for day, rest in zip(chain(*dealt), visits, strict=True)]
        for dealt in product(*ways)
    ]


def met(rows: list[Row]) -> NDArray[np.float64]:
    """Return how many meetings each pair has, pair of visits by pair of visits."""
    table = np.zeros((PERSONS, PERSONS))
    for early, late in combinations(
        sorted(rows, key=lambda r: (r[0] * SECONDS_A_DAY + r[1], r[2])), 2
    ):
        gap = (late[0] - early[0]) * SECONDS_A_DAY + late[1] - early[1]
        if early[3] == late[3] and early[2] != late[2] and gap <= early[4]:
            table[min(early[2], late[2]), max(early[2], late[2])] += 1
    return table[every_pair()]


@settings(max_examples=150, deadline=None)
@given(rows=CASES)
def test_lambda_is_the_mean_over_every_deal_of_the_dates(rows: list[Row]) -> None:
    wanted = np.mean([met(dealt) for dealt in deals(rows)], axis=0)
    found = DateExchange(visits_from(rows)).expected(*every_pair())
    np.testing.assert_allclose(found, wanted, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(rows=CASES)
def test_the_uncompiled_sums_are_the_same(rows: list[Row]) -> None:
    compiled = DateExchange(visits_from(rows)).expected(*every_pair())
    with pytest.MonkeyPatch.context() as patch:
        for name in KERNELS:
            patch.setattr(expectation, name, getattr(expectation, name).py_func)
        plain = DateExchange(visits_from(rows)).expected(*every_pair())
    np.testing.assert_allclose(plain, compiled)


def test_lambda_is_the_same_for_a_replicate() -> None:
    visits = visits_of(simulated(3, planted=Planted(tuple(range(6)), 12, (0.9,) * 6)))
    pairs = every_pair(visits.n_persons)
    shuffled = replicate(visits, 1, 0)
    assert not np.array_equal(shuffled.start, visits.start)
    np.testing.assert_allclose(
        DateExchange(shuffled).expected(*pairs), DateExchange(visits).expected(*pairs)
    )


def test_a_habit_of_the_clock_is_part_of_the_expectation() -> None:
    """A morning shift meets by chance far more often than others of the same three hours."""
    generator = np.random.default_rng(4)
    shift = [
        (0, d * SECONDS_A_DAY + 7 * HOUR, who)
        for d in range(100)
        for who in range(6)
        if generator.random() < 0.15
    ]
    others = [
        (0, int(d) * SECONDS_A_DAY + int(second), 6 + n % 60)
        for n, (d, second) in enumerate(
            zip(
                generator.integers(0, 100, 600),
                generator.integers(6 * HOUR, 9 * HOUR, 600),
                strict=True,
            )
        )
    ]
    visits = visits_of(as_events(shift + others, 66, 1))
    a, b = every_pair(6)
    expected = DateExchange(visits).expected(a, b).sum()
    seen = [
        pair_counts(replicate(visits, 2, number).of(np.arange(66) < 6)).count.sum()
        for number in range(60)
    ]
    # Two visits of one person may be dealt one day, which then counts once: a little below λ.
    assert 0.8 * expected < np.mean(seen) <= expected + 3 * np.std(seen) / np.sqrt(len(seen))


def test_what_stands_alone_has_no_expectation() -> None:
    alone = DateExchange(visits_from([(0, 0, 0, 0, HOUR), (0, 0, 1, 1, HOUR)]))
    assert alone.expected(*every_pair()).tolist() == [0.0] * 6
    assert DateExchange(visits_from([])).expected(*every_pair()).tolist() == [0.0] * 6


def test_visits_outside_all_strata_are_expected_nowhere() -> None:
    visits = visits_from([(0, 0, person, STRATA - 1, HOUR) for person in range(3)])
    without = replace(visits, stratum=np.where(visits.person == 1, -1, visits.stratum))
    pairs = np.zeros(2, np.int32), np.array([1, 2], np.int32)
    assert DateExchange(visits).expected(*pairs).tolist() == [1.0, 1.0]
    assert DateExchange(without).expected(*pairs).tolist() == [0.0, 1.0]
