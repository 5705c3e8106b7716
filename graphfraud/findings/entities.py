"""Scores of entities: how central among ties that beat chance, and which rings they are in."""

import pandas as pd

from graphfraud.findings.rings import Ring
from graphfraud.network.centrality import centralities


def entity_table(rings: list[Ring], network: pd.DataFrame) -> pd.DataFrame:
    """Return entity_scores.csv: every person with a tie, and every member of a ring.

    network: the validated ties (a, b). score: the highest score of the entity's rings.
    """
    central = centralities(network["a"].tolist(), network["b"].tolist())
    central.insert(0, "entity_type", "person")
    belongs = _belongs(rings)
    table = central.merge(belongs, on=["entity_type", "entity_id"], how="outer")
    table = table.fillna({"score": 0.0, "ring_ids": "", "degree": 0, "core": 0})
    table = table.fillna({"pagerank": 0.0, "betweenness": 0.0}).astype({"degree": int, "core": int})
    order = table.assign(first=-table["score"])
    return order.sort_values(["first", "entity_type", "entity_id"], ignore_index=True)


def _belongs(rings: list[Ring]) -> pd.DataFrame:
    columns = ["entity_type", "entity_id", "score", "ring_ids"]
    parts = [ring.members.assign(ring_ids=ring.ring_id, score=ring.score) for ring in rings]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=str) for name in columns}).astype(
            {"score": float}
        )
    grouped = pd.concat(parts).groupby(["entity_type", "entity_id"], as_index=False)
    return grouped.agg(score=("score", "max"), ring_ids=("ring_ids", lambda r: ";".join(sorted(r))))
