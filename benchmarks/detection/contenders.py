"""What a user would try first: Louvain on co-occurrence, FRAUDAR alone, a ranking by degree.

Each hands out groups of persons at every setting of a small grid, so that nobody can say it was
set badly; which of its settings is best takes the truth to know.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.detection.together import DAY, graph_of, joint_days, read_visits
from graphfraud.network.bipartite import bipartite
from graphfraud.network.dense_blocks import densest

SMALLEST = 3  # persons: two are a couple
JOINT_DAYS = (2, 3, 5, 8)
TOP = (0.001, 0.01, 0.03)  # of all persons
BLOCKS = (10, 50)
Groups = list[frozenset[str]]


class Grouped(NamedTuple):
    """What one method finds at one setting, and the seconds from claims to groups."""

    method: str
    setting: str
    groups: Groups
    seconds: float


def louvain(graph: Any, seed: int) -> Groups:  # noqa: ANN401  networkx has no types
    """Return the communities of most modularity (Blondel et al. 2008), networkx's own."""
    return _large_enough(nx.community.louvain_communities(graph, weight="weight", seed=seed))


def by_degree(graph: Any, count: int) -> Groups:  # noqa: ANN401  networkx has no types
    """Return what hangs together among the `count` persons of highest weighted degree.

    Ties go to the smaller id.
    """
    ranked = sorted(graph.degree(weight="weight"), key=lambda pair: (-pair[1], pair[0]))
    top = [name for name, _ in ranked[:count]]
    return _large_enough(nx.connected_components(graph.subgraph(top)))


def fraudar(edges: pd.DataFrame, blocks: int) -> Groups:
    """Return the persons of the densest blocks, one after the other (Hooi et al. 2016).

    edges: person_id, thing. A block's edges are taken out before the next is sought.
    """
    left = edges.drop_duplicates()
    found: Groups = []
    while len(found) < blocks and len(left):
        row, rows = pd.factorize(left["person_id"], sort=True)
        column, columns = pd.factorize(left["thing"], sort=True)
        one_place = np.zeros(len(columns), np.int32)  # plain FRAUDAR knows no places
        block = densest(bipartite(row.astype(np.int32), column.astype(np.int32), one_place))
        found.append(frozenset(rows[block.rows]))
        left = left[~(np.isin(row, block.rows) & np.isin(column, block.columns))]
    return [group for group in found if len(group) >= SMALLEST]


def co_occurrence(claims: pd.DataFrame, seed: int) -> Iterator[Grouped]:
    """Yield what communities and degrees show, at every number of joint days and every share."""
    begun = time.perf_counter()
    days, persons = joint_days(read_visits(claims)), int(claims["person_id"].nunique())
    shared = time.perf_counter() - begun
    for at_least in JOINT_DAYS:
        graph = graph_of(days, at_least)
        pairs = f"{at_least} joint days"
        yield _timed("co-occurrence + Louvain", pairs, partial(louvain, graph, seed), before=shared)
        for share in TOP:
            find = partial(by_degree, graph, max(SMALLEST, round(share * persons)))
            yield _timed("degree ranking", f"{pairs}, top {share:.1%}", find, before=shared)


def things_of(claims: pd.DataFrame, items: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return what FRAUDAR may be given: persons × days at a place, persons × goods at a place."""
    visits = read_visits(claims)
    on = visits["place"] + " " + (visits["start"] // DAY).astype(str)
    bought = items.merge(claims[["claim_id", "person_id", "facility_id"]], on="claim_id")
    goods = bought["facility_id"] + " " + bought["item_code"]
    return {
        "place and day": pd.DataFrame({"person_id": visits["person_id"], "thing": on}),
        "place and goods": pd.DataFrame({"person_id": bought["person_id"], "thing": goods}),
    }


def dense_blocks(claims: pd.DataFrame, items: pd.DataFrame) -> Iterator[Grouped]:
    """Yield the first so many blocks of FRAUDAR over each kind of thing."""
    for name, edges in things_of(claims, items).items():
        for count in BLOCKS:
            find = partial(fraudar, edges, count)
            yield _timed("FRAUDAR", f"persons × {name}, {count} blocks", find)


def _timed(
    method: str, setting: str, find: Callable[[], Groups], *, before: float = 0.0
) -> Grouped:
    begun = time.perf_counter()
    groups = find()
    return Grouped(method, setting, groups, before + time.perf_counter() - begun)


def _large_enough(found: Iterable[Iterable[str]]) -> Groups:
    kept = [group for group in map(frozenset, found) if len(group) >= SMALLEST]
    return sorted(kept, key=lambda group: (-len(group), sorted(group)))
