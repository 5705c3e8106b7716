"""The table of points: one line a signal, each with its reason."""

from graphfraud.findings.weights import WEIGHTS


def test_every_line_says_what_and_why() -> None:
    assert all(len(one.what) > 10 and len(one.why) > 10 for one in WEIGHTS.values())


def test_no_single_signal_makes_a_score() -> None:
    assert max(one.points for one in WEIGHTS.values()) <= 0.25


def test_together_they_can_reach_the_top() -> None:
    assert sum(one.points for one in WEIGHTS.values()) >= 1.0
