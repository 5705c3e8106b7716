"""The rows of one ring that conduct signals look at: its claims and what surrounds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class RingRows:
    """One ring's rows; every table may be empty, none is None.

    observed, expected, days: what was counted, what chance gives, days on which members acted.
    members: entity_type, entity_id, role, weight.
    claims: the ring's claims, each once, by start_time and claim_id: event, claim_id, person_id,
        facility_id, doctor_id, operator_id, med_type, start_time, start_day, total_amount (fen),
        person_region, place_region ('' where not known).
    baskets: claim_id, basket (text, equal for equal baskets), lines, spend, resale (fen).
    own: person_id, claims (all of the member's), at_places (those at the ring's places).
    refunds: claim_id of members' claims at the ring's places that were refunded.
    returns: person_id, payment_id, hops (1 or 2), amount (fen), purpose.
    watched: entity_type, entity_id, reason.
    stays: claim_id, person_id, facility_id, start_day, nights, alike (chance that two of others'
        stays there are equally long): members' stays in hospital, each once, by start_day.
    """

    observed: int
    expected: float
    days: int
    members: pd.DataFrame
    claims: pd.DataFrame
    baskets: pd.DataFrame
    own: pd.DataFrame
    refunds: pd.DataFrame
    returns: pd.DataFrame
    watched: pd.DataFrame
    stays: pd.DataFrame

    @cached_property
    def persons(self) -> "pd.Series[str]":
        """Return the ids of the members who are persons."""
        return self.members.loc[self.members["entity_type"] == "person", "entity_id"]

    @cached_property
    def at_counter(self) -> NDArray[np.bool_]:
        """Say which claims are at a counter, at a time of day: midnight is a bare date."""
        start, care = self.claims["start_time"].to_numpy(), self.claims["med_type"].to_numpy(object)
        counter = (care == "pharmacy") | (care == "outpatient")
        return np.asarray(counter & (start != start.astype("datetime64[D]")), bool)

    @cached_property
    def visits(self) -> pd.DataFrame:
        """Return the claims at a counter whose time of day is known."""
        return self.claims.loc[self.at_counter]

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Return the facility of every claim as a number, in the order of their ids."""
        _, place = np.unique(self.claims["facility_id"].to_numpy(object), return_inverse=True)
        return np.asarray(place, np.int64)

    def claims_of(self, persons: Sequence[str]) -> "pd.Series[str]":
        """Return the ids of these persons' claims, in order of time."""
        return self.claims.loc[self.claims["person_id"].isin(persons), "claim_id"]
