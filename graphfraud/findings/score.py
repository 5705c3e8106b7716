"""A ring's score: the points of its conduct signals (weights.toml), less what is explained."""

from collections.abc import Iterable

from graphfraud.findings.signals.contract import Signal


def score(signals: Iterable[Signal], unexplained: float) -> float:
    """Return min(1, sum of points) · unexplained, in [0, 1].

    unexplained: the share of what was counted that no innocent reason excuses.
    """
    return round(min(1.0, sum(signal.points for signal in signals)) * unexplained, 6)
