"""The same people admitted to the same hospital on the same days, repeatedly.

Three joint admissions prove nothing of a pair and much of a group: pairs that were admitted
together twice, on one day or two in a row, are where groups are sought, and the group is tested as
one (patterns.gatherings). Only persons' repeated admissions to a hospital are compared; chance
deals all admissions' dates anew within hospital, weekday class and quarter.
"""

from collections.abc import Mapping

import numpy as np

from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.gathering_groups import Wording
from graphfraud.patterns.gatherings import SHARED, gatherings
from graphfraud.patterns.preparation import check

INPATIENT = 2

DESCRIPTION = Description(
    name="group_admission",
    title_zh="组团住院、同进同出",
    title_en="Group admissions: the same people admitted on the same days",
    looks_for=(
        "Persons admitted to the same hospital on the same day, or the day after, repeatedly: more "
        "often than their own admissions and the hospital's traffic explain."
    ),
    looks_for_zh="多人反复在同一天（或相邻一天）入住同一医院，次数超过各自住院情况和医院收治量所能解释。",
    null_model=(
        "Dates of admission exchanged within strata (hospital × weekday class × quarter, "
        "neighbours pooled where thin), persons with repeated admissions there compared: groups "
        "against the replicates' best group."
    ),
    statistic=(
        "Log-likelihood ratio of how many members were at k or more of the group's occasions "
        "(three members at least) against how many persons chance would bring as often, mean over "
        "k from 2; p = (1 + replicates at least as strong) / (1 + replicates)."
    ),
    source=(
        "Tumminello et al. 2011, doi:10.1371/journal.pone.0017994; Kulldorff 1997, "
        "doi:10.1080/03610929708831995."
    ),
    law="医疗保障基金使用监督管理条例 第三十八条（分解住院、挂床住院）、第四十条",
    needs=("claims",),
    excuses=(
        "household",
        "care_home",
        "scheduled_treatment",
        "employer_screening",
        "operating_day",
        "neighbours",
        "same_course",
    ),
)

PARAMETERS = (
    *SHARED,
    Parameter("min_joint_days", 2, "admissions are rare: two together already deserve a look"),
    Parameter(
        "faint_ties", 0.5, "per person, where groups are sought: chance ties just fail to spread"
    ),
    Parameter("replicates", 199, "admissions are few: twice the replicates cost next to nothing"),
    Parameter("strangers", 200, "others admitted that day; more than any but the largest hospital"),
    Parameter("crowd", 2000, "more admissions in a window are a mega-event, reported and left out"),
    Parameter("thin", 200, "admissions in a stratum: a group's own are a small share of them"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the groups of the attached snapshot; every group found, significant or not."""
    check(DESCRIPTION.name, settings)
    context.progress("admissions", 0, None)
    seen = context.events
    admitted = seen.at(np.flatnonzero(seen.kind == INPATIENT))
    return gatherings(context, admitted, settings, WORDING, repeated=True)


def _sentences(persons: int, occasions: int, joint: int, expected: float) -> tuple[str, str]:
    zh = (
        f"{persons} 人先后 {occasions} 次在同一天或相邻一天入住同一医院，"
        f"两两同期入院合计 {joint} 次；"
        f"按各自住院次数和医院收治量，偶然同期预期 {expected:.1f} 次。"
    )
    en = (
        f"{persons} persons were admitted together on {occasions} occasions: {joint} joint "
        f"admissions over all pairs; by chance {expected:.1f} expected."
    )
    return zh, en


WORDING = Wording("patient", "hospital", "admitting", _sentences)
