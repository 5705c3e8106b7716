"""The three steps of Louvain and Leiden: move vertices, refine communities, aggregate.

Blondel et al. 2008 (doi:10.1088/1742-5468/2008/10/P10008); Traag, Waltman & van Eck 2019
(doi:10.1038/s41598-019-41695-z). One gain serves modularity and the constant Potts model: joining a
community C is worth w(v, C) - pressure · mass(v) · mass(C), where mass is strength and pressure
resolution / total strength for modularity, mass vertices and pressure the resolution for CPM.
"""

import numpy as np
from numba import njit

from graphfraud.network.adjacency import Floats, Ints, Longs
from graphfraud.network.turns import counters, forget, gather, wake

SLACK = 1e-10  # a gain smaller than this share of what is compared is rounding


@njit(cache=True, nogil=True)
def move(
    indptr: Longs,
    neighbour: Ints,
    weight: Floats,
    mass: Floats,
    pressure: float,
    order: Ints,
    community: Ints,
) -> int:
    """Move vertices to where they gain most until none gains; return how many moves it took.

    community: below n, changed in place; order: in which vertices are looked at first.
    """
    n, moves = len(order), 0
    total, size, empty, spare = _sums(mass, community)
    place, touched, links = counters(n)
    queue, waiting = order.copy(), np.ones(n, np.bool_)
    head, end = 0, n
    while head < end:
        v = queue[head % n]
        head += 1
        waiting[v], own = False, community[v]
        used = gather(v, 0, indptr, neighbour, weight, community, place, touched, links)
        total[own] -= mass[v]
        best = _best(own, place[own], pressure * mass[v], links, total, touched, used)
        forget(place, touched, used)
        if best < 0:
            best = empty[spare - 1] if size[own] > 1 else own
        total[best] += mass[v]
        if best != own:
            spare -= size[best] == 0
            size[own] -= 1
            size[best] += 1
            if size[own] == 0:
                total[own], empty[spare] = 0.0, own
                spare += 1
            community[v] = best
            moves += 1
            end = wake(v, indptr, neighbour, community, waiting, queue, end)
    return moves


@njit(cache=True, nogil=True)
def _sums(mass: Floats, community: Ints) -> tuple[Floats, Ints, Ints, int]:
    """Return each community's mass and size, the numbers not in use, and how many those are."""
    n = len(mass)
    total, size, empty = np.zeros(n), np.zeros(n, np.int32), np.empty(n + 1, np.int32)
    for v in range(n):
        total[community[v]] += mass[v]
        size[community[v]] += 1
    spare = 0
    for one in range(n):
        if size[one] == 0:
            empty[spare] = one
            spare += 1
    return total, size, empty, spare


@njit(cache=True, nogil=True)
def _best(
    own: int, at: int, push: float, links: Floats, total: Floats, touched: Ints, used: int
) -> int:
    """Return where a vertex that was taken out gains most; -1 where it is better off alone."""
    tied = links[at] if at >= 0 else 0.0
    best, most = own, tied - push * total[own]
    slack = SLACK * (tied + push * total[own])
    for k in range(used):
        one = touched[k]
        gain = links[k] - push * total[one]
        if gain > most + slack:
            best, most = one, gain
    return -1 if most < -slack else best


@njit(cache=True, nogil=True)
def refine(
    indptr: Longs,
    neighbour: Ints,
    weight: Floats,
    mass: Floats,
    pressure: float,
    order: Ints,
    community: Ints,
) -> Ints:
    """Return parts of communities, each connected inside: single vertices merged where well tied.

    Only vertices still alone move, into the part where they gain most (the limit of small
    randomness), and only from and into what is well connected with the rest of its community.
    """
    n = len(order)
    part = np.arange(n).astype(np.int32)
    whole = _sums(mass, community)[0]
    inner = _inner(indptr, neighbour, weight, community)
    total, alone = mass.copy(), np.ones(n, np.bool_)
    place, touched, links = counters(n)
    for v in order:
        rest = whole[community[v]] - mass[v]
        if not alone[v] or inner[v] < pressure * mass[v] * rest * (1 - SLACK):
            continue
        used = gather(v, 0, indptr, neighbour, weight, part, place, touched, links)
        best, most, tie = v, 0.0, 0.0
        for k in range(used):
            one = touched[k]
            if community[one] != community[v]:
                continue
            gain = links[k] - pressure * mass[v] * total[one]
            tied = pressure * total[one] * (whole[community[v]] - total[one]) * (1 - SLACK)
            if gain > most and inner[one] >= tied:
                best, most, tie = one, gain, links[k]
        if best != v:
            inner[best] += inner[v] - 2 * tie
            total[best] += mass[v]
            part[v], alone[v], alone[best] = best, False, False
        forget(place, touched, used)
    return part


@njit(cache=True, nogil=True)
def _inner(indptr: Longs, neighbour: Ints, weight: Floats, community: Ints) -> Floats:
    """Return each vertex's weight to others of its community."""
    inner, weighted = np.zeros(len(community)), len(weight) > 0
    for v in range(len(community)):
        for k in range(indptr[v], indptr[v + 1]):
            if community[neighbour[k]] == community[v]:
                inner[v] += weight[k] if weighted else 1.0
    return inner


@njit(cache=True, nogil=True)
def aggregate(
    indptr: Longs, neighbour: Ints, weight: Floats, group: Ints, groups: int
) -> tuple[Longs, Ints, Floats]:
    """Return the rows of the graph of groups, without what lies inside a group.

    group: each vertex's, below groups, none without a vertex.
    """
    starts, members = by_group(group, groups)
    place, touched, links = counters(groups)
    rows = np.zeros(groups + 1, np.int64)
    near, far = np.empty(len(neighbour), np.int32), np.empty(len(neighbour))
    used = 0
    for one in range(groups):
        seen = 0
        for i in range(starts[one], starts[one + 1]):
            v = members[i]
            seen = gather(v, seen, indptr, neighbour, weight, group, place, touched, links)
        for k in range(seen):
            if touched[k] != one:
                near[used], far[used] = touched[k], links[k]
                used += 1
        forget(place, touched, seen)
        rows[one + 1] = used
    return rows, near[:used].copy(), far[:used].copy()


@njit(cache=True, nogil=True)
def by_group(group: Ints, groups: int) -> tuple[Longs, Ints]:
    """Return where each group's vertices start, and the vertices by group, ascending in each."""
    starts = np.zeros(groups + 1, np.int64)
    for one in group:
        starts[one + 1] += 1
    starts = np.cumsum(starts)
    free, members = starts.copy(), np.empty(len(group), np.int32)
    for v in range(len(group)):
        members[free[group[v]]] = v
        free[group[v]] += 1
    return starts, members
