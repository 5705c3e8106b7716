"""Exchanged dates: what must stay, stays; what must move, moves."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.network.permutation import SECONDS_A_DAY, shuffled_dates

VISITS = st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 50 * SECONDS_A_DAY)), max_size=60)


def arrays(visits: list[tuple[int, int]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    stratum = np.array([visit[0] for visit in visits], np.int32)
    return stratum, np.array([visit[1] for visit in visits], np.int64)


def days(stratum: NDArray[np.int32], start: NDArray[np.int64]) -> Counter[tuple[int, int]]:
    return Counter(zip(stratum.tolist(), (start // SECONDS_A_DAY).tolist(), strict=True))


@settings(deadline=None)  # the first one compiles
@given(visits=VISITS, seed=st.integers(0, 1_000))
def test_each_stratum_keeps_its_days_and_each_visit_its_clock(
    visits: list[tuple[int, int]], seed: int
) -> None:
    stratum, start = arrays(visits)
    found = shuffled_dates(stratum, start, np.random.default_rng(seed))
    assert days(stratum, found) == days(stratum, start)
    assert (found % SECONDS_A_DAY == start % SECONDS_A_DAY).all()
    assert (found[stratum < 0] == start[stratum < 0]).all()


def many() -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    generator = np.random.default_rng(1)
    stratum = generator.integers(-1, 3, 4_000).astype(np.int32)
    return stratum, generator.integers(0, 100 * SECONDS_A_DAY, 4_000)


def test_the_seed_decides() -> None:
    stratum, start = many()
    one, again, other = (
        shuffled_dates(stratum, start, np.random.default_rng(seed)) for seed in (7, 7, 8)
    )
    assert (one == again).all()
    assert (one != other).mean() > 0.5


def test_every_visit_may_get_every_date_of_its_stratum() -> None:
    """Each of four visits gets each of four dates about equally often."""
    stratum, start = np.zeros(4, np.int32), np.arange(4) * SECONDS_A_DAY
    seen = np.zeros((4, 4), np.int64)
    for seed in range(2_000):
        found = shuffled_dates(stratum, start, np.random.default_rng(seed)) // SECONDS_A_DAY
        seen[np.arange(4), found] += 1
    assert (abs(seen - 500) < 5 * np.sqrt(500 * 0.75)).all()


def test_the_link_between_visit_and_date_is_gone() -> None:
    stratum, start = many()
    found = shuffled_dates(stratum, start, np.random.default_rng(3))
    known = stratum >= 0
    assert abs(np.corrcoef(start[known], found[known])[0, 1]) < 0.1


@settings(deadline=None)
@given(visits=VISITS, seed=st.integers(0, 1_000))
def test_the_nth_visit_takes_the_date_of_the_nth_smallest_lot(
    visits: list[tuple[int, int]], seed: int
) -> None:
    stratum, start = arrays(visits)
    found = shuffled_dates(stratum, start, np.random.default_rng(seed))
    lots = np.random.default_rng(seed).integers(0, 1 << 32, len(start), dtype=np.int64)
    members = sorted(range(len(start)), key=lambda i: stratum[i])
    drawn = sorted(range(len(start)), key=lambda k: (stratum[members[k]], lots[k]))
    for i, k in zip(members, drawn, strict=True):
        if stratum[i] >= 0:
            assert found[i] // SECONDS_A_DAY == start[members[k]] // SECONDS_A_DAY
