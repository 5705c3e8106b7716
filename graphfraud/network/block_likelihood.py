"""How much likelier a block of a bipartite graph is than chance, less the cost of naming it.

The edges of a block are Poisson, their mean by chance Σ over rows and columns of (row's edges at
the column's place) × (the column's share there among other rows). The score is the log likelihood
ratio against that mean (Kulldorff 1997, doi:10.1080/03610929708831995) less the logarithm of the
number of ways to choose so many rows and columns (a two-part description length, Rissanen 1978,
doi:10.1016/0005-1098(78)90005-5): by it two blocks are held against the one that unites them.
"""

import math

import numpy as np
from numpy.typing import NDArray

from graphfraud.network.bipartite import Bipartite

Ints = NDArray[np.int32]


def score(graph: Bipartite, rows: Ints, columns: Ints, aside: Ints | None = None) -> float:
    """Return the score of the block of these distinct rows and columns; 0 where chance gives it.

    aside: rows (the block's among them) that are not asked what chance gives; blocks that are held
    against each other need the same. Without it, the block's own.

    >>> from graphfraud.network.bipartite import bipartite
    >>> row, column = np.divmod(np.arange(180, dtype=np.int32), np.int32(9))
    >>> honest = np.arange(400, dtype=np.int32)
    >>> graph = bipartite(np.append(row, honest + 20), np.append(column, honest % 40),
    ...                   np.arange(40, dtype=np.int32) % 3)
    >>> some, whole = np.arange(16, dtype=np.int32), np.arange(20, dtype=np.int32)
    >>> score(graph, whole, whole[:9]) > max(0, score(graph, some, whole[:9]))
    True
    """
    inside = np.zeros(len(graph.first) - 1, bool)
    inside[rows] = True
    edge = np.repeat(inside, np.diff(graph.first))
    bought = np.bincount(graph.columns[edge], minlength=len(graph.weight))
    left = np.zeros(len(inside), bool)
    left[rows if aside is None else aside] = True
    others = np.bincount(
        graph.columns[~np.repeat(left, np.diff(graph.first))], minlength=len(graph.weight)
    )
    traffic = np.bincount(graph.place, others)
    mass = np.bincount(graph.place, bought, minlength=len(traffic))
    place = graph.place[columns]
    # One more of each: what no other row has is rare, not impossible.
    share = (others[columns] + 1) / (traffic[place] + 1)
    observed, expected = float(bought[columns].sum()), float((share * mass[place]).sum())
    if observed <= expected:
        return 0.0
    ratio = observed * math.log(observed / expected) - observed + expected
    return ratio - _named(len(inside), len(rows)) - _named(len(graph.weight), len(columns))


def _named(among: int, several: int) -> float:
    """Return the logarithm of the number of ways to choose so many."""
    return math.lgamma(among + 1) - math.lgamma(several + 1) - math.lgamma(among - several + 1)
