"""Leiden and Louvain on any graph: modularity or the constant Potts model, the same every time.

Traag, Waltman & van Eck 2019 (doi:10.1038/s41598-019-41695-z), Blondel et al. 2008
(doi:10.1088/1742-5468/2008/10/P10008); CPM: Traag et al. 2011. Compiled, on one thread; the order
in which vertices are looked at is drawn by the seed, and nothing else is left to chance.
"""

import numpy as np

from graphfraud.network.adjacency import Adjacency, Floats, Ints
from graphfraud.network.moving import aggregate, move, refine

ITERATIONS = 10  # at most; a graph of under a million edges is stable long before
MANY_EDGES = 1_000_000  # beyond, one: a second doubles the time and adds 0.0001 of modularity
MODULARITY, CPM = "modularity", "cpm"


def leiden(
    rows: Adjacency,
    generator: np.random.Generator,
    *,
    resolution: float = 1.0,
    objective: str = MODULARITY,
) -> Ints:
    """Return a community for each vertex (shape n); every community is connected.

    resolution: of modularity (1 is Newman's), or the least density inside a community (CPM).

    >>> from graphfraud.network.adjacency import adjacency_of, edges_of
    >>> two = adjacency_of(edges_of(4, np.array([0, 2]), np.array([1, 3])))
    >>> dense(leiden(two, np.random.default_rng(1))).tolist()
    [0, 0, 1, 1]
    """
    mass, pressure = _model(rows, resolution, objective)
    community = np.arange(rows.n, dtype=np.int32)
    for _ in range(ITERATIONS if len(rows.neighbour) <= 2 * MANY_EDGES else 1):
        before = community
        community = _levels(rows, mass, pressure, generator, community, refined=True)
        if (before == community).all():
            break
    return community


def louvain(
    rows: Adjacency,
    generator: np.random.Generator,
    *,
    resolution: float = 1.0,
    objective: str = MODULARITY,
) -> Ints:
    """Return a community for each vertex (shape n); a community may be disconnected."""
    mass, pressure = _model(rows, resolution, objective)
    alone = np.arange(rows.n, dtype=np.int32)
    return _levels(rows, mass, pressure, generator, alone, refined=False)


def _model(rows: Adjacency, resolution: float, objective: str) -> tuple[Floats, float]:
    """Return each vertex's mass, and the price of mass beside mass."""
    if objective == CPM:
        return np.ones(rows.n), resolution
    strength = rows.strength
    return strength, resolution / max(float(strength.sum()), 1e-300)


def _levels(
    rows: Adjacency,
    mass: Floats,
    pressure: float,
    generator: np.random.Generator,
    community: Ints,
    *,
    refined: bool,
) -> Ints:
    """Move and aggregate, level upon level, until nothing moves."""
    whole = np.arange(rows.n, dtype=np.int32)  # each vertex's, on the level above
    while True:
        graph = rows.indptr, rows.neighbour, rows.weight, mass, pressure
        community = dense(community)
        moves = move(*graph, _order(rows.n, generator), community)
        parts = refine(*graph, _order(rows.n, generator), community) if refined else community
        parts = dense(parts)
        groups = int(parts.max()) + 1 if len(parts) else 0
        if groups == rows.n or (not moves and not refined):
            return dense(community)[whole]
        whole = parts[whole]
        above = np.zeros(groups, np.int32)
        above[parts] = community
        mass = np.asarray(np.bincount(parts, mass, groups), np.float64)
        rows = Adjacency(*aggregate(rows.indptr, rows.neighbour, rows.weight, parts, groups))
        community = above


def _order(n: int, generator: np.random.Generator) -> Ints:
    return generator.permutation(n).astype(np.int32)


def dense(group: Ints) -> Ints:
    """Return groups numbered anew from 0, in the order of their first vertex.

    >>> dense(np.array([7, 3, 7], np.int32)).tolist()
    [0, 1, 0]
    """
    _, first, at = np.unique(group, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int32)
    number[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return number[at]
