"""A lead is compared once more with every person's own rhythm kept: in step by chance, or more.

Looked for last, and only where no other reason explains the group: it takes replicates of its own
(patterns.rhythm). What is left of the group is excused as a whole, or not at all.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graphfraud.findings.explanations import Reason
from graphfraud.patterns.group import Group

SHARED_RHYTHM = "shared_rhythm"


def p_in_rhythm(group: Group, excused: NDArray[np.str_]) -> float:
    """Return the p-value of what is not excused, rhythms kept; 0 where there is none to keep."""
    if group.rhythm is None:
        return 0.0
    return group.rhythm(int(group.acts.loc[excused == "", "unit"].nunique()))


def told(reason: Reason, group: Group, p_value: float) -> Reason:
    """Return the reason with the p-values under both comparisons, where there are two."""
    if reason.code != SHARED_RHYTHM or p_value == 0:
        return reason
    one, two = f"{group.p_value:.3f}", f"{p_value:.3f}"
    zh = f"{reason.sentence_zh}各日期随机交换时 p = {one}；各人节律整体错开时 p = {two}。"
    en = (
        f"{reason.sentence_en} With dates exchanged p = {one}, with each person's rhythm moved "
        f"as a whole p = {two}."
    )
    return replace(reason, sentence_zh=zh, sentence_en=en)
