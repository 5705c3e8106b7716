"""A ring's score from one reviewable table of points (weights.toml)."""

import math
import tomllib
from functools import cache
from importlib.resources import files

from graphfraud.patterns.contract import Group


def score(group: Group, unexplained: float) -> float:
    """Return the ring's points in [0, 1]; unexplained: share of the joint visits not excused."""
    marks = _marks(group)
    points = sum(
        entry["points"] * min(1.0, max(0.0, marks[name]) / entry["full"])
        for name, entry in _weights().items()
    )
    return round(points * unexplained, 6)


def _marks(group: Group) -> dict[str, float]:
    size = len(group.persons)
    ends = ("a", "start_a"), ("b", "start_b")
    joint = {pair for end in ends for pair in group.meetings[list(end)].itertuples(index=False)}
    visits = max(1, sum(group.own_visits.values()))
    return {
        "beyond_chance": math.log10(max(1.0, group.observed / max(group.expected, 1e-9))),
        "cohesion": len(group.ties) / (size * (size - 1) / 2),
        "persistence": float(group.meetings["day"].nunique()),
        "inside": len(joint) / visits,
    }


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = files("graphfraud.findings").joinpath("weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
