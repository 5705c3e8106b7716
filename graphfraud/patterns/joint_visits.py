"""The visits behind the meetings of groups, numbered by occasion, and the claims behind them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import EVENT_KINDS

DAY_COLUMNS = ["ring", "facility_id", "kind", "day"]


def joint_visits(meetings: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return each visit of a member at a meeting: ring, event, person_id, facility_id, kind, day.

    meetings: of each group, at least one group, see patterns.meetings; ring: position in it; event:
    1, 2, … per ring, one for each place, kind and day (date).
    """
    table = pd.concat([_ends(meetings, end) for end in "ab"], ignore_index=True)
    table = table.drop_duplicates().sort_values(["ring", "day", "facility_id", "kind", "person_id"])
    occasions = table[DAY_COLUMNS].drop_duplicates()
    occasions["event"] = occasions.groupby("ring").cumcount() + 1
    table = table.merge(occasions, on=DAY_COLUMNS)
    return table.astype({"ring": "int64", "event": "int64"}).reset_index(drop=True)


def _ends(meetings: Sequence[pd.DataFrame], end: str) -> pd.DataFrame:
    """Return one end of every meeting of every group, in the columns of joint_visits."""
    table = pd.concat(meetings, keys=range(len(meetings)))
    kinds = np.array(EVENT_KINDS, dtype=object)
    return pd.DataFrame(
        {
            "ring": table.index.get_level_values(0),
            "facility_id": table["facility_id"].to_numpy(),
            "kind": kinds[table["kind"].to_numpy(int)],
            "day": pd.to_datetime(table[f"start_{end}"].to_numpy(), unit="s").normalize(),
            "person_id": table[end].to_numpy(),
        }
    )


def visit_claims(engine: Engine, visits: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of the joint visits, see sql/patterns/visit_claims.sql."""
    table = visits.assign(day=visits["day"].astype("datetime64[s]").dt.date)
    engine.register("joint_visits", table)
    try:
        return engine.frame("patterns/visit_claims")
    finally:
        engine.unregister("joint_visits")
