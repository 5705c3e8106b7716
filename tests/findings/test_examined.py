"""A reason counts as looked for only where the facts that would show it were delivered."""

import pytest

from graphfraud.findings.explanations import GENERAL, SAME_COURSE
from graphfraud.findings.homes import Registers
from graphfraud.findings.rings import Ring, build_rings, untested
from graphfraud.findings.tables import reason_table
from tests.findings.groups import group_of, registers
from tests.findings.test_rings import built, claims_of

APART = {one: {"address": f"{one} Street", "address_size": 3} for one in "ABCD"}


def ring(known: Registers, **facts: bool) -> Ring:
    claims = claims_of(0, "ABCD").assign(**({"diagnosed": True, "seen_by_doctor": True} | facts))
    groups = [group_of("ABCD")]
    tested = (*GENERAL, SAME_COURSE)
    (made,) = build_rings("co_visit", groups, claims, known, tested=tested, level=0.05, fewest=3)
    return made


def could_be(made: Ring) -> dict[str, bool]:
    return {reason.code: reason.tested for reason in made.reasons}


def test_without_registers_no_reason_of_theirs_is_ruled_out() -> None:
    of_homes = {"household", "care_home", "neighbours", "employer_screening"}
    made = ring(registers())
    assert {code for code, could in could_be(made).items() if not could} == of_homes
    told = {reason.code: reason for reason in made.reasons}["household"]
    assert "无法核查" in told.sentence_zh
    assert "could not be looked for" in told.sentence_en
    assert "not found" not in told.sentence_en
    assert untested([made, made]) == dict.fromkeys(sorted(of_homes), 2)


@pytest.mark.parametrize(
    ("fact", "codes"),
    [
        ("diagnosed", ["scheduled_treatment", "operating_day", "same_course"]),
        ("seen_by_doctor", ["fixed_clinic_day"]),
    ],
)
def test_claims_without_diagnosis_or_doctor_rule_nothing_out(fact: str, codes: list[str]) -> None:
    known = registers(APART | {"A": {"employer": "Mill", **APART["A"]}})
    assert all(could_be(ring(known)).values())
    without = could_be(ring(known, **{fact: False}))
    assert [one for one, could in without.items() if not could] == codes


def test_what_is_known_of_some_is_said_to_be_of_some() -> None:
    made = ring(registers({one: APART[one] for one in "AB"}))
    told = {reason.code: reason for reason in made.reasons}["household"]
    assert told.tested
    assert "2/4" in told.sentence_zh
    assert "2 of 4 members" in told.sentence_en


def test_a_reason_that_was_found_needs_no_more() -> None:
    (made,) = built(group_of("ABC"), homes="AB")
    told = {reason.code: reason for reason in made.reasons}["household"]
    assert told.found
    assert "members" not in told.sentence_en


def test_a_relative_outside_the_ring_is_a_fact_of_a_household() -> None:
    told = {reason.code: reason for reason in ring(registers(kin=[("A", "Z")])).reasons}
    assert told["household"].tested
    assert "1 of 4 members" in told["household"].sentence_en
    assert not told["care_home"].tested


def test_explained_rings_and_none_at_all_leave_nothing_to_say() -> None:
    (made,) = built(group_of("ABC"), homes="ABC")
    assert made.verdict.status == "explained"
    assert untested([made]) == untested([]) == {}


def test_the_table_says_unknown() -> None:
    table = reason_table([ring(registers())])
    assert set(table["found"]) == {"no", "unknown"}
