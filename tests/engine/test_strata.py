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
    ("thin", "kept_apart"),
    [
        (26, (0, 1, 2)),  # a weekend quarter of one part of the day: 13 weeks × 2 days
        (27, (0, 1)),  # quarters are pooled first
        (66, (0, 1)),  # on working days as well
        (104, (0, 1)),  # the weekend of the year: 52 weeks × 2 days
        (105, (0,)),  # then weekday classes
        (364, (0,)),
        (365, ()),  # then parts of the day
    ],
)
def test_quarters_are_pooled_first_then_weekdays_then_parts_of_the_day(
    thin: int, kept_apart: tuple[int, ...]
) -> None:
    days = MONDAY + np.arange(364) * SECONDS_A_DAY
    start = np.sort(np.concatenate((days + 8 * 3600, days + 16 * 3600)))
    found = strata(np.zeros(728, np.int32), start, excluded=np.zeros(728, bool), thin=thin)
    split = parts(start)
    wanted = {tuple(int(split[k][n]) for k in kept_apart) for n in range(728)}
    if thin == 27:  # working days are thick enough for their quarters
        wanted = {(*key, q) for key in wanted for q in (range(4) if key[1] == 0 else [0])}
    assert int(found.max()) + 1 == len(wanted)


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
