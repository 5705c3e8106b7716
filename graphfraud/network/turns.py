"""Steps that label propagation, Louvain and Leiden share: count a vertex's links, wake neighbours.

The queue is a ring of n places with every vertex in it at most once.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.network.adjacency import Floats, Ints, Longs

Flags = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def gather(
    v: int,
    used: int,
    indptr: Longs,
    neighbour: Ints,
    weight: Floats,
    group: Ints,
    place: Ints,
    touched: Ints,
    links: Floats,
) -> int:
    """Add up v's weights by its neighbours' groups; return how many groups are touched.

    used: how many are already; touched, links: the groups and the weight to each; place: of each
    group among them, -1 where it is not.
    """
    weighted = len(weight) > 0
    for k in range(indptr[v], indptr[v + 1]):
        one = group[neighbour[k]]
        at = place[one]
        if at < 0:
            at = used
            place[one], touched[at], links[at] = at, one, 0.0
            used += 1
        links[at] += weight[k] if weighted else 1.0
    return used


@njit(cache=True, nogil=True)
def forget(place: Ints, touched: Ints, used: int) -> None:
    """Let `place` know of nothing again."""
    for k in range(used):
        place[touched[k]] = -1


@njit(cache=True, nogil=True)
def counters(groups: int) -> tuple[Ints, Ints, Floats]:
    """Return place, touched and links for so many groups, with nothing in them."""
    return np.full(groups, -1, np.int32), np.empty(groups, np.int32), np.empty(groups)


@njit(cache=True, nogil=True)
def wake(
    v: int, indptr: Longs, neighbour: Ints, group: Ints, waiting: Flags, queue: Ints, end: int
) -> int:
    """Put v's neighbours of other groups at the queue's end; return the new end."""
    n = len(queue)
    for k in range(indptr[v], indptr[v + 1]):
        u = neighbour[k]
        if group[u] != group[v] and not waiting[u]:
            waiting[u] = True
            queue[end % n] = u
            end += 1
    return end
