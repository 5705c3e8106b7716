"""Exchanged dates: what must stay, stays; what must move, moves."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.engine.visits import Visits
from graphfraud.network.permutation import SECONDS_A_DAY, shuffled_dates

VISITS = st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 50 * SECONDS_A_DAY)), max_size=60)


def arrays(visits: list[tuple[int, int]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    stratum = np.array([visit[0] for visit in visits], np.int32)
    return stratum, np.array([visit[1] for visit in visits], np.int64)


def dealt(stratum: NDArray[np.int32], start: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    order = np.argsort(stratum, kind="stable").astype(np.int32)
    order = order[stratum[order] >= 0]
    indptr = np.searchsorted(stratum[order], np.arange(int(stratum.max(initial=-1)) + 2))
    return shuffled_dates(indptr, order, start, np.random.default_rng(seed))


def days(stratum: NDArray[np.int32], start: NDArray[np.int64]) -> Counter[tuple[int, int]]:
    return Counter(zip(stratum.tolist(), (start // SECONDS_A_DAY).tolist(), strict=True))


@settings(deadline=None)  # the first one compiles
@given(visits=VISITS, seed=st.integers(0, 1_000))
def test_each_stratum_keeps_its_days_and_each_visit_its_clock(
    visits: list[tuple[int, int]], seed: int
) -> None:
    stratum, start = arrays(visits)
    found = dealt(stratum, start, seed)
    assert days(stratum, found) == days(stratum, start)
    assert (found % SECONDS_A_DAY == start % SECONDS_A_DAY).all()
    assert (found[stratum < 0] == start[stratum < 0]).all()


def many() -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    generator = np.random.default_rng(1)
    stratum = generator.integers(-1, 3, 4_000).astype(np.int32)
    return stratum, generator.integers(0, 100 * SECONDS_A_DAY, 4_000)


def test_the_seed_decides() -> None:
    stratum, start = many()
    one, again, other = (dealt(stratum, start, seed) for seed in (7, 7, 8))
    assert (one == again).all()
    assert (one != other).mean() > 0.5


def test_every_visit_may_get_every_date_of_its_stratum() -> None:
    """Each of four visits gets each of four dates about equally often."""
    stratum, start = np.zeros(4, np.int32), np.arange(4) * SECONDS_A_DAY
    seen = np.zeros((4, 4), np.int64)
    for seed in range(2_000):
        found = dealt(stratum, start, seed) // SECONDS_A_DAY
        seen[np.arange(4), found] += 1
    assert (abs(seen - 500) < 5 * np.sqrt(500 * 0.75)).all()


def test_the_link_between_visit_and_date_is_gone() -> None:
    stratum, start = many()
    found = dealt(stratum, start, 3)
    known = stratum >= 0
    assert abs(np.corrcoef(start[known], found[known])[0, 1]) < 0.1


@settings(deadline=None)
@given(visits=VISITS, seed=st.integers(0, 1_000))
def test_dates_are_dealt_by_lots_from_the_last_visit_of_a_stratum_to_the_first(
    visits: list[tuple[int, int]], seed: int
) -> None:
    stratum, start = arrays(visits)
    order = sorted(np.flatnonzero(stratum >= 0).tolist(), key=lambda i: int(stratum[i]))
    lots = np.random.default_rng(seed).integers(0, 1 << 32, len(order), dtype=np.int64).tolist()
    wanted = dict.fromkeys(order, 0)
    for s in range(4):
        mine = [(visit, lots[k]) for k, visit in enumerate(order) if stratum[visit] == s]
        dates = [int(start[visit]) // SECONDS_A_DAY for visit, _ in mine]
        while mine:
            visit, lot = mine.pop()
            wanted[visit] = _swapped(dates, lot * len(dates) >> 32)
    found = dealt(stratum, start, seed) // SECONDS_A_DAY
    assert {visit: int(found[visit]) for visit in order} == wanted


def _swapped(dates: list[int], other: int) -> int:
    """Take out one of the dates; the last takes its place."""
    taken, dates[other] = dates[other], dates[-1]
    dates.pop()
    return taken


@settings(deadline=None)
@given(visits=VISITS)
def test_visits_are_listed_by_stratum(visits: list[tuple[int, int]]) -> None:
    stratum, start = arrays(sorted(visits))
    none = np.zeros(len(start), np.int32)
    seen = Visits(none, none, start, stratum, none, 1, int(stratum.max(initial=-1)) + 1)
    indptr, order = seen.by_stratum
    for s in range(seen.n_strata):
        assert order[indptr[s] : indptr[s + 1]].tolist() == np.flatnonzero(stratum == s).tolist()
    assert indptr[-1] == len(order) == (stratum >= 0).sum()
