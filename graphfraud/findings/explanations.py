"""Innocent reasons, looked for at every joint visit of a group, and told whether found or not.

A meeting of two members is excused by the first reason that holds for it; a group is explained when
what is left after taking out the excused meetings no longer beats chance, or joins fewer than three
independent parties (people whom home binds count as one).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.patterns.contract import Group

HOUSEHOLD_ADDRESS = 8  # more people than this at one address are no household
HOUSEHOLD_PHONE = 6
CAR_SEATS = 7
CARE_HOME_AGE = 60
CARE_HOME_WORDS = ("养老", "敬老", "福利院", "护理院", "老年公寓", "nursing home", "care home")
SCREENING_COLLEAGUES = 10
FACT_TEXTS = ("address", "phone", "employer", "region")
REASONS = (
    "household",
    "care_home",
    "scheduled_treatment",
    "employer_screening",
    "neighbours",
)


@dataclass(frozen=True)
class Registers:
    """What is known of the members of all groups.

    persons: person_facts.sql, indexed by person_id; kin: pairs (a, b) of relatives; colleagues:
    (facility_id, day, employer) -> how many of them were there.
    """

    persons: pd.DataFrame
    kin: frozenset[tuple[str, str]]
    colleagues: Mapping[tuple[str, pd.Timestamp, str], int]


@dataclass(frozen=True)
class Reason:
    """One innocent reason: whether it excuses anything, and what share of the joint visits."""

    code: str
    found: bool
    share: float
    sentence_zh: str
    sentence_en: str


def excuses(group: Group, registers: Registers) -> NDArray[np.str_]:
    """Return for each meeting of the group the code of the reason that excuses it, or ''."""
    meetings = group.meetings
    left, right = (_facts(meetings[end], registers.persons) for end in ("a", "b"))
    elderly = _elderly_addresses(group, registers.persons)
    same_address = (left["address"] != "") & (left["address"] == right["address"])
    found = {
        "household": _household(meetings, left, right, registers),
        "care_home": same_address & left["address"].isin(elderly),
        "scheduled_treatment": meetings["scheduled"].reset_index(drop=True),
        "employer_screening": _screening(meetings, left, right, registers),
        "neighbours": same_address & left["address"].isin(_carfuls(group.persons, registers)),
    }
    conditions = [found[code].to_numpy(bool) for code in REASONS]
    return np.select(conditions, list(REASONS), default="").astype(np.str_)


def reasons(excused: NDArray[np.str_]) -> tuple[Reason, ...]:
    """Return every reason with the share of meetings it excuses, in the order of REASONS."""
    total = max(1, len(excused))
    return tuple(_reason(code, float((excused == code).sum()) / total) for code in REASONS)


def bound_by_home(group: Group, excused: NDArray[np.str_]) -> list[tuple[str, str]]:
    """Return the pairs of members who count as one party: one household or one home."""
    home = np.isin(excused, ("household", "care_home", "neighbours"))
    pairs = group.meetings.loc[home, ["a", "b"]].drop_duplicates()
    return list(pairs.itertuples(index=False, name=None))


def _reason(code: str, share: float) -> Reason:
    words = _words()[code]
    if share:
        zh = f"{words['zh_name']}：可解释 {share:.0%} 的共同就诊（{words['zh_what']}）。"
        en = f"{words['en_name']}: excuses {share:.0%} of the joint visits ({words['en_what']})."
    else:
        zh = f"{words['zh_name']}：已核查，未发现（{words['zh_what']}）。"
        en = f"{words['en_name']}: looked for, not found ({words['en_what']})."
    return Reason(code, share > 0, share, zh, en[0].upper() + en[1:])


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("graphfraud.findings").joinpath("reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _facts(persons: pd.Series, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts of each person, one row each; of whom nothing is known, blanks and 0."""
    known = facts.reindex(persons.to_numpy()).fillna(dict.fromkeys(FACT_TEXTS, ""))
    return known.fillna(0).reset_index(drop=True)


def _household(
    meetings: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame, registers: Registers
) -> pd.Series:
    address = (left["address"] != "") & (left["address"] == right["address"])
    phone = (left["phone"] != "") & (left["phone"] == right["phone"])
    pairs = zip(meetings["a"], meetings["b"], strict=True)
    kin = pd.Series([pair in registers.kin for pair in pairs], dtype=bool)
    small_address = left["address_size"] <= HOUSEHOLD_ADDRESS
    small_phone = left["phone_size"] <= HOUSEHOLD_PHONE
    return (address & small_address) | (phone & small_phone) | kin


def _screening(
    meetings: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame, registers: Registers
) -> pd.Series:
    same = (left["employer"] != "") & (left["employer"] == right["employer"])
    days = pd.to_datetime(meetings["day"], unit="s")
    keys = zip(meetings["facility_id"], days, left["employer"], strict=True)
    crowd = [registers.colleagues.get(key, 0) >= SCREENING_COLLEAGUES for key in keys]
    return same & pd.Series(crowd, dtype=bool)


def _elderly_addresses(group: Group, facts: pd.DataFrame) -> list[str]:
    """Return the members' addresses that are care homes: by name, or by who lives there."""
    known = facts.reindex(list(group.persons)).dropna(subset=["address"])
    known = known[(known["address"] != "") & (known["address_size"] > HOUSEHOLD_ADDRESS)]
    year = pd.to_datetime(group.meetings["day"], unit="s").dt.year.max()
    old = (known["address_born"] > 0) & (year - known["address_born"] >= CARE_HOME_AGE)
    named = known["address"].str.lower().str.contains("|".join(CARE_HOME_WORDS), regex=True)
    return sorted(set(known.loc[old | named, "address"]))


def _carfuls(persons: tuple[str, ...], registers: Registers) -> list[str]:
    """Return the addresses that few enough members share to fill one car."""
    known = registers.persons.reindex(list(persons)).dropna(subset=["address"])
    counts = known.loc[known["address"] != "", "address"].value_counts()
    return [str(address) for address in counts.index[counts <= CAR_SEATS]]
