"""Sorting and merging visits: against sorting tuples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.engine import event_order
from graphfraud.engine.event_order import Visits, day_events
from graphfraud.errors import EngineError

Visit = tuple[int, int, int, bool]
KERNELS = ("_scatter", "_merged", "_unpacked")
VISITS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-200_000, 200_000), st.integers(0, 4), st.booleans()),
    max_size=60,
)


def run(visits: list[Visit], n_persons: int = 5) -> list[Visit]:
    rank = np.arange(n_persons, dtype=np.int32)[::-1]
    parts = [part(visits[:7], n_persons), part(visits[7:], n_persons)]
    found = day_events(parts, np.ascontiguousarray(rank), 4)
    return list(zip(*(column.tolist() for column in found), strict=True))


def part(visits: list[Visit], n_persons: int) -> Visits:
    """Return visits as arrays; persons by codes that run against their ranks."""
    place = np.array([visit[0] for visit in visits], np.int32)
    start = np.array([visit[1] for visit in visits], np.int64)
    person = np.array([n_persons - 1 - visit[2] for visit in visits], np.int32)
    return place, start, person, np.array([visit[3] for visit in visits], np.bool_)


def merged(visits: list[Visit]) -> list[Visit]:
    days: dict[tuple[int, int, int], list[Visit]] = {}
    for visit in visits:
        days.setdefault((visit[0], visit[2], visit[1] // 86_400), []).append(visit)
    events = [
        (place, min(v[1] for v in same), person, any(v[3] for v in same))
        for (place, person, _), same in days.items()
    ]
    return sorted(events)


@settings(max_examples=200, deadline=None)
@given(visits=VISITS)
def test_events_are_sorted_and_one_a_day(visits: list[Visit]) -> None:
    assert run(visits) == merged(visits)


@settings(max_examples=30, deadline=None)
@given(visits=VISITS)
def test_the_uncompiled_kernels_agree(visits: list[Visit]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in KERNELS:
            patch.setattr(event_order, name, getattr(event_order, name).py_func)
        assert run(visits) == merged(visits)


def test_impossible_spans_are_refused() -> None:
    with pytest.raises(EngineError, match="impossible dates"):
        run([(0, 0, 0, False), (0, 2**60, 1, False)])
