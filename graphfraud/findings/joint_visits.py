"""The visits behind the meetings of groups, numbered by occasion, and the claims behind them."""

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import EVENT_KINDS
from graphfraud.patterns.contract import Group

DAY_COLUMNS = ["ring", "facility_id", "kind", "day"]


def joint_visits(groups: tuple[Group, ...]) -> pd.DataFrame:
    """Return each visit of a member at a meeting: ring, event, person_id, facility_id, kind, day.

    groups: at least one; ring: position in it; event: 1, 2, … per ring, one for each place, kind
    and day (date).
    """
    table = pd.concat([_ends(groups, end) for end in "ab"], ignore_index=True)
    table = table.drop_duplicates().sort_values(["ring", "day", "facility_id", "kind", "person_id"])
    occasions = table[DAY_COLUMNS].drop_duplicates()
    occasions["event"] = occasions.groupby("ring").cumcount() + 1
    table = table.merge(occasions, on=DAY_COLUMNS)
    return table.astype({"ring": "int64", "event": "int64"}).reset_index(drop=True)


def _ends(groups: tuple[Group, ...], end: str) -> pd.DataFrame:
    """Return one end of every meeting of every group, in the columns of joint_visits."""
    meetings = pd.concat([group.meetings for group in groups], keys=range(len(groups)))
    kinds = np.array(EVENT_KINDS, dtype=object)
    return pd.DataFrame(
        {
            "ring": meetings.index.get_level_values(0),
            "facility_id": meetings["facility_id"].to_numpy(),
            "kind": kinds[meetings["kind"].to_numpy(int)],
            "day": pd.to_datetime(meetings[f"start_{end}"].to_numpy(), unit="s").normalize(),
            "person_id": meetings[end].to_numpy(),
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
