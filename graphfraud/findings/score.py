"""A ring's score from one reviewable table of points (weights.toml)."""

import math
import tomllib
from functools import cache
from importlib.resources import files

from graphfraud.findings.homes import Registers
from graphfraud.patterns.group import Group


def score(group: Group, registers: Registers, unexplained: float) -> float:
    """Return the ring's points in [0, 1]; unexplained: share of what was counted not excused."""
    marks = _marks(group, registers)
    points = sum(
        entry["points"] * min(1.0, max(0.0, marks[name]) / entry["full"])
        for name, entry in _weights().items()
    )
    return round(points * unexplained, 6)


def _marks(group: Group, registers: Registers) -> dict[str, float]:
    persons = group.members[group.members["entity_type"] == "person"]
    claims = sum(registers.claims.get(person, 0) for person in group.persons)
    return {
        "beyond_chance": math.log10(max(1.0, group.observed / max(group.expected, 1e-9))),
        "cohesion": float(persons["weight"].mean()) if len(persons) else 0.0,
        "persistence": float(group.acts["day"].nunique()),
        "inside": group.claims["claim_id"].nunique() / max(1, claims),
    }


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = files("graphfraud.findings").joinpath("weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
