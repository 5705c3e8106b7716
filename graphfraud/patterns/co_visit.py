"""The same people at the same places at the same times, again and again.

Two persons meet when they are at one pharmacy or clinic within a window of minutes that shrinks
where the place is busy (patterns.gatherings says how meetings become groups). Admissions are the
matter of group_admission.
"""

from collections.abc import Mapping

import numpy as np

from graphfraud.patterns.contract import Context, Description, Outcome, Parameter
from graphfraud.patterns.gathering_groups import Wording
from graphfraud.patterns.gatherings import SHARED, gatherings
from graphfraud.patterns.preparation import check

KINDS = (0, 1)  # pharmacy, outpatient

DESCRIPTION = Description(
    name="co_visit",
    title_zh="组团就医、同频购药",
    title_en="Acting together: the same places at the same times",
    looks_for=(
        "Persons who turn up at the same pharmacies or outpatient places within minutes of each "
        "other on far more days than their habits and the traffic there explain."
    ),
    null_model=(
        "Dates exchanged within strata (facility × kind of care × part of day × weekday class × "
        "quarter, neighbours pooled where thin), times of day kept: pairs against a Poisson law of "
        "that mean, widened where replicates spread more; groups against the replicates' best "
        "group; leads whose meetings recur after a steady number of days also against the best "
        "group at their places once each person's visits are moved as a whole by weeks (weekday, "
        "interval and course of treatment kept, phase left to chance)."
    ),
    looks_for_zh="同一批人反复在同一药店、诊所或医院门诊于几分钟内先后出现，天数远超各自习惯和当地客流所能解释。",
    statistic=(
        "Log-likelihood ratio of the group's joint days over all its pairs against their "
        "expectation; p = (1 + replicates at least as strong) / (1 + replicates)."
    ),
    source=(
        "Tumminello et al. 2011, doi:10.1371/journal.pone.0017994; Traag et al. 2019, "
        "doi:10.1038/s41598-019-41695-z; Kulldorff 1997, doi:10.1080/03610929708831995."
    ),
    law="医疗保障基金使用监督管理条例 第四十条、第四十一条",
    needs=("claims",),
    excuses=(
        "household",
        "care_home",
        "scheduled_treatment",
        "employer_screening",
        "fixed_clinic_day",
        "neighbours",
        "shared_rhythm",
    ),
)

PARAMETERS = (
    *SHARED,
    Parameter("min_joint_days", 3, "two coincidences are common in a year, three hardly ever"),
    Parameter(
        "faint_ties", 0.1, "per person, where groups are sought: far too few chance ties to spread"
    ),
    Parameter("replicates", 99, "enough for p = 0.01; more cost time in proportion"),
    Parameter("window_minutes", 60, "the widest window by the clock"),
    Parameter("strangers", 10, "others expected in a window; keeps the cost linear"),
    Parameter("crowd", 200, "more visits in one window are a mega-event, reported and left out"),
    Parameter("thin", 200, "visits in a stratum: a group's own are then a small share of them"),
)


def run(context: Context, settings: Mapping[str, int | float]) -> Outcome:
    """Find the groups of the attached snapshot; every group found, significant or not."""
    check(DESCRIPTION.name, settings)
    context.progress("events", 0, None)
    seen = context.events
    return gatherings(
        context, seen.at(np.flatnonzero(np.isin(seen.kind, KINDS))), settings, WORDING
    )


def _sentences(persons: int, occasions: int, joint: int, expected: float) -> tuple[str, str]:
    zh = (
        f"{persons} 人先后 {occasions} 次同时出现在同一机构，两两同日相遇合计 {joint} 人次；"
        f"按各自习惯和当地客流，偶然相遇预期 {expected:.1f} 人次。"
    )
    en = (
        f"{persons} persons were together at one place on {occasions} occasions: "
        f"{joint} joint days over all pairs; by chance {expected:.1f} expected."
    )
    return zh, en


WORDING = Wording("card_holder", "place_of_joint_visits", "prescriber", _sentences)
