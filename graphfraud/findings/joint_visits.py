"""The visits behind the meetings of groups, numbered by occasion, and the claims behind them."""

import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import EVENT_KINDS
from graphfraud.patterns.contract import Group

DAY_COLUMNS = ["ring", "facility_id", "kind", "day"]


def joint_visits(groups: tuple[Group, ...]) -> pd.DataFrame:
    """Return each visit of a member at a meeting: ring, event, person_id, facility_id, kind, day.

    ring: position in `groups`; event: 1, 2, … per ring, one for each place, kind and day (date).
    """
    parts = [_visits(number, group, end) for number, group in enumerate(groups) for end in "ab"]
    columns = ["ring", "facility_id", "kind", "day", "person_id"]
    table = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    table = table.drop_duplicates().sort_values(["ring", "day", "facility_id", "kind", "person_id"])
    occasions = table[DAY_COLUMNS].drop_duplicates()
    occasions["event"] = occasions.groupby("ring").cumcount() + 1
    table = table.merge(occasions, on=DAY_COLUMNS)
    return table.astype({"ring": "int64", "event": "int64"}).reset_index(drop=True)


def _visits(number: int, group: Group, end: str) -> pd.DataFrame:
    meetings = group.meetings
    kinds = pd.Series(EVENT_KINDS, dtype=str)
    return pd.DataFrame(
        {
            "ring": number,
            "facility_id": meetings["facility_id"].astype(str),
            "kind": kinds.take(meetings["kind"].to_numpy(int)).to_numpy(),
            "day": pd.to_datetime(meetings[f"start_{end}"], unit="s").dt.normalize(),
            "person_id": meetings[end].astype(str),
        }
    )


def ring_claims(engine: Engine, visits: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of the joint visits, see sql/findings/ring_claims.sql."""
    table = visits.assign(day=visits["day"].astype("datetime64[s]").dt.date)
    engine.register("joint_visits", table)
    try:
        return engine.frame("findings/ring_claims")
    finally:
        engine.unregister("joint_visits")
