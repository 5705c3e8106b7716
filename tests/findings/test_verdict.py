"""Leads stay leads, innocent groups are explained."""

import dataclasses
from itertools import combinations

import numpy as np
import pytest

from graphfraud.findings.explanations import GENERAL, excuses
from graphfraud.findings.homes import Registers
from graphfraud.findings.verdict import Verdict, verdict
from graphfraud.patterns.group import Group
from tests.findings.groups import acts_of, group_of, meetings, members_of, no_excuses, registers

HOME = {"address": "1 River Road", "address_size": 4}


def judged(group: Group, known: Registers, parties: int = 3) -> Verdict:
    return verdict(group, excuses([group], known)[0], GENERAL, level=0.05, fewest=parties)


def test_strangers_are_a_lead() -> None:
    assert judged(group_of("ABCD"), registers()) == Verdict("lead", "", 1.0)


def test_a_couple_inside_a_ring_of_strangers_stays_a_lead() -> None:
    found = judged(group_of("ABCD"), registers({"A": HOME, "B": HOME}))
    assert (found.status, found.explanation) == ("lead", "")
    assert found.unexplained == pytest.approx(5 / 6)


def test_one_household_is_explained() -> None:
    found = judged(group_of("ABCD"), registers(dict.fromkeys("ABCD", HOME)))
    assert found == Verdict("explained", "household", 0.0)


def test_a_couple_and_a_friend_are_two_parties() -> None:
    known = registers({"A": HOME, "B": HOME})
    found = judged(group_of("ABC"), known)
    assert (found.status, found.explanation) == ("explained", "household")
    assert found.unexplained == pytest.approx(2 / 3)
    assert judged(group_of("ABC"), known, parties=2).status == "lead"


def test_two_couples_and_a_friend_are_three_parties() -> None:
    away = {"address": "9 Hill Lane", "address_size": 2}
    known = registers({"A": HOME, "B": HOME, "C": away, "D": away})
    assert judged(group_of("ABCDE"), known).status == "lead"
    assert judged(group_of("ABCD"), known).status == "explained"


def test_what_is_left_must_still_beat_the_replicates() -> None:
    """All but one meeting by timetable: one joint day in a group is what chance gives as well."""
    pairs = dict.fromkeys(combinations("ABC", 2), 10)
    group = group_of("ABC", meetings(pairs, scheduled=range(1, 10)))
    found = judged(group, registers())
    assert (found.status, found.explanation) == ("explained", "scheduled_treatment")
    assert found.unexplained == pytest.approx(0.1)


@pytest.mark.parametrize(("tie_level", "status"), [(0.01, "lead"), (0.001, "explained")])
def test_ties_of_what_is_left_must_still_beat_chance(tie_level: float, status: str) -> None:
    """Two joint days are left of every pair, where 0.1 are expected: p is 0.0047."""
    persons = "ABCDEFGHIJ"
    pairs = dict.fromkeys(combinations(persons, 2), 10)
    table = meetings(pairs, scheduled=set(range(10)) - {0, 5})
    assert judged(group_of(persons, table, tie_level=tie_level), registers()).status == status


def test_the_level_decides() -> None:
    """One replicate of ninety-nine is as strong as what is left: its p-value is 2 in 100."""
    group = group_of("ABCD", null_best=(1e6, *(0.0,) * 98))
    excused = excuses([group], registers({"A": HOME, "B": HOME}))[0]
    assert verdict(group, excused, GENERAL, level=0.02, fewest=3).status == "lead"
    assert verdict(group, excused, GENERAL, level=0.01, fewest=3).status == "explained"


def test_every_reason_with_a_fifth_is_named_and_the_largest_always() -> None:
    group = group_of("ABC", meetings({("A", "B"): 10}))
    excused = np.array(["household"] * 7 + ["neighbours"] * 2 + ["care_home"])
    assert verdict(group, excused, GENERAL, level=0.05, fewest=3).explanation == (
        "household;neighbours"
    )
    faint = np.array(["household"] + [""] * 9)
    assert verdict(group, faint, GENERAL, level=0.05, fewest=3).explanation == "household"


def test_a_group_without_meetings_is_not_explained_away() -> None:
    group = group_of("ABC", meetings({}))
    assert verdict(group, no_excuses(group), GENERAL, level=0.05, fewest=3).status == "lead"


def test_persons_who_act_alone_are_parties_by_their_homes() -> None:
    def of(known: Registers) -> Verdict:
        days = dict.fromkeys("ABCD", 5)
        group = dataclasses.replace(group_of("ABCD"), acts=acts_of(days), members=members_of(days))
        return judged(group, known)

    assert of(registers()) == Verdict("lead", "", 1.0)
    assert of(registers({"A": HOME, "B": HOME})) == Verdict("lead", "", 0.75)
    assert of(registers(dict.fromkeys("ABC", HOME))) == Verdict("explained", "household", 0.5)


@pytest.mark.parametrize(("days", "status"), [((0, 1), "explained"), ((0, 2), "lead")])
def test_what_is_left_of_one_occasion_is_no_group(days: tuple[int, int], status: str) -> None:
    """On all other days all came for treatment by timetable; two days in a row are one occasion."""
    pairs = dict.fromkeys(combinations("ABC", 2), 10)
    table = meetings(pairs, scheduled=set(range(10)) - set(days))
    assert judged(group_of("ABC", table, p_value=0.01, tie_level=1.0), registers()).status == status
