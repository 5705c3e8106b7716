"""Which innocent reasons could be looked for: nothing is ruled out by facts that nobody delivered.

A reason that was not found counts as looked for only among the members of whom the facts behind it
are known: an address or phone for a household, a diagnosis for treatment by timetable.
"""

from dataclasses import replace

import pandas as pd

from graphfraud.findings.explanations import Reason
from graphfraud.findings.homes import Registers
from graphfraud.patterns.group import Group

REGISTERED = {
    "household": ("address", "phone"),
    "care_home": ("address",),
    "neighbours": ("address",),
}
ON_CLAIMS = {
    "scheduled_treatment": "diagnosed",
    "fixed_clinic_day": "seen_by_doctor",
    "operating_day": "diagnosed",
    "same_course": "diagnosed",
}


def examined(reason: Reason, group: Group, registers: Registers, claims: pd.DataFrame) -> Reason:
    """Return the reason, told as not looked for where nothing, or not all, is known of the members.

    claims: the group's, rows of ring_claims.sql.
    """
    persons = set(group.persons)
    known = _known(reason.code, persons, registers, claims)
    if reason.found or known is None or known >= persons:
        return reason
    return _in_part(reason, len(known), len(persons)) if known else _untested(reason)


def _known(
    code: str, persons: set[str], registers: Registers, claims: pd.DataFrame
) -> set[str] | None:
    """Return the members of whom the facts behind a reason are known; None: it needs none."""
    if code in REGISTERED:
        told = frozenset[str]().union(*(registers.told[column] for column in REGISTERED[code]))
        return (persons & told) | {
            one for one in persons if code == "household" and one in registers.relatives
        }
    if code == "employer_screening":  # many have no employer; that nobody has one is no delivery
        return persons if registers.told["employer"] else set()
    if code in ON_CLAIMS:
        return persons & set(claims.loc[claims[ON_CLAIMS[code]].astype(bool), "person_id"])
    return None


def _untested(reason: Reason) -> Reason:
    zh = f"{reason.name_zh}：无法核查，成员均缺少所需资料（{reason.what_zh}）。"
    en = (
        f"{reason.name_en}: could not be looked for, nothing that shows it is known of any member "
        f"({reason.what_en})."
    )
    return replace(reason, tested=False, sentence_zh=zh, sentence_en=en[0].upper() + en[1:])


def _in_part(reason: Reason, known: int, members: int) -> Reason:
    zh = f"{reason.sentence_zh}仅 {known}/{members} 名成员有所需资料。"
    en = f"{reason.sentence_en} Only of {known} of {members} members is enough known."
    return replace(reason, sentence_zh=zh, sentence_en=en)
