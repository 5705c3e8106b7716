"""Judges whether a group is still a lead once everything innocent is taken out of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.findings.parties import parties
from graphfraud.patterns.group import Group

SHOWN_FROM = 0.2  # a reason that excuses less than this share is no explanation by itself


@dataclass(frozen=True)
class Verdict:
    """status: lead or explained; explanation: reason codes joined by ';'; what is left over."""

    status: str
    explanation: str
    unexplained: float


def verdict(
    group: Group,
    excused: NDArray[np.str_],
    tested: Sequence[str],
    *,
    level: float,
    fewest: int,
) -> Verdict:
    """Judge a group; level: family-wise; fewest: independent parties of a lead.

    The p-value of what is left comes from the null model that gave the group's own.
    """
    share = float((excused == "").mean()) if len(excused) else 1.0
    enough = parties(group, excused) >= fewest
    if enough and (share == 1.0 or _stands(group, group.acts[excused == ""], level)):
        return Verdict("lead", "", share)
    return Verdict("explained", _codes(excused, tested), share)


def _stands(group: Group, left: pd.DataFrame, level: float) -> bool:
    """Say whether what is left beats chance, and where it joins pairs, on two occasions or more.

    To be at one place again and again is what such a group is about: once is no group.
    """
    again = not (left["b"] != "").any() or _more_than_once(left["day"].to_numpy(np.int64))
    return again and group.chance(int(left["unit"].nunique())) <= level


def _more_than_once(days: NDArray[np.int64]) -> bool:
    """Say whether the days (seconds of midnight) are more than one day and its next."""
    return int(np.ptp(days)) > SECONDS_A_DAY


def _codes(excused: NDArray[np.str_], tested: Sequence[str]) -> str:
    shares = {code: float((excused == code).mean()) for code in tested}
    main = [code for code, share in shares.items() if share >= SHOWN_FROM]
    return ";".join(main or [max(shares, key=lambda code: shares[code])])
