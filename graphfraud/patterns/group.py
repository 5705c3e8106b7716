"""A group: what a pattern hands to findings, with all that its numbers are counted from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from graphfraud.patterns.reruns import Bools, Reruns

ACT_COLUMNS = ("unit", "a", "b", "facility_id", "day", "scheduled", "excuse")


@dataclass(frozen=True)
class Group:
    """Entities that act together more than chance allows.

    members: entity_type, entity_id, role, weight (in [0, 1]: how much of it they took part in),
        sorted by type and id, each once.
    acts: one row an act; unit (acts of one unit count once), a and b (person ids; b is '' where an
        act is one person's, a is '' where it is nobody's), facility_id ('' for none), day (seconds
        of midnight), scheduled (of a treatment by timetable), excuse (a reason code that the
        pattern itself found, or '').
    claims: event (1, 2, … an occasion each), claim_id: the claims that decide.
    ties: type_a, a, type_b, b, observed, expected, p, q: the pairs of members that beat chance.
    expected: how many units chance gives; chance: the family-wise p-value of so many units.
    tie_level, dispersion: what ties between persons were tested with (0, 0 where there are none).
    rhythm: the p-value of so many units once each person's visits are moved as a whole, 0 where the
        members keep no rhythm together; None: not looked for.
    summary_zh, summary_en: what happened, in a sentence.
    stays: the pattern's rule of membership where some days are left out: (reruns, persons), in the
        order of `persons`; None: whoever was seen at all stays.
    """

    members: pd.DataFrame
    acts: pd.DataFrame
    claims: pd.DataFrame
    ties: pd.DataFrame
    expected: float
    chance: Callable[[int], float]
    summary_zh: str
    summary_en: str
    tie_level: float = 0.0
    dispersion: float = 0.0
    rhythm: Callable[[int], float] | None = None
    stays: Callable[[Reruns], Bools] | None = None

    @cached_property
    def observed(self) -> int:
        """Return how many units were seen."""
        return int(self.acts["unit"].nunique())

    @cached_property
    def p_value(self) -> float:
        """Return the family-wise p-value of what was seen."""
        return self.chance(self.observed)

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Return the ids of the members who are persons, sorted."""
        kind = self.members["entity_type"] == "person"
        return tuple(sorted(self.members.loc[kind, "entity_id"]))

    @property
    def entities(self) -> frozenset[tuple[str, str]]:
        """Return the members as (type, id)."""
        return frozenset(zip(self.members["entity_type"], self.members["entity_id"], strict=True))


def split(table: pd.DataFrame, groups: int) -> list[pd.DataFrame]:
    """Return the rows of each group, in their order; the column `ring` says whose they are.

    >>> [list(part["x"]) for part in split(pd.DataFrame({"ring": [1, 0, 1], "x": [5, 6, 7]}), 3)]
    [[6], [5, 7], []]
    """
    rows = table.groupby("ring").indices
    return [table.iloc[rows.get(ring, [])].reset_index(drop=True) for ring in range(groups)]
