"""Who belongs to a group and in what role: persons, the places they met at, prescribing doctors."""

from collections.abc import Sequence

import pandas as pd

PLACE_SHARE = 0.1  # a place with less of the joint visits is a passing stop,
CROWD = 3  # unless so many members were there at once
DOCTOR_SHARE = 0.5  # a doctor with half of the claims that name one prescribes for the group
DOCTOR_CLAIMS = 3


def members(
    persons: Sequence[str],
    claims: pd.DataFrame,
    *,
    person: str = "card_holder",
    place: str = "place_of_joint_visits",
    doctor: str = "prescriber",
) -> pd.DataFrame:
    """Return entity_type, entity_id, role, weight (share of the joint occasions), sorted.

    claims: the group's rows of visit_claims.sql; person, place, doctor: the words for the roles. A
    doctor's weight is the share of the claims that name a doctor.
    """
    parts = [
        _table("person", person, _attended(persons, claims)),
        _table("facility", place, _places(claims)),
        _table("doctor", doctor, _doctors(claims)),
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["entity_type", "entity_id"], ignore_index=True)


def _attended(persons: Sequence[str], claims: pd.DataFrame) -> "pd.Series[float]":
    attended = claims.groupby("person_id")["event"].nunique().reindex(list(persons))
    return attended.fillna(0) / max(1, claims["event"].nunique())


def _places(claims: pd.DataFrame) -> "pd.Series[float]":
    share = claims.groupby("facility_id")["event"].nunique() / max(1, claims["event"].nunique())
    there = claims.groupby(["facility_id", "event"])["person_id"].nunique()
    crowded = set(there[there >= CROWD].index.get_level_values("facility_id"))
    return share[(share >= PLACE_SHARE) | share.index.isin(crowded)]


def _doctors(claims: pd.DataFrame) -> "pd.Series[float]":
    named = claims.loc[claims["doctor_id"] != ""].groupby("doctor_id")["claim_id"].nunique()
    share = named / max(1, int(named.sum()))
    return share[(share >= DOCTOR_SHARE) & (named >= DOCTOR_CLAIMS)]


def _table(kind: str, role: str, weights: "pd.Series[float]") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "entity_type": kind,
            "entity_id": weights.index.astype(str),
            "role": role,
            "weight": weights.to_numpy(float),
        }
    )
