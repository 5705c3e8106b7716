"""Who was at one place at one time, as anybody would count it: no expectation, no habits."""

import networkx as nx
import numpy as np
import pandas as pd

MINUTES = 30  # in a waiting room or at a counter together
DAY = 86_400


def read_visits(claims: pd.DataFrame) -> pd.DataFrame:
    """Return person_id, place, start (seconds): refunds and what they reverse are no visits.

    An admission lasts all day, and counts as one place a hospital of its own.
    """
    void = set(claims["refund_of"].dropna()) if "refund_of" in claims else set()
    gone = claims["claim_id"].isin(void)
    if void:
        gone |= claims["refund_of"].notna()
    kept = claims[~gone & (claims["med_type"] != "manual")]
    start = kept["start_time"].astype("datetime64[s]").astype("int64")
    inpatient = kept["med_type"] == "inpatient"
    place = kept["facility_id"] + np.where(inpatient, "/ward", "/" + kept["med_type"])
    seconds = start.where(~inpatient, start // DAY * DAY)
    return pd.DataFrame({"person_id": kept["person_id"], "place": place, "start": seconds})


def joint_days(visits: pd.DataFrame, minutes: int = MINUTES) -> pd.DataFrame:
    """Return person_a < person_b and the days on which they were within `minutes` at one place."""
    order = visits.sort_values(["place", "start", "person_id"], ignore_index=True)
    place, _ = pd.factorize(order["place"])
    person, names = pd.factorize(order["person_id"], sort=True)
    start = order["start"].to_numpy()
    parts, rows, lag = [], np.arange(len(start)), 1
    while len(rows):
        rows = rows[rows + lag < len(start)]
        near = (place[rows] == place[rows + lag]) & (
            start[rows + lag] - start[rows] <= minutes * 60
        )
        rows = rows[near]
        one, other = person[rows], person[rows + lag]
        met = np.stack((np.minimum(one, other), np.maximum(one, other), start[rows] // DAY))
        parts.append(met[:, one != other])
        lag += 1
    a, b, day = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0), np.int64)
    together = pd.DataFrame({"a": a, "b": b, "day": day}).drop_duplicates()
    days = together.groupby(["a", "b"], as_index=False).size()
    return pd.DataFrame(
        {"person_a": names[days["a"]], "person_b": names[days["b"]], "days": days["size"]}
    )


def graph_of(days: pd.DataFrame, at_least: int) -> nx.Graph:
    """Return the graph of pairs with so many joint days, which weigh the edges."""
    kept = days[days["days"] >= at_least]
    graph = nx.Graph()
    columns = (kept[name] for name in ("person_a", "person_b", "days"))
    graph.add_weighted_edges_from(zip(*columns, strict=True))
    return graph
