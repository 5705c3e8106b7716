"""Innocent reasons, looked for at every act of a group, and told whether found or not.

An act is excused by the first reason that holds for it: one that the pattern itself saw, then those
below. A group is explained when what is left after taking out the excused acts no longer beats
chance, or joins fewer than three independent parties (people whom home binds count as one).
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.values import plain_text
from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.findings.homes import (
    HOUSEHOLD_ADDRESS,
    HOUSEHOLD_PHONE,
    Registers,
    followers,
    in_care_home,
)
from graphfraud.patterns.group import ACT_COLUMNS, Group

CAR_SEATS = 7
SCREENING_COLLEAGUES = 10
SAME_COURSE = "same_course"
FACT_TEXTS = ("address", "phone", "employer", "region")
GENERAL = (
    "household",
    "care_home",
    "scheduled_treatment",
    "employer_screening",
    "fixed_clinic_day",
    "operating_day",
    "neighbours",
)


@dataclass(frozen=True)
class Reason:
    """One innocent reason: whether it excuses anything, and what share of the joint visits.

    tested: whether it could be looked for (findings.examined); name, what: what it is, in words.
    """

    code: str
    found: bool
    share: float
    sentence_zh: str
    sentence_en: str
    name_zh: str
    name_en: str
    what_zh: str
    what_en: str
    tested: bool = True


def excuses(groups: Sequence[Group], registers: Registers) -> list[NDArray[np.str_]]:
    """Return for each group, and each of its acts, the code of the reason that excuses it, or ''.

    All groups stand in one table: what is asked of a table takes longer than its few rows.
    """
    if not groups:
        return []
    acts = _acts(groups)
    pairs = acts["ring"].isin(acts.loc[acts["b"] != "", "ring"]).to_numpy()
    found = np.zeros(len(acts), "U64")
    found[pairs] = _of_pairs(acts[pairs].reset_index(drop=True), groups, registers)
    found[~pairs] = _of_persons(acts[~pairs].reset_index(drop=True), groups, registers)
    own = acts["excuse"].to_numpy(str)
    ends = np.cumsum([len(group.acts) for group in groups])
    return np.split(np.where(own != "", own, found).astype(np.str_), ends[:-1])


def _acts(groups: Sequence[Group]) -> pd.DataFrame:
    """Return the acts of all groups one after the other; ring: whose, year: the group's last."""
    parts = [group.acts[list(ACT_COLUMNS)] for group in groups]
    acts = pd.concat(parts, keys=range(len(parts)), names=["ring", None])
    acts = plain_text(acts.reset_index("ring").reset_index(drop=True))
    year = pd.to_datetime(acts["day"], unit="s").dt.year
    return acts.assign(year=year.groupby(acts["ring"]).transform("max"))


def _of_pairs(
    acts: pd.DataFrame, groups: Sequence[Group], registers: Registers
) -> NDArray[np.str_]:
    """Return what excuses each joint act of two persons."""
    left, right = (_facts(acts[end], registers.persons) for end in ("a", "b"))
    same_address = (left["address"] != "") & (left["address"] == right["address"])
    same_employer = (left["employer"] != "") & (left["employer"] == right["employer"])
    found = _first({
        "household": _household(acts, left, right, registers),
        "care_home": same_address & in_care_home(left, acts["year"]),
        "scheduled_treatment": acts["scheduled"],
        "employer_screening": same_employer & _screening(acts, left, registers),
        "fixed_clinic_day": _on_days(acts, registers.clinic_visits),
        "operating_day": _on_days(acts, registers.operations),
        "neighbours": same_address & _of_a_carful(acts["ring"], left["address"], groups, registers),
    })  # fmt: skip
    return np.where(_of_one_course(acts, found == "", registers), SAME_COURSE, found)


def _of_persons(
    acts: pd.DataFrame, groups: Sequence[Group], registers: Registers
) -> NDArray[np.str_]:
    """Return what excuses each act of one person; of one home only the first person counts."""
    homes = {ring: followers(groups[ring], registers) for ring in acts["ring"].unique().tolist()}
    rows = zip(acts["ring"], acts["a"], strict=True)
    bound = pd.Series([homes[ring].get(person, "") for ring, person in rows], dtype=object)
    known = _facts(acts["a"], registers.persons)
    return _first({
        "household": bound == "household",
        "care_home": bound == "care_home",
        "scheduled_treatment": acts["scheduled"],
        "employer_screening": (known["employer"] != "") & _screening(acts, known, registers),
        "fixed_clinic_day": pd.Series(data=False, index=acts.index),
        "operating_day": pd.Series(data=False, index=acts.index),
        "neighbours": pd.Series(data=False, index=acts.index),
    })  # fmt: skip


def _first(found: "dict[str, pd.Series[bool]]") -> NDArray[np.str_]:
    conditions = [found[code].to_numpy(bool) for code in GENERAL]
    return np.select(conditions, list(GENERAL), default="").astype(np.str_)


def reasons(excused: NDArray[np.str_], tested: Sequence[str]) -> tuple[Reason, ...]:
    """Return every tested reason with the share of acts it excuses, in the order of `tested`."""
    total = max(1, len(excused))
    return tuple(_reason(code, float((excused == code).sum()) / total) for code in tested)


def _reason(code: str, share: float) -> Reason:
    words = _words()[code]
    if share:
        zh = f"{words['zh_name']}：可解释 {share:.0%} 的计数（{words['zh_what']}）。"
        en = f"{words['en_name']}: excuses {share:.0%} of what was counted ({words['en_what']})."
    else:
        zh = f"{words['zh_name']}：已核查，未发现（{words['zh_what']}）。"
        en = f"{words['en_name']}: looked for, not found ({words['en_what']})."
    return Reason(
        code,
        share > 0,
        share,
        zh,
        en[0].upper() + en[1:],
        name_zh=words["zh_name"],
        name_en=words["en_name"],
        what_zh=words["zh_what"],
        what_en=words["en_what"],
    )


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("graphfraud.findings").joinpath("reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _facts(persons: pd.Series, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts of each person, one row each; of whom nothing is known, blanks and 0."""
    known = facts.reindex(persons.to_numpy()).fillna(dict.fromkeys(FACT_TEXTS, ""))
    return known.fillna(0).reset_index(drop=True)


def _household(
    acts: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame, registers: Registers
) -> "pd.Series[bool]":
    address = (left["address"] != "") & (left["address"] == right["address"])
    phone = (left["phone"] != "") & (left["phone"] == right["phone"])
    pairs = zip(acts["a"], acts["b"], strict=True)
    kin = pd.Series([pair in registers.kin for pair in pairs], dtype=bool)
    small_address = left["address_size"] <= HOUSEHOLD_ADDRESS
    small_phone = left["phone_size"] <= HOUSEHOLD_PHONE
    return (address & small_address) | (phone & small_phone) | kin


def _screening(acts: pd.DataFrame, facts: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    """Say whether the person's colleagues came in numbers that day."""
    days = pd.to_datetime(acts["day"], unit="s")
    keys = zip(acts["facility_id"], days, facts["employer"], strict=True)
    crowd = [registers.colleagues.get(key, 0) >= SCREENING_COLLEAGUES for key in keys]
    return pd.Series(crowd, dtype=bool)


def _on_days(
    acts: pd.DataFrame, visits: frozenset[tuple[str, str, pd.Timestamp]]
) -> "pd.Series[bool]":
    """Say whether both persons' visits are among these (person, facility, day)."""
    days = pd.to_datetime(acts["day"], unit="s")
    rows = zip(acts["a"], acts["b"], acts["facility_id"], days, strict=True)
    both = [(a, place, day) in visits and (b, place, day) in visits for a, b, place, day in rows]
    return pd.Series(both, dtype=bool)


def _of_one_course(
    acts: pd.DataFrame, left: NDArray[np.bool_], registers: Registers
) -> NDArray[np.bool_]:
    """Say which acts that are left continue a treatment, where a group has one occasion but those.

    Who is treated in two steps and began with others is there with them again: one coincidence.
    """
    again = left & _on_days(acts, registers.courses).to_numpy()
    apart = acts["day"].where(left & ~again).groupby(acts["ring"])
    span = apart.transform("max") - apart.transform("min")  # missing where nothing else is left
    return np.asarray(again & (span <= SECONDS_A_DAY).to_numpy())


def _of_a_carful(
    ring: "pd.Series[int]", address: "pd.Series[str]", groups: Sequence[Group], registers: Registers
) -> NDArray[np.bool_]:
    """Say of each row's address whether few enough members of that group live there for one car."""
    sizes = [len(group.persons) for group in groups]
    everyone = list(chain.from_iterable(group.persons for group in groups))
    homes = registers.persons["address"].reindex(everyone).fillna("").to_numpy(object)
    lived = pd.MultiIndex.from_arrays([np.repeat(np.arange(len(groups)), sizes), homes])
    counts = lived[homes != ""].value_counts()
    rows = pd.MultiIndex.from_arrays([ring, address])
    return np.asarray(rows.isin(counts.index[counts <= CAR_SEATS]))
