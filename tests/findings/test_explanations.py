"""Each innocent reason, found where it holds and not found where it does not."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.findings.explanations import GENERAL, excuses, reasons
from graphfraud.findings.homes import Registers, followers
from tests.findings.groups import MONDAY, acts_of, group_of, meetings, members_of, registers

HOME = {"address": "1 River Road", "address_size": 4}
ABC = ("A", "B", "C")


def codes(known: Registers, persons: tuple[str, ...] = ABC, **more: object) -> dict[str, set[str]]:
    """Return for each pair, like 'AB', the codes that excuse its meetings."""
    group = group_of(persons, **more)  # type: ignore[arg-type]
    found = pd.Series(excuses([group], known)[0], index=group.acts["a"] + group.acts["b"])
    return {str(pair): set(part) for pair, part in found.groupby(level=0)}


def both(facts: Mapping[str, object], persons: str = "AB") -> Registers:
    return registers(dict.fromkeys(persons, facts))


def test_of_strangers_nothing_is_excused() -> None:
    assert codes(registers()) == {"AB": {""}, "AC": {""}, "BC": {""}}
    apart = registers({p: {"address": f"{p} Street", "address_size": 3} for p in ABC})
    assert codes(apart) == {"AB": {""}, "AC": {""}, "BC": {""}}


@pytest.mark.parametrize(
    "facts",
    [HOME, {"address": "x", "address_size": 8}, {"phone": "138", "phone_size": 6}],
    ids=["address", "largest home", "phone"],
)
def test_one_home_or_phone_is_a_household(facts: dict[str, object]) -> None:
    assert codes(both(facts)) == {"AB": {"household"}, "AC": {""}, "BC": {""}}


def test_a_phone_of_many_is_no_household() -> None:
    assert codes(both({"phone": "138", "phone_size": 7}))["AB"] == {""}


def test_what_is_unknown_is_not_shared() -> None:
    assert codes(both({"address_size": 2, "phone_size": 2}))["AB"] == {""}


def test_registered_relatives_are_a_household() -> None:
    found = codes(registers(kin=[("A", "C")]))
    assert found == {"AB": {""}, "AC": {"household"}, "BC": {""}}


@pytest.mark.parametrize("address", ["Sunny Care Home 3", "某市第一养老院", "和平敬老院12号"])
def test_a_care_home_is_known_by_its_name(address: str) -> None:
    assert codes(both({"address": address, "address_size": 40}))["AB"] == {"care_home"}


@pytest.mark.parametrize(("born", "code"), [(1964, "care_home"), (1965, "neighbours")])
def test_a_care_home_is_known_by_the_age_of_who_lives_there(born: int, code: str) -> None:
    """Meetings are in 2024: born in 1964 is sixty years old."""
    facts = {"address": "9 Hill Lane", "address_size": 40, "address_born": born}
    assert codes(both(facts))["AB"] == {code}


def test_an_old_couple_is_a_household_and_no_care_home() -> None:
    assert codes(both(HOME | {"address_born": 1940}))["AB"] == {"household"}


def test_a_carful_of_a_hamlet_are_neighbours_more_are_not() -> None:
    facts = {"address": "Hamlet 7", "address_size": 90}
    assert codes(both(facts, "ABCDEFG"), tuple("ABCDEFGHI"))["AB"] == {"neighbours"}
    assert codes(both(facts, "ABCDEFGH"), tuple("ABCDEFGHI"))["AB"] == {""}


def test_treatment_by_timetable_excuses_its_own_meetings_alone() -> None:
    table = meetings({("A", "B"): 4, ("A", "C"): 2}, scheduled=[1, 3])
    group = group_of(ABC, table)
    assert excuses([group], registers())[0].tolist() == [
        "", "scheduled_treatment", "", "scheduled_treatment", "", "scheduled_treatment",
    ]  # fmt: skip


@pytest.mark.parametrize(("colleagues", "code"), [(10, "employer_screening"), (9, "")])
@pytest.mark.parametrize("unit", ["s", "us"])
def test_a_screening_day_takes_ten_colleagues(colleagues: int, code: str, unit: str) -> None:
    day = pd.Timestamp(MONDAY, unit="s").as_unit(unit)  # type: ignore[arg-type]
    works = {person: {"employer": "Mill"} for person in "AB"}
    known = registers(works, colleagues={("P1", day, "Mill"): colleagues})
    table = meetings({("A", "B"): 2, ("A", "C"): 1})
    assert excuses([group_of(ABC, table)], known)[0].tolist() == [code, "", ""]


def test_a_screening_elsewhere_or_of_others_excuses_nothing() -> None:
    day = pd.Timestamp(MONDAY, unit="s")
    works = {"A": {"employer": "Mill"}, "B": {"employer": "Mine"}, "C": {"employer": "Mill"}}
    known = registers(works, colleagues={("P2", day, "Mill"): 99, ("P1", day, "Mine"): 99})
    assert codes(known) == {"AB": {""}, "AC": {""}, "BC": {""}}


def test_the_first_reason_in_order_counts() -> None:
    table = meetings({("A", "B"): 2}, scheduled=[0, 1])
    assert excuses([group_of(ABC, table)], both(HOME))[0].tolist() == ["household"] * 2


def test_every_reason_is_told_with_its_share_found_or_not() -> None:
    told = reasons(np.array(["household", "household", "", "neighbours"]), GENERAL)
    assert [reason.code for reason in told] == list(GENERAL)
    shares = {reason.code: reason.share for reason in told if reason.found}
    assert shares == {"household": 0.5, "neighbours": 0.25}
    sentences = {reason.code: (reason.sentence_zh, reason.sentence_en) for reason in told}
    assert "50%" in sentences["household"][0]
    assert "excuses 50% of what was counted" in sentences["household"][1]
    assert "未发现" in sentences["care_home"][0]
    assert "looked for, not found" in sentences["care_home"][1]


def test_of_no_meetings_nothing_is_excused() -> None:
    assert not any(reason.found for reason in reasons(np.zeros(0, dtype="U1"), GENERAL))


def alone(known: Registers, days: Mapping[str, int], **more: str) -> dict[str, set[str]]:
    """Return for each person the codes that excuse their acts, each act being one person's."""
    acts = acts_of(days, **more)
    group = dataclasses.replace(group_of(list(days)), acts=acts, members=members_of(days))
    found = pd.Series(excuses([group], known)[0], index=acts["a"])
    return {str(person): set(part) for person, part in found.groupby(level=0)}


def test_of_one_home_only_the_first_person_counts() -> None:
    days = dict.fromkeys("ABCD", 3)
    assert alone(both(HOME, "ABD"), days) == {
        "A": {""}, "B": {"household"}, "C": {""}, "D": {"household"},
    }  # fmt: skip
    kin = alone(registers(kin=[("C", "D")]), days)
    assert kin == {"A": {""}, "B": {""}, "C": {""}, "D": {"household"}}


def test_of_a_care_home_only_the_first_person_counts() -> None:
    home = {"address": "和平敬老院12号", "address_size": 40}
    assert alone(both(home, "AB"), {"A": 1, "B": 2, "C": 1})["B"] == {"care_home"}


def test_a_hamlet_does_not_bind_persons_who_come_alone() -> None:
    facts = {"address": "Hamlet 7", "address_size": 90}
    assert alone(both(facts, "ABC"), {"A": 1, "B": 2, "C": 1})["B"] == {""}


def test_a_screening_day_excuses_each_colleague_who_comes_alone() -> None:
    works = {person: {"employer": "Mill"} for person in "AB"}
    day = pd.Timestamp(MONDAY, unit="s")
    known = registers(works, colleagues={("P1", day, "Mill"): 10})
    found = alone(known, {"A": 1, "B": 2, "C": 1})
    assert found == {"A": {"employer_screening"}, "B": {"employer_screening", ""}, "C": {""}}


def test_what_the_pattern_saw_goes_before_what_registers_know() -> None:
    found = alone(both(HOME), {"A": 1, "B": 1, "C": 1}, excuse="resettled")
    assert found == {person: {"resettled"} for person in "ABC"}


def test_homes_that_touch_are_one() -> None:
    """A and B live together, B and C share a phone, C and D are relatives."""
    facts = {"A": HOME, "B": HOME | {"phone": "1", "phone_size": 2}}
    facts |= {"C": {"phone": "1", "phone_size": 2}}
    known = registers(facts, kin=[("C", "D")])
    assert followers(group_of("ABCDE"), known) == dict.fromkeys("BCD", "household")


def clinic(*visits: tuple[str, int]) -> Registers:
    """Return registers in which these visits (person, day number) were on a fixed clinic day."""
    days = {(person, "P1", MONDAY_STAMP + pd.Timedelta(days=day)) for person, day in visits}
    return dataclasses.replace(registers(), clinic_visits=frozenset(days))


def operated(*visits: tuple[str, int]) -> Registers:
    """Return registers in which these admissions (person, day number) were on operating days."""
    days = {(person, "P1", MONDAY_STAMP + pd.Timedelta(days=day)) for person, day in visits}
    return dataclasses.replace(registers(), operations=frozenset(days))


MONDAY_STAMP = pd.Timestamp(MONDAY, unit="s")


def test_a_meeting_is_excused_where_both_came_on_their_doctors_fixed_day() -> None:
    table = meetings({("A", "B"): 3})
    known = clinic(("A", 0), ("B", 0), ("A", 1))
    assert excuses([group_of(ABC, table)], known)[0].tolist() == ["fixed_clinic_day", "", ""]


@pytest.mark.parametrize(
    ("days", "again", "codes"),
    [
        (2, [1], ["", "same_course"]),  # the second eye
        (3, [1], ["", "", ""]),  # a third time is no part of it
        (3, [1, 2], ["", "same_course", "same_course"]),
        (2, [], ["", ""]),
        (1, [0], [""]),  # each began elsewhere: nothing else is left to compare with
    ],
)
def test_a_course_of_treatment_excuses_what_follows_one_occasion(
    days: int, again: list[int], codes: list[str]
) -> None:
    table = meetings({("A", "B"): days})
    table["day"] = MONDAY + np.arange(days) * 20 * SECONDS_A_DAY
    seen = {
        (person, "P1", MONDAY_STAMP + pd.Timedelta(days=20 * number))
        for person in "AB"
        for number in again
    }
    known = dataclasses.replace(registers(), courses=frozenset(seen))
    assert excuses([group_of(ABC, table)], known)[0].tolist() == codes
    alone = frozenset(row for row in seen if row[0] == "A")
    apart = dataclasses.replace(known, courses=alone)
    assert excuses([group_of(ABC, table)], apart)[0].tolist() == [""] * days


def test_an_operating_day_excuses_whom_it_is_the_day_of() -> None:
    table = meetings({("A", "B"): 2, ("A", "C"): 1})
    known = operated(("A", 0), ("B", 0), ("B", 1))
    assert excuses([group_of(ABC, table)], known)[0].tolist() == ["operating_day", "", ""]
