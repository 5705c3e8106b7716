"""Rings: groups with a verdict, a score, members with roles, money and the rows behind them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.values import plain_text
from graphfraud.findings.examined import examined
from graphfraud.findings.explanations import Reason, excuses, reasons
from graphfraud.findings.homes import Registers
from graphfraud.findings.rhythm import SHARED_RHYTHM, p_in_rhythm, told
from graphfraud.findings.score import score
from graphfraud.findings.signals.contract import Signal
from graphfraud.findings.verdict import Verdict, verdict
from graphfraud.model.keys import ring_key
from graphfraud.patterns.group import Group, split

if TYPE_CHECKING:
    from graphfraud.findings.stability import Stability

TOLD_APART = 0.01  # smaller p-values rank alike: replicates cannot tell them apart


@dataclass(frozen=True)
class Ring:
    """One ring before it is ranked; claims: its rows of ring_claims.sql.

    also: what other patterns found of the same ring, strongest first (findings.merging).
    signals, variants: its conduct (findings.signals.assess), looked for once rings are merged.
    stability: what hangs on single days (findings.stability), asked once rings are merged.
    """

    ring_id: str
    pattern: str
    group: Group
    excused: NDArray[np.str_]
    reasons: tuple[Reason, ...]
    verdict: Verdict
    claims: pd.DataFrame
    members: pd.DataFrame
    also: tuple["Ring", ...] = ()
    signals: tuple[Signal, ...] = ()
    variants: tuple[str, ...] = ()
    stability: "Stability | None" = None

    @property
    def score(self) -> float:
        """Return the points of its signals, less what is explained, in [0, 1]."""
        return score(self.signals, self.verdict.unexplained)

    @property
    def fund_amount(self) -> int:
        """Return what funds paid for the ring's claims, in fen, each claim once."""
        return int(self.claims.drop_duplicates("claim_id")["fund_amount"].sum())

    @cached_property
    def persons(self) -> frozenset[str]:
        """Return the ids of the members who are persons."""
        return frozenset(self.members.loc[self.members["entity_type"] == "person", "entity_id"])

    @property
    def rank(self) -> tuple[bool, float, int, str]:
        """Return what rings are sorted by: leads first, then significance, then fund money."""
        p_value = max(self.group.p_value, TOLD_APART)
        return self.verdict.status != "lead", p_value, -self.fund_amount, self.ring_id


def build_rings(
    pattern: str,
    groups: Sequence[Group],
    claims: pd.DataFrame,
    registers: Registers,
    *,
    tested: Sequence[str],
    level: float,
    fewest: int,
) -> list[Ring]:
    """Return the groups as rings, ranked.

    claims: rows of ring_claims.sql, `ring` is a group's position; tested: codes of the reasons that
    are looked for; level: family-wise; fewest: independent parties of a lead.
    """
    rings, groups = [], [_plain(group) for group in groups]
    looked = excuses(groups, registers)
    parts = split(plain_text(claims), len(groups))
    for group, seen, mine in zip(groups, looked, parts, strict=True):
        excused = seen
        judged = verdict(group, excused, tested, level=level, fewest=fewest)
        in_rhythm = p_in_rhythm(group, excused) if judged.status == "lead" else 0.0
        if in_rhythm > level:
            excused = np.where(excused == "", SHARED_RHYTHM, excused)
            judged = verdict(group, excused, tested, level=level, fewest=fewest)
        found = reasons(excused, tested)
        known = [examined(reason, group, registers, mine) for reason in found]
        rings.append(
            Ring(
                ring_key(pattern, group.entities),
                pattern,
                replace(group, rhythm=None),  # it holds all visits of the search
                excused,
                tuple(told(reason, group, in_rhythm) for reason in known),
                judged,
                mine,
                group.members,
            )
        )
    return sorted(rings, key=lambda ring: ring.rank)


def _plain(group: Group) -> Group:
    """Return the group with plain text in its tables: they are short, and asked again and again."""
    tables = (group.members, group.acts, group.claims, group.ties)
    members, acts, claims, ties = (plain_text(table) for table in tables)
    return replace(group, members=members, acts=acts, claims=claims, ties=ties)


def untested(rings: Iterable[Ring]) -> dict[str, int]:
    """Return, for each reason that could not be looked for, of how many leads that is so."""
    leads = [ring for ring in rings if ring.verdict.status == "lead"]
    codes = [one.code for ring in leads for one in ring.reasons if not one.tested]
    return dict(sorted(Counter(codes).items()))
