"""Windows against worked examples and against the bound they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.engine.windows import INPATIENT, WindowRule, Windows, weekend, windows

MONDAY = 4 * SECONDS_A_DAY  # 1970-01-05
HOUR = 3_600
RULE = WindowRule()


def found(
    start: NDArray[np.int64] | list[int], kind: int = 0, rule: WindowRule = RULE, group: int = 0
) -> Windows:
    """Return the windows of one group's sorted starts."""
    start = np.asarray(start, np.int64)
    groups, kinds = np.full(len(start), group, np.int32), np.full(len(start), kind, np.int8)
    return windows(groups, kinds, start, rule)


def daily(days: int, hours: list[float]) -> list[int]:
    return [
        MONDAY + day * SECONDS_A_DAY + int(hour * HOUR) for day in range(days) for hour in hours
    ]


def test_weekends_are_those_of_the_calendar() -> None:
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]")
    seconds = days.astype("datetime64[s]").astype(np.int64)
    assert weekend(seconds).tolist() == [int(day.weekday() >= 5) for day in days.tolist()]


def test_a_quiet_place_has_an_hour() -> None:
    window = found(daily(14, [9, 15])).window
    assert set(window.tolist()) == {HOUR}
    assert window.dtype == np.int32


def test_a_busy_hour_has_a_narrow_window_and_only_that_hour() -> None:
    busy = [9 + n / 60 for n in range(50)]  # 50 visits an hour: 10 in 2 x 6 minutes
    result = found(daily(5, [*busy, 15.5]), rule=WindowRule(crowd=1_000))
    assert result.window.tolist() == [*[6 * 60] * 50, HOUR] * 5


def test_weekends_have_their_own_traffic() -> None:
    weekdays = daily(5, [9 + n / 60 for n in range(50)])
    saturday = [MONDAY + 5 * SECONDS_A_DAY + 9 * HOUR]
    assert found(weekdays + saturday).window[-1] == HOUR


@settings(max_examples=100, deadline=None)
@given(
    starts=st.lists(st.integers(0, 3 * SECONDS_A_DAY), min_size=1, max_size=300),
    strangers=st.integers(1, 10),
)
def test_no_more_than_the_allowed_strangers_are_expected(starts: list[int], strangers: int) -> None:
    start = np.sort(np.array(starts, np.int64)) + MONDAY
    window = found(start, rule=WindowRule(strangers=strangers)).window
    days = max(1, int(start[-1] // SECONDS_A_DAY - start[0] // SECONDS_A_DAY + 1))
    hour = start % SECONDS_A_DAY // HOUR
    for at, seconds in zip(hour, window, strict=True):
        rate = int((hour == at).sum()) / days / HOUR
        assert seconds <= HOUR
        assert 2 * seconds * rate <= strangers + 1e-9


def test_dates_alone_are_compared_by_the_day() -> None:
    result = found(daily(14, [0]))
    assert result.clockless.all()
    assert set(result.window.tolist()) == {0}


def test_a_day_with_too_many_strangers_is_no_unit() -> None:
    dates = sorted(daily(4, [0]) * 11)
    assert set(found(dates).window.tolist()) == {-1}
    assert set(found(dates, rule=WindowRule(strangers=11)).window.tolist()) == {0}


def test_half_of_the_visits_at_midnight_are_a_place_without_a_clock() -> None:
    half, fewer = daily(8, [0, 9]), daily(8, [0, 9, 10])
    assert found(half).clockless.all()
    assert not found(fewer).clockless.any()


def test_midnight_among_clock_times_is_no_time() -> None:
    window = found(daily(8, [0, 9, 10])).window
    assert window.tolist() == [-1, HOUR, HOUR] * 8


@pytest.mark.parametrize(("a_day", "window"), [(3, SECONDS_A_DAY), (4, 0), (10, 0), (11, -1)])
def test_admissions_reach_the_next_day_where_three_days_are_quiet(a_day: int, window: int) -> None:
    assert set(found(sorted(daily(9, [0]) * a_day), kind=INPATIENT).window.tolist()) == {window}


def test_admissions_with_a_clock_are_still_by_the_day() -> None:
    result = found(daily(9, [8.5]), kind=INPATIENT)
    assert result.clockless.all()
    assert set(result.window.tolist()) == {SECONDS_A_DAY}


@pytest.mark.parametrize(("crowd", "marked"), [(5, 0), (4, 1), (2, 3)])
def test_a_mega_event_starts_no_meetings(crowd: int, marked: int) -> None:
    together = [MONDAY + 9 * HOUR + n for n in range(6)]
    result = found(together, rule=WindowRule(strangers=100, crowd=crowd))
    assert result.crowded.tolist() == [True] * marked + [False] * (6 - marked)
    assert (result.window < 0).tolist() == result.crowded.tolist()


def test_a_crowd_does_not_reach_over_to_the_next_place() -> None:
    start = np.array([MONDAY + 9 * HOUR + n for n in range(3)] * 2, np.int64)
    group = np.repeat(np.array([0, 1], np.int32), 3)
    result = windows(group, np.zeros(6, np.int8), start, WindowRule(crowd=2))
    assert not result.crowded.any()


def test_one_date_of_long_ago_widens_no_window() -> None:
    busy = daily(14, [9 + minute / 60 for minute in range(60)])
    long_ago = MONDAY - 25_000 * SECONDS_A_DAY + 9 * HOUR
    assert found([long_ago, *busy]).window[1:].tolist() == pytest.approx(
        found(busy).window.tolist(), rel=0.1
    )


def test_two_places_are_judged_apart() -> None:
    start = np.array(daily(8, [0]) + daily(8, [9]), np.int64)
    group = np.repeat(np.array([0, 1], np.int32), 8)
    result = windows(group, np.zeros(16, np.int8), start, RULE)
    assert result.clockless.tolist() == [True] * 8 + [False] * 8


def test_nothing_has_no_windows() -> None:
    result = found([])
    assert [len(part) for part in (result.window, result.clockless, result.crowded)] == [0, 0, 0]
