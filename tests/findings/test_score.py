"""Scores: from the table of points, in [0, 1], less where more is explained."""

import dataclasses
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.findings.score import score
from graphfraud.patterns.contract import Group
from tests.findings.groups import group_of, meetings


@given(
    days=st.integers(0, 40),
    expected=st.floats(0, 50),
    own=st.integers(0, 60),
    unexplained=st.floats(0, 1),
)
def test_a_score_lies_between_nothing_and_one(
    days: int, expected: float, own: int, unexplained: float
) -> None:
    group = group_of("ABC", meetings(dict.fromkeys(combinations("ABC", 2), days)))
    group = dataclasses.replace(group, expected=expected, own_visits=dict.fromkeys("ABC", own))
    assert 0.0 <= score(group, unexplained) <= 1.0


def example() -> Group:
    """Return three persons: 30 joint days against 0.3, all tied, 10 days, half of their visits."""
    return group_of("ABC")


def test_points_add_up_as_the_table_says() -> None:
    beyond, cohesion, persistence, inside = 0.4 * 2 / 3, 0.2, 0.2 * 10 / 12, 0.2
    wanted = beyond + cohesion + persistence + inside
    assert score(example(), 1.0) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("left", [0.0, 0.25, 0.5])
def test_what_is_explained_takes_its_share_off(left: float) -> None:
    assert score(example(), left) == pytest.approx(left * score(example(), 1.0), abs=1e-6)


@pytest.mark.parametrize(
    "weaker",
    [
        {"expected": 3.0},
        {"ties": pd.DataFrame({"a": ["A"], "b": ["B"]})},
        {"own_visits": dict.fromkeys("ABC", 200)},
        {"meetings": meetings(dict.fromkeys(combinations("ABC", 2), 5))},
    ],
    ids=["nearer chance", "fewer ties", "more visits alone", "fewer days"],
)
def test_weaker_evidence_scores_less(weaker: dict[str, object]) -> None:
    assert score(dataclasses.replace(example(), **weaker), 1.0) < score(example(), 1.0)  # type: ignore[arg-type]


def test_a_group_seen_no_more_than_expected_gets_no_points_for_chance() -> None:
    quiet = dataclasses.replace(example(), expected=60.0)
    louder = dataclasses.replace(example(), expected=30.0)
    assert score(quiet, 1.0) == score(louder, 1.0)
