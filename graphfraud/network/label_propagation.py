"""Label propagation: every vertex takes the label that most of its neighbours have.

Raghavan, Albert & Kumara 2007 (doi:10.1103/PhysRevE.76.036106), asynchronous. A vertex keeps its
label where no other has more weight, so the weight inside labels grows with every move and the
procedure ends. Vertices and the precedence among equal labels are drawn by the seed, once.
"""

import numpy as np
from numba import njit

from graphfraud.network.adjacency import Adjacency, Floats, Ints, Longs
from graphfraud.network.turns import counters, forget, gather, wake


def label_propagation(rows: Adjacency, generator: np.random.Generator) -> Ints:
    """Return a label for each vertex, below n (shape n).

    >>> from graphfraud.network.adjacency import adjacency_of, edges_of
    >>> pair = adjacency_of(edges_of(3, np.array([0]), np.array([2])))
    >>> len(set(label_propagation(pair, np.random.default_rng(1)).tolist()))
    2
    """
    order = generator.permutation(rows.n).astype(np.int32)
    precedence = generator.permutation(rows.n).astype(np.int32)
    return np.asarray(_propagate(rows.indptr, rows.neighbour, rows.weight, order, precedence))


@njit(cache=True, nogil=True)
def _propagate(
    indptr: Longs, neighbour: Ints, weight: Floats, order: Ints, precedence: Ints
) -> Ints:
    """Look at vertices in turn, and again at those whose neighbour changed its label."""
    n = len(order)
    label = np.arange(n).astype(np.int32)
    place, touched, votes = counters(n)
    queue, waiting = order.copy(), np.ones(n, np.bool_)
    head, end = 0, n
    while head < end:
        v = queue[head % n]
        head += 1
        waiting[v] = False
        used = gather(v, 0, indptr, neighbour, weight, label, place, touched, votes)
        best = _winner(label[v], place[label[v]], votes, touched, used, precedence)
        forget(place, touched, used)
        if best != label[v]:
            label[v] = best
            end = wake(v, indptr, neighbour, label, waiting, queue, end)
    return label


@njit(cache=True, nogil=True)
def _winner(own: int, at: int, votes: Floats, touched: Ints, used: int, precedence: Ints) -> int:
    """Return the own label unless another has more; of several, the one with precedence."""
    best, most = own, votes[at] if at >= 0 else 0.0
    for k in range(used):
        one = touched[k]
        tied = best != own and votes[k] == most and precedence[one] < precedence[best]
        if votes[k] > most or tied:
            best, most = one, votes[k]
    return best
