"""On which days each member of a ring was seen: by its acts, else by the claims that name it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from graphfraud.findings.rings import Ring
from graphfraud.patterns.reruns import Ints

IN_ACTS = (("person", "a"), ("person", "b"), ("facility", "facility_id"))
IN_CLAIMS = (("person", "person_id"), ("facility", "facility_id"), ("doctor", "doctor_id"))


@dataclass(frozen=True)
class Seen:
    """A row each day on which a member was seen: member (position), day (seconds of midnight)."""

    member: Ints
    day: Ints


def seen_on(ring: Ring) -> Seen:
    """Return when the members of the ring were seen, each day once.

    Accounts and operators stand on no claim of a ring; no row names them.
    """
    acts, claims = ring.group.acts, ring.claims
    start = claims["start_time"].to_numpy("datetime64[D]").astype("datetime64[s]")
    by_act = _rows(ring, acts, IN_ACTS, acts["day"].to_numpy(np.int64))
    by_claim = _rows(ring, claims, IN_CLAIMS, start.astype(np.int64))
    alone = by_claim[:, ~np.isin(by_claim[0], by_act[0])]
    member, day = np.unique(np.hstack([by_act, alone]), axis=1)
    return Seen(member, day)


def _rows(ring: Ring, table: pd.DataFrame, named: tuple[tuple[str, str], ...], day: Ints) -> Ints:
    """Return (member, day) of every cell of the table that names a member: (2, n)."""
    parts = [np.stack([at[at >= 0], day[at >= 0]]) for at in _members(ring, table, named)]
    return np.asarray(np.hstack(parts), np.int64)


def _members(ring: Ring, table: pd.DataFrame, named: tuple[tuple[str, str], ...]) -> Iterator[Ints]:
    """Yield for each named column the position of the member in every cell, -1 for none."""
    for kind, column in named:
        mine = np.flatnonzero(ring.members["entity_type"] == kind)
        at = pd.Index(ring.members["entity_id"].iloc[mine]).get_indexer(table[column])
        yield np.where(at >= 0, np.append(mine, -1)[at], -1)
