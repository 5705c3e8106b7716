"""Rings: groups with a verdict, a score, members with roles, money and the rows behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.findings.explanations import Reason, Registers, excuses, reasons
from graphfraud.findings.members import members
from graphfraud.findings.score import score
from graphfraud.findings.verdict import Verdict, verdict
from graphfraud.model.keys import ring_key
from graphfraud.patterns.contract import Group, Outcome


@dataclass(frozen=True)
class Ring:
    """One ring before it is ranked; claims: its rows of ring_claims.sql."""

    ring_id: str
    pattern: str
    group: Group
    excused: NDArray[np.str_]
    reasons: tuple[Reason, ...]
    verdict: Verdict
    score: float
    claims: pd.DataFrame
    members: pd.DataFrame

    @property
    def fund_amount(self) -> int:
        """Return what funds paid for the joint visits, in fen, each claim once."""
        return int(self.claims.drop_duplicates("claim_id")["fund_amount"].sum())


def build_rings(
    pattern: str,
    outcome: Outcome,
    claims: pd.DataFrame,
    registers: Registers,
    *,
    level: float,
    parties: int,
) -> list[Ring]:
    """Return the significant groups as rings, ranked: leads first, then p, then fund money."""
    rings = []
    for number, group in enumerate(outcome.groups):
        if group.p_value > level:
            continue
        mine = claims[claims["ring"] == number].reset_index(drop=True)
        excused = excuses(group, registers)
        judged = verdict(group, excused, outcome, level=level, parties=parties)
        people = members(group, mine)
        keys = zip(people["entity_type"], people["entity_id"], strict=True)
        rings.append(
            Ring(
                ring_key(pattern, keys),
                pattern,
                group,
                excused,
                reasons(excused),
                judged,
                score(group, judged.unexplained),
                mine,
                people,
            )
        )
    return sorted(rings, key=_rank)


def _rank(ring: Ring) -> tuple[bool, float, int, str]:
    return ring.verdict.status != "lead", ring.group.p_value, -ring.fund_amount, ring.ring_id
