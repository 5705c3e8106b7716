"""Scores of entities: how central among ties that beat chance, and which rings they are in."""

import pandas as pd

from graphfraud.findings.rings import Ring
from graphfraud.network.centrality import centralities

KEY = ["entity_type", "entity_id"]
NUMBERS = {"score": 0.0, "degree": 0, "pagerank": 0.0, "betweenness": 0.0, "core": 0}
NUMBERS |= {"betweenness_error": 0.0}
NEAR = {"expected": "watchlist_expected", "percentile": "watchlist_percentile"}
NEAR_COLUMNS = [*KEY, "watchlist_reach", *NEAR.values(), "watchlist_listed"]


def entity_table(
    rings: list[Ring], network: pd.DataFrame, reach: pd.DataFrame | None = None, seed: int = 0
) -> pd.DataFrame:
    """Return entity_scores.csv: everything with a tie, in a ring, or near the watch list.

    network: the validated ties (type_a, a, type_b, b); reach: entity_type, entity_id,
    watchlist_reach, expected, percentile, listed, which enter no other column; seed: draws the
    sources where betweenness is sampled. score: the highest score of the entity's rings.
    """
    nodes = [_nodes(network, end) for end in "ab"]
    names = {code: entity for part in nodes for code, entity in part}
    one, other = ([code for code, _ in part] for part in nodes)
    central = centralities(one, other, seed)
    ends = pd.DataFrame([names[code] for code in central["entity_id"]], columns=KEY, dtype=str)
    table = ends.join(central.drop(columns="entity_id")).merge(_belongs(rings), on=KEY, how="outer")
    table = table.merge(_near(reach), on=KEY, how="outer")
    table = table.fillna({"ring_ids": "", **NUMBERS}).astype({"degree": int, "core": int})
    order = table.assign(first=-table["score"])
    return order.sort_values(["first", *KEY], ignore_index=True)


def _near(reach: pd.DataFrame | None) -> pd.DataFrame:
    """Return how close entities are to the watch list, and which of them are on it."""
    if reach is None:
        return pd.DataFrame(columns=NEAR_COLUMNS)
    listed = reach["listed"].map({True: "yes", False: "no"})
    return reach.rename(columns=NEAR).assign(watchlist_listed=listed)[NEAR_COLUMNS]


def _nodes(network: pd.DataFrame, end: str) -> list[tuple[str, tuple[str, str]]]:
    """Return one end of every tie as (name that sorts and tells types apart, (type, id))."""
    ends = zip(network[f"type_{end}"], network[end], strict=True)
    return [(f"{kind}:{identifier}", (kind, identifier)) for kind, identifier in ends]


def _belongs(rings: list[Ring]) -> pd.DataFrame:
    columns = [*KEY, "score", "ring_ids"]
    parts = [ring.members.assign(ring_ids=ring.ring_id, score=ring.score) for ring in rings]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=str) for name in columns}).astype(
            {"score": float}
        )
    grouped = pd.concat(parts).groupby(KEY, as_index=False)
    return grouped.agg(score=("score", "max"), ring_ids=("ring_ids", lambda r: ";".join(sorted(r))))
