"""Who of a gathering is still a member where some of its days are left out.

The rules are those that took the members in: the core's test (patterns.core), who met whom beyond
chance without the one they met most; the count of joint days where only company counts
(patterns.company). Who joined by growth (patterns.growth) is no part of the core; there the count
of days with two companions is asked again, as many as growth asks for.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.significance import upper_tail
from graphfraud.patterns.growth import COMPANIONS
from graphfraud.patterns.reruns import Bools, Ints, Reruns

Floats = NDArray[np.float64]
Rule = Callable[[Reruns], Bools]


def core_rule(
    persons: list[str], meetings: pd.DataFrame, expected: Floats, *, level: float, at_least: int
) -> Rule:
    """Return who stays by the core's test, or by growth's count where the core never held them.

    persons: sorted ids (n); meetings: a, b, day; expected: joint days by chance of each pair, in
    the order of the pairs of sorted persons; level: for all members together.
    """
    chance = np.zeros((len(persons), len(persons)))
    chance[np.triu_indices(len(persons), 1)] = expected
    chance += chance.T

    def stays(reruns: Reruns) -> Bools:
        joint = joint_days(persons, meetings, reruns)
        everything = joint_days(persons, meetings, _all_of(reruns))
        held = in_core(everything, chance, level)[0]
        core = in_core(joint, chance * (1 - reruns.left_out), level)
        joined = _accompanied(persons, meetings, reruns) >= at_least
        return np.asarray(np.where(held, core, joined))

    return stays


def company_rule(persons: list[str], meetings: pd.DataFrame, *, at_least: int) -> Rule:
    """Return who stays by the count of joint days in company with any one other."""

    def stays(reruns: Reruns) -> Bools:
        joint = joint_days(persons, meetings, reruns)
        staying = np.ones((reruns.size, len(persons)), bool)
        while True:
            among = np.where(_both(staying), joint, 0)
            found = staying & (among.max(axis=2, initial=0) >= at_least)
            if (found == staying).all():
                return np.asarray(found)
            staying = found

    return stays


def joint_days(persons: list[str], meetings: pd.DataFrame, reruns: Reruns) -> Ints:
    """Return on how many kept days each two persons met: (reruns, n, n), symmetric."""
    days = meetings[["a", "b", "day"]].drop_duplicates()
    a, b = (np.searchsorted(persons, days[end].to_numpy(str)) for end in "ab")
    kept = reruns.keeps(days["day"].to_numpy(np.int64))
    size = len(persons)
    counted = [np.bincount(a * size + b, row, minlength=size * size) for row in kept]
    joint = np.array(counted, np.int64).reshape(reruns.size, size, size)
    return np.asarray(joint + joint.transpose(0, 2, 1))


def in_core(joint: Ints, expected: Floats, level: float) -> Bools:
    """Return who is in the core of each rerun: patterns.core.core, for all reruns at once."""
    staying = np.ones(joint.shape[:2], bool)
    rows = np.arange(len(joint))
    while True:
        p = np.where(staying, _p_without_closest(joint, expected, _both(staying)), -1.0)
        weakest = np.argmax(p, axis=1)
        left = staying.sum(axis=1)
        failing = (left > 1) & (p[rows, weakest] * left > level)
        if not failing.any():
            return np.asarray(staying & (left > 1)[:, None])
        staying[rows[failing], weakest[failing]] = False


def _p_without_closest(joint: Ints, expected: Floats, both: Bools) -> Floats:
    """Return for each member how likely chance gives the joint days without the closest member."""
    days, chance = np.where(both, joint, 0), np.where(both, expected, 0.0)
    closest = np.argmax(days, axis=2)[:, :, None]
    others = [values.sum(axis=2) - np.take_along_axis(values, closest, axis=2)[:, :, 0]
              for values in (days, chance)]  # fmt: skip
    return upper_tail(others[0], others[1])


def _accompanied(persons: list[str], meetings: pd.DataFrame, reruns: Reruns) -> Ints:
    """Return on how many kept days each person met companions enough: (reruns, n)."""
    ends = [meetings[[one, other, "day"]].set_axis(["who", "whom", "day"], axis=1)
            for one, other in ("ab", "ba")]  # fmt: skip
    met = pd.concat(ends).drop_duplicates().groupby(["who", "day"], sort=True).size()
    days = met[met >= COMPANIONS].index
    who = np.searchsorted(persons, days.get_level_values("who").to_numpy(str))
    kept = reruns.keeps(days.get_level_values("day").to_numpy(np.int64))
    return np.array([np.bincount(who, row, minlength=len(persons)) for row in kept], np.int64)


def _both(staying: Bools) -> Bools:
    return np.asarray(staying[:, :, None] & staying[:, None, :])


def _all_of(reruns: Reruns) -> Reruns:
    """Return the one rerun that leaves nothing out."""
    return Reruns(reruns.days, np.ones((1, len(reruns.days)), bool), 0.0)
