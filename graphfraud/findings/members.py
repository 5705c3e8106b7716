"""Who belongs to a ring and in what role: persons, the places they met at, prescribing doctors."""

import pandas as pd

from graphfraud.patterns.contract import Group

PLACE_SHARE = 0.1  # a place with less of the joint visits is a passing stop
DOCTOR_SHARE = 0.5  # a doctor with half of the claims that name one prescribes for the ring
DOCTOR_CLAIMS = 3


def members(group: Group, claims: pd.DataFrame) -> pd.DataFrame:
    """Return entity_type, entity_id, role, weight (share of the joint occasions), sorted.

    claims: the ring's rows of ring_claims.sql. A doctor's weight is the share of the claims that
    name a doctor.
    """
    parts = [_persons(group, claims), _places(claims), _doctors(claims)]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["entity_type", "entity_id"], ignore_index=True)


def _persons(group: Group, claims: pd.DataFrame) -> pd.DataFrame:
    occasions = max(1, claims["event"].nunique())
    attended = claims.groupby("person_id")["event"].nunique().reindex(list(group.persons))
    return _table("person", "card_holder", attended.fillna(0) / occasions)


def _places(claims: pd.DataFrame) -> pd.DataFrame:
    share = claims.groupby("facility_id")["event"].nunique() / max(1, claims["event"].nunique())
    return _table("facility", "place_of_joint_visits", share[share >= PLACE_SHARE])


def _doctors(claims: pd.DataFrame) -> pd.DataFrame:
    named = claims.loc[claims["doctor_id"] != ""].groupby("doctor_id")["claim_id"].nunique()
    share = named / max(1, int(named.sum()))
    return _table("doctor", "prescriber", share[(share >= DOCTOR_SHARE) & (named >= DOCTOR_CLAIMS)])


def _table(kind: str, role: str, weights: "pd.Series[float]") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "entity_type": kind,
            "entity_id": weights.index.astype(str),
            "role": role,
            "weight": weights.to_numpy(float),
        }
    )
