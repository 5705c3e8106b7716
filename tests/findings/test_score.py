"""Scores: from the table of points, in [0, 1], less where more is explained."""

import dataclasses
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.findings.homes import Registers
from graphfraud.findings.score import score
from graphfraud.patterns.group import Group
from tests.findings.groups import group_of, meetings, members_of, registers


@settings(deadline=None)
@given(
    days=st.integers(1, 40),
    expected=st.floats(0, 50),
    own=st.integers(0, 60),
    unexplained=st.floats(0, 1),
)
def test_a_score_lies_between_nothing_and_one(
    days: int, expected: float, own: int, unexplained: float
) -> None:
    group = group_of("ABC", meetings(dict.fromkeys(combinations("ABC", 2), days)))
    group = dataclasses.replace(group, expected=expected, claims=claims(own))
    assert 0.0 <= score(group, known(own), unexplained) <= 1.0


def known(each: int) -> Registers:
    """Return registers that count so many claims of each person."""
    return registers(claims=dict.fromkeys("ABC", each))


def claims(number: int) -> pd.DataFrame:
    """Return so many deciding claims."""
    ids = [str(n) for n in range(number)]
    return pd.DataFrame({"event": 1, "claim_id": pd.Series(ids, dtype=str)})


def example() -> Group:
    """Return three persons: 30 joint days against 0.3, all always there, 10 days, 30 claims."""
    return dataclasses.replace(group_of("ABC"), claims=claims(30))


def scored(group: Group, unexplained: float = 1.0, each: int = 20) -> float:
    return score(group, known(each), unexplained)


def test_points_add_up_as_the_table_says() -> None:
    beyond, cohesion, persistence, inside = 0.4 * 2 / 3, 0.2, 0.2 * 10 / 12, 0.2 * 0.5 / 0.5
    wanted = beyond + cohesion + persistence + inside
    assert scored(example()) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("left", [0.0, 0.25, 0.5])
def test_what_is_explained_takes_its_share_off(left: float) -> None:
    assert scored(example(), left) == pytest.approx(left * scored(example()), abs=1e-6)


FEWER_DAYS = group_of("ABC", meetings(dict.fromkeys(combinations("ABC", 2), 5)))


@pytest.mark.parametrize(
    "weaker",
    [
        {"expected": 3.0},
        {"members": members_of("ABC").assign(weight=0.5)},
        {"claims": claims(10)},
        {"acts": FEWER_DAYS.acts},
    ],
    ids=["nearer chance", "seldom there", "more claims besides", "fewer days"],
)
def test_weaker_evidence_scores_less(weaker: dict[str, object]) -> None:
    assert scored(dataclasses.replace(example(), **weaker)) < scored(example())  # type: ignore[arg-type]


def test_a_group_seen_no_more_than_expected_gets_no_points_for_chance() -> None:
    quiet = dataclasses.replace(example(), expected=60.0)
    louder = dataclasses.replace(example(), expected=30.0)
    assert scored(quiet) == scored(louder)
