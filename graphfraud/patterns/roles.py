"""Who belongs to a group and in what role: persons, the places they met at, prescribing doctors."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pandas as pd

from graphfraud.patterns.group import split

PLACE_SHARE = 0.1  # a place with less of the joint visits is a passing stop,
CROWD = 3  # unless so many members were there at once
DOCTOR_SHARE = 0.5  # a doctor with half of the claims that name one prescribes for the group
DOCTOR_CLAIMS = 3


def members(
    groups: Sequence[Sequence[str]],
    claims: pd.DataFrame,
    *,
    person: str = "card_holder",
    place: str = "place_of_joint_visits",
    doctor: str = "prescriber",
) -> list[pd.DataFrame]:
    """Return of each group entity_type, entity_id, role, weight, sorted.

    groups: the persons of each; claims: rows of visit_claims.sql, `ring` is a group's position;
    person, place, doctor: the words for the roles. A weight is the share of the joint occasions, a
    doctor's that of the claims that name a doctor.
    """
    occasions = claims.groupby("ring")["event"].nunique().reindex(range(len(groups)), fill_value=0)
    occasions = occasions.clip(lower=1)
    parts = [
        _table("person", person, _attended(groups, claims).div(occasions, level=0)),
        _table("facility", place, _places(claims, occasions)),
        _table("doctor", doctor, _doctors(claims)),
    ]
    table = pd.concat(parts).sort_values(["ring", "entity_type", "entity_id"])
    return [part.drop(columns="ring") for part in split(table, len(groups))]


def _attended(groups: Sequence[Sequence[str]], claims: pd.DataFrame) -> "pd.Series[float]":
    """Return at how many occasions each person of each group was."""
    ring = np.repeat(np.arange(len(groups)), [len(persons) for persons in groups])
    everyone = pd.MultiIndex.from_arrays([ring, list(chain.from_iterable(groups))])
    attended = claims.groupby(["ring", "person_id"])["event"].nunique()
    return attended.reindex(everyone, fill_value=0).astype(float)


def _places(claims: pd.DataFrame, occasions: "pd.Series[int]") -> "pd.Series[float]":
    visited = claims.groupby(["ring", "facility_id"])["event"].nunique()
    share = visited.div(occasions, level=0)
    there = claims.groupby(["ring", "facility_id", "event"])["person_id"].nunique()
    crowded = there[there >= CROWD].reset_index("event").index
    return share[(share >= PLACE_SHARE) | share.index.isin(crowded)]


def _doctors(claims: pd.DataFrame) -> "pd.Series[float]":
    told = claims[claims["doctor_id"] != ""]
    named = told.groupby(["ring", "doctor_id"])["claim_id"].nunique()
    share = named / named.groupby(level=0).transform("sum").clip(lower=1)
    return share[(share >= DOCTOR_SHARE) & (named >= DOCTOR_CLAIMS)]


def _table(kind: str, role: str, weights: "pd.Series[float]") -> pd.DataFrame:
    """Return a row each weight, whose index is (ring, id)."""
    return pd.DataFrame(
        {
            "ring": weights.index.get_level_values(0).astype(int),
            "entity_type": kind,
            "entity_id": weights.index.get_level_values(1).astype(str),
            "role": role,
            "weight": weights.to_numpy(float),
        }
    )
