"""On which days each member of a ring was seen: by its acts, else by the claims that name it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from graphfraud.findings.rings import Ring
from graphfraud.patterns.reruns import Ints

NAMED = {"person": "person_id", "facility": "facility_id", "doctor": "doctor_id"}


@dataclass(frozen=True)
class Seen:
    """A row each day on which a member was seen: member (position), day (seconds of midnight)."""

    member: Ints
    day: Ints


def seen_on(ring: Ring) -> Seen:
    """Return when the members of the ring were seen.

    Accounts and operators stand on no claim of a ring; no row names them.
    """
    acts, claims = _of_acts(ring.group.acts), _of_claims(ring.claims)
    key = ["entity_type", "entity_id"]
    members = ring.members[key].reset_index(names="member")
    known = pd.MultiIndex.from_frame(claims[key]).isin(pd.MultiIndex.from_frame(acts[key]))
    rows = pd.concat([acts, claims[~known]]).merge(members, on=key).drop_duplicates()
    return Seen(rows["member"].to_numpy(np.int64), rows["day"].to_numpy(np.int64))


def _of_acts(acts: pd.DataFrame) -> pd.DataFrame:
    named = (("person", "a"), ("person", "b"), ("facility", "facility_id"))
    parts = [_rows(kind, acts[name], acts["day"]) for kind, name in named]
    return pd.concat(parts, ignore_index=True)


def _of_claims(claims: pd.DataFrame) -> pd.DataFrame:
    day = claims["start_time"].astype("datetime64[s]").dt.floor("D").astype("int64")
    parts = [_rows(kind, claims[name], day) for kind, name in NAMED.items()]
    return pd.concat(parts, ignore_index=True)


def _rows(kind: str, names: "pd.Series[str]", day: "pd.Series[int]") -> pd.DataFrame:
    table = pd.DataFrame({"entity_type": kind, "entity_id": names.astype(str), "day": day})
    return table.drop_duplicates()
