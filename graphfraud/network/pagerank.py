"""PageRank of an undirected graph by Gauss–Seidel sweeps.

Page et al. 1999; Arasu et al. 2002 for Gauss–Seidel, which needs about half the sweeps of the power
method. A vertex without neighbours sends its rank to all alike, as in networkx; since it sends
everything there, its share is known before the first sweep.
"""

import numpy as np
from numba import njit

from graphfraud.network.adjacency import Adjacency, Floats, Ints, Longs

TOLERANCE = 1e-9  # the ranks' total change in a sweep, of a total of 1
MOST_SWEEPS = 1_000


def pagerank(rows: Adjacency, damping: float = 0.85) -> Floats:
    """Return each vertex's rank, 1 in sum (shape n); damping: in [0, 1).

    >>> from graphfraud.network.adjacency import adjacency_of, edges_of
    >>> star = adjacency_of(edges_of(3, np.array([0, 0]), np.array([1, 2])))
    >>> pagerank(star).round(4).tolist()
    [0.4865, 0.2568, 0.2568]
    """
    if rows.n == 0:
        return np.empty(0)
    strength = rows.strength
    alone = int((strength == 0).sum())
    base = (1 - damping) / (rows.n - damping * alone)
    # What flows along a unit of weight; in a graph of one component it would be the same on every
    # edge with damping 1, which is a good start.
    flow = np.full(rows.n, base)
    has = strength > 0
    flow[has] = base / strength[has] + damping / max(strength.sum(), 1.0) * (1 - base * alone)
    _sweep(rows.indptr, rows.neighbour, rows.weight, strength, flow, base, damping)
    rank = np.where(has, flow * strength, base)
    return np.asarray(rank / rank.sum())


@njit(cache=True, nogil=True)
def _sweep(
    indptr: Longs,
    neighbour: Ints,
    weight: Floats,
    strength: Floats,
    flow: Floats,
    base: float,
    damping: float,
) -> None:
    """Bring `flow` to rank / strength, in place; vertices without neighbours stay."""
    weighted = len(weight) > 0
    for _ in range(MOST_SWEEPS):
        change = 0.0
        for v in range(len(strength)):
            if strength[v] == 0.0:
                continue
            come = 0.0
            for k in range(indptr[v], indptr[v + 1]):
                come += flow[neighbour[k]] * (weight[k] if weighted else 1.0)
            rank = base + damping * come
            change += abs(rank - flow[v] * strength[v])
            flow[v] = rank / strength[v]
        if change < TOLERANCE:
            return
