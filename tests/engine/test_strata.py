"""Strata: a partition by place and time that is nowhere thinner than it may be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.engine.strata import QUARTER, _quarters, strata
from graphfraud.engine.visits import SECONDS_A_DAY

MONDAY = 4 * SECONDS_A_DAY
Longs = NDArray[np.int64]
CASES = st.lists(
    st.tuples(
        st.integers(0, 3),  # group
        st.integers(0, 400 * 24).map(lambda hour: hour * 3600),  # start: more than four quarters
        st.booleans(),  # excluded
    ),
    max_size=200,
)
Case = list[tuple[int, int, bool]]


def arrays(case: Case) -> tuple[NDArray[np.int32], Longs, NDArray[np.bool_]]:
    rows = sorted(case)
    group = np.array([row[0] for row in rows], np.int32)
    start = np.array([row[1] for row in rows], np.int64)
    return group, start, np.array([row[2] for row in rows], bool)


@settings(max_examples=200, deadline=None)
@given(case=CASES, thin=st.integers(1, 12))
def test_strata_part_the_kept_visits_and_are_never_thin(case: Case, thin: int) -> None:
    group, start, excluded = arrays(case)
    found = strata(group, start, excluded=excluded, thin=thin)
    assert ((found == -1) == excluded).all()
    kept = found[~excluded]
    assert sorted(set(kept.tolist())) == list(range(len(set(kept.tolist()))))
    for code in set(kept.tolist()):
        places = set(group[found == code].tolist())
        assert len(places) == 1
        whole = int((group[~excluded] == places.pop()).sum())
        size = int((found == code).sum())
        assert size >= thin or size == whole


def parts(start: Longs) -> tuple[Longs, Longs, Longs]:
    """Return part of the day, weekend and quarter, by the calendar of numpy."""
    day = start // SECONDS_A_DAY
    free = ~np.is_busday(day.astype("datetime64[D]"))
    return start % SECONDS_A_DAY // 10_800, free.astype(np.int64), (day - day.min()) // 91


def test_where_all_is_thick_every_part_splits() -> None:
    start = np.repeat(MONDAY + np.arange(364) * SECONDS_A_DAY, 3) + np.tile(
        [0, 32_400, 54_000], 364
    )
    found = strata(
        np.zeros(len(start), np.int32), start, excluded=np.zeros(len(start), bool), thin=10
    )
    keys = list(zip(*(part.tolist() for part in parts(start)), strict=True))
    assert len(set(keys)) == 3 * 2 * 4
    assert len(set(zip(keys, found.tolist(), strict=True))) == len(set(keys)) == found.max() + 1


@pytest.mark.parametrize(
    ("thin", "weekend", "working_days"),
    [
        (26, [26] * 4, [65] * 4),  # a weekend quarter of one part of the day: 13 weeks × 2 days
        (27, [52] * 2, [65] * 4),  # neighbouring quarters are pooled first
        (53, [104], [65] * 4),
        (66, [104], [130] * 2),  # on working days as well
        (104, [104], [130] * 2),  # the weekend of the year: 52 weeks × 2 days
    ],
)
def test_neighbouring_quarters_are_pooled_first(
    thin: int, weekend: list[int], working_days: list[int]
) -> None:
    days = MONDAY + np.arange(364) * SECONDS_A_DAY
    start = np.sort(np.concatenate((days + 8 * 3600, days + 16 * 3600)))
    found = strata(np.zeros(728, np.int32), start, excluded=np.zeros(728, bool), thin=thin)
    band, free, _ = parts(start)
    for part in set(band.tolist()):
        for off, wanted in ((1, weekend), (0, working_days)):
            mine = found[(band == part) & (free == off)]
            assert np.unique(mine, return_counts=True)[1].tolist() == wanted
            assert (np.diff(mine) >= 0).all()
    cells = zip(band.tolist(), free.tolist(), found.tolist(), strict=True)
    assert len(set(cells)) == found.max() + 1


@pytest.mark.parametrize(
    ("thin", "strata_in_all"),
    [(105, 4), (182, 4), (183, 2), (364, 2), (365, 1), (800, 1)],  # 182: half a year of one part
)
def test_then_weekday_classes_then_parts_of_the_day_are_pooled(
    thin: int, strata_in_all: int
) -> None:
    days = MONDAY + np.arange(364) * SECONDS_A_DAY
    start = np.sort(np.concatenate((days + 8 * 3600, days + 16 * 3600)))
    found = strata(np.zeros(728, np.int32), start, excluded=np.zeros(728, bool), thin=thin)
    assert found.max() + 1 == strata_in_all


def test_a_thin_part_of_the_day_joins_its_neighbours_and_leaves_the_others_alone() -> None:
    hours = np.repeat([7, 10, 13, 22], [40, 60, 50, 3])
    start = np.sort(MONDAY + hours * 3600)
    found = strata(np.zeros(153, np.int32), start, excluded=np.zeros(153, bool), thin=50)
    assert found.tolist() == [0] * 100 + [1] * 53


def test_quarters_without_visits_take_no_room() -> None:
    days = np.array([0, 1, 40_000, 40_100], np.int64)
    first, number, quarters = _quarters(days * SECONDS_A_DAY)
    assert (first, quarters) == (0, 3)
    assert number[days // QUARTER].tolist() == [0, 0, 1, 2]


def test_an_excluded_visit_does_not_thicken_a_stratum() -> None:
    start = np.repeat(MONDAY + np.array([8, 16]) * 3600, 10)
    excluded = np.arange(20) >= 19
    found = strata(np.zeros(20, np.int32), start, excluded=excluded, thin=10)
    assert found.tolist() == [0] * 19 + [-1]


def test_nothing_and_nothing_kept() -> None:
    empty = np.zeros(0, np.int64)
    assert len(strata(empty.astype(np.int32), empty, excluded=empty.astype(bool))) == 0
    all_out = strata(np.zeros(3, np.int32), np.arange(3), excluded=np.ones(3, bool))
    assert all_out.tolist() == [-1, -1, -1]
    assert all_out.dtype == np.int32
