"""How many independent parties act together: people whom home binds count as one."""

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.significance import upper_tail
from graphfraud.patterns.group import Group

HOME = ("household", "care_home", "neighbours")


def parties(group: Group, excused: NDArray[np.str_]) -> int:
    """Return the most independent parties that what is not excused holds together.

    Where acts are one person's, every person with an act that is not excused counts. Where they
    join pairs, and some are excused, parties are held together by the ties that still beat chance.
    """
    if not len(excused):
        return len(group.persons)
    if not (excused == "").any():
        return 0
    left = group.acts[excused == ""]
    if not (group.acts["b"] != "").any():
        return len(set(left["a"]) - {""})
    if len(left) == len(group.acts):
        return len(group.persons)
    return _joined(group, left, _homes(group, excused))


def _homes(group: Group, excused: NDArray[np.str_]) -> dict[str, str]:
    """Return the home of each member whom the excuse of a joint act binds to another."""
    pairs = group.acts.loc[np.isin(excused, HOME), ["a", "b"]].drop_duplicates()
    graph: nx.Graph[str] = nx.Graph(list(pairs.itertuples(index=False, name=None)))
    return {
        person: f"home {number}"
        for number, home in enumerate(sorted(map(sorted, nx.connected_components(graph))))
        for person in home
    }


def _joined(group: Group, left: pd.DataFrame, party: dict[str, str]) -> int:
    """Return the size of the largest set of parties that unexcused ties connect."""
    kept = left.groupby(["a", "b"])["unit"].nunique()
    ties = group.ties[(group.ties["type_a"] == "person") & (group.ties["type_b"] == "person")]
    pairs = list(ties[["a", "b"]].itertuples(index=False, name=None))
    counts = np.array([int(kept.get(pair, 0)) for pair in pairs], dtype=np.int64)
    p = upper_tail(counts, ties["expected"].to_numpy(float), group.dispersion)
    strong = [pair for pair, keep in zip(pairs, p <= group.tie_level, strict=True) if keep]
    graph: nx.Graph[str] = nx.Graph((party.get(a, a), party.get(b, b)) for a, b in strong)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return max((len(part) for part in nx.connected_components(graph)), default=0)
