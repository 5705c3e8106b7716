"""Bursts as acts, and as counts of cards at facilities and under operators."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.network.repeaters import Links
from graphfraud.patterns.swipe_places import QUARTERS, SwipePlaces

Ints = NDArray[np.int64]

DAY = 86_400
KEYS = ["place_type", "place", "person_id"]


def acts(rows: pd.DataFrame, places: SwipePlaces, window: tuple[int, int]) -> pd.DataFrame:
    """Return one row a burst: person_id, facility_id and operator_id of most of its settlements.

    Further day, scheduled, claims (list), odd (begun at an odd hour of the place), maintenance.
    """
    begun = rows.groupby("burst")["moment"].min()
    made = pd.DataFrame(
        {
            "burst": begun.index,
            "person_id": rows.groupby("burst")["person_id"].first().to_numpy(),
            "facility_id": _most(rows, "facility_id"),
            "operator_id": _most(rows, "operator_id"),
            "day": begun.to_numpy() // DAY * DAY,
            "scheduled": rows.groupby("burst")["scheduled"].all().to_numpy(bool),
            "claims": rows.groupby("burst")["claim_id"].agg(list).to_numpy(),
        }
    )
    clock = begun.to_numpy(np.int64) % DAY // 60
    at = places.codes(made.assign(place_type="facility", place=made["facility_id"]))
    start, end = window
    inside = (clock >= start) & (clock < end)
    over = (clock >= start) | (clock < end)
    return made.assign(
        odd=places.odd[at, clock // 15], maintenance=inside if start <= end else over
    )


def _most(rows: pd.DataFrame, name: str) -> NDArray[np.object_]:
    """Return the commonest value in each burst, the first by name among equals."""
    counts = rows.groupby(["burst", name]).size().rename("n").reset_index()
    counts = counts.sort_values(["burst", "n", name], ascending=[True, False, True])
    return counts.drop_duplicates("burst")[name].to_numpy(object)


def links_of(
    engine: Engine, rows: pd.DataFrame, made: pd.DataFrame, places: SwipePlaces
) -> tuple[Links, pd.DataFrame]:
    """Return the counts of bursts, and their names: place_type, place, person_id, odd, sorted."""
    odd = made.set_index("burst")["odd"]
    named = [
        rows[["burst", "person_id"]].assign(place_type=kind, place=rows[f"{kind}_id"])
        for kind in ("facility", "operator")
    ]
    once = pd.concat(named).query("place != ''").drop_duplicates()
    once = once.assign(odd=odd.reindex(once["burst"]).to_numpy(bool))
    counted = once.groupby(KEYS, as_index=False).agg(count=("odd", "size"), odd=("odd", "sum"))
    counted["number"] = places.codes(counted)
    engine.register("repeats", counted[["number", "person_id"]])
    exposures = engine.frame("patterns/swipe_exposures")
    engine.unregister("repeats")
    table = counted.merge(exposures, on=["number", "person_id"]).sort_values(
        KEYS, ignore_index=True
    )
    columns = (table[name].to_numpy(np.int64) for name in ("number", "exposure", "count"))
    return Links(*columns), table[[*KEYS, "odd"]]


def quarters(rows: pd.DataFrame, places: SwipePlaces) -> Ints:
    """Return how many settlements of bursts each place has in each quarter of an hour."""
    counts = np.zeros((len(places.index), QUARTERS), np.int64)
    quarter = rows["moment"].to_numpy(np.int64) % DAY // 900
    for kind in ("facility", "operator"):
        at = places.codes(rows.assign(place_type=kind, place=rows[f"{kind}_id"]))
        np.add.at(counts, (at[at >= 0], quarter[at >= 0]), 1)
    return counts
