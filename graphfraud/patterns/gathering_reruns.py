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
        met, size = joint_days(persons, meetings), len(persons)
        held = in_core(counted(met, size, _all_of(reruns)), chance, level)[0]
        core = in_core(counted(met, size, reruns), chance * (1 - reruns.left_out), level)
        if held.all():
            return core
        return np.asarray(np.where(held, core, _accompanied(met, size, reruns) >= at_least))

    return stays


def company_rule(persons: list[str], meetings: pd.DataFrame, *, at_least: int) -> Rule:
    """Return who stays by the count of joint days in company with any one other."""

    def stays(reruns: Reruns) -> Bools:
        joint = counted(joint_days(persons, meetings), len(persons), reruns)
        staying = np.ones((reruns.size, len(persons)), bool)
        while True:
            among = np.where(_both(staying), joint, 0)
            found = staying & (among.max(axis=2, initial=0) >= at_least)
            if (found == staying).all():
                return np.asarray(found)
            staying = found

    return stays


def joint_days(persons: list[str], meetings: pd.DataFrame) -> Ints:
    """Return (day, one, other), once for each day on which two persons met, both ways round."""
    ids, day = pd.Index(persons), meetings["day"].to_numpy(np.int64)
    a, b = (ids.get_indexer(pd.Index(meetings[end])).astype(np.int64) for end in "ab")
    both = np.hstack([np.stack([day, a, b]), np.stack([day, b, a])])
    return np.asarray(np.unique(both, axis=1))


def counted(met: Ints, size: int, reruns: Reruns) -> Ints:
    """Return on how many kept days each two persons met: (reruns, n, n), symmetric."""
    day, one, other = met
    counts = [np.bincount(one * size + other, row, size * size) for row in reruns.keeps(day)]
    return np.array(counts, np.int64).reshape(reruns.size, size, size)


def in_core(joint: Ints, expected: Floats, level: float) -> Bools:
    """Return who is in the core of each rerun: patterns.core.core, for all reruns at once."""
    staying = np.ones(joint.shape[:2], bool)
    todo = np.arange(len(joint))
    while len(todo):
        mine = staying[todo]
        p = np.where(mine, _p_without_closest(joint[todo], expected, _both(mine)), -1.0)
        weakest, left = np.argmax(p, axis=1), mine.sum(axis=1)
        failing = (left > 1) & (p.max(axis=1, initial=0.0) * left > level)
        todo = todo[failing]  # what passes once has settled
        staying[todo, weakest[failing]] = False
    return np.asarray(staying & (staying.sum(axis=1) > 1)[:, None])


def _p_without_closest(joint: Ints, expected: Floats, both: Bools) -> Floats:
    """Return for each member how likely chance gives the joint days without the closest member."""
    days, chance = np.where(both, joint, 0), np.where(both, expected, 0.0)
    closest = np.argmax(days, axis=2)[:, :, None]
    others = [values.sum(axis=2) - np.take_along_axis(values, closest, axis=2)[:, :, 0]
              for values in (days, chance)]  # fmt: skip
    return upper_tail(others[0], others[1])


def _accompanied(met: Ints, size: int, reruns: Reruns) -> Ints:
    """Return on how many kept days each person met companions enough: (reruns, n)."""
    days, companions = np.unique(met[:2], axis=1, return_counts=True)
    day, who = days[:, companions >= COMPANIONS]
    kept = reruns.keeps(day)
    return np.array([np.bincount(who, row, size) for row in kept], np.int64)


def _both(staying: Bools) -> Bools:
    return np.asarray(staying[:, :, None] & staying[:, None, :])


def _all_of(reruns: Reruns) -> Reruns:
    """Return the one rerun that leaves nothing out."""
    return Reruns(reruns.days, np.ones((1, len(reruns.days)), bool), 0.0)
