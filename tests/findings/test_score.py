"""Scores: the points of the signals, in [0, 1], less where more is explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.findings.score import score
from graphfraud.findings.signals.contract import Signal

points = st.lists(st.floats(0, 0.4), max_size=16)


def signals(values: list[float]) -> list[Signal]:
    return [Signal("inside", 1.0, value, "", "") for value in values]


@given(points, st.floats(0, 1))
def test_a_score_lies_between_nothing_and_one(values: list[float], unexplained: float) -> None:
    assert 0.0 <= score(signals(values), unexplained) <= 1.0


@pytest.mark.parametrize(
    ("values", "unexplained", "wanted"),
    [
        ([], 1.0, 0.0),
        ([0.25, 0.1], 1.0, 0.35),
        ([0.25, 0.1], 0.5, 0.175),
        ([0.4, 0.4, 0.4], 1.0, 1.0),
        ([0.4, 0.4, 0.4], 0.5, 0.5),
        ([0.4], 0.0, 0.0),
    ],
)
def test_points_add_up_to_one_at_most_and_lose_what_is_explained(
    values: list[float], unexplained: float, wanted: float
) -> None:
    assert score(signals(values), unexplained) == pytest.approx(wanted)
