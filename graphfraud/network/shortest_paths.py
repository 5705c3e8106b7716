"""Betweenness and harmonic centrality from breadth-first searches, of all sources or of a sample.

Brandes 2001 (doi:10.1080/0022250X.2001.9990249); sampled sources: Brandes & Pich 2007
(doi:10.1142/S0218127407018403), Eppstein & Wang 2004. Every tie counts as one step: weights say
how strong a tie is, which is no length. A sample's mean comes with its standard error, corrected
for the finite number of sources, so that nobody takes a guess for a fact.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from graphfraud.network.adjacency import Adjacency, Floats, Ints, Longs


@dataclass(frozen=True)
class Reached:
    """What the searches found of each vertex, each with its standard error (0 where exact).

    betweenness: the share of pairs of others with it on a shortest path between; harmonic: the mean
    of 1 / distance to the others, 0 where there is no way; sources: how many searches.
    """

    betweenness: Floats
    betweenness_error: Floats
    harmonic: Floats
    harmonic_error: Floats
    sources: int


def shortest_paths(rows: Adjacency, samples: int, generator: np.random.Generator) -> Reached:
    """Search from every vertex, or from `samples` of them drawn without replacement, if fewer.

    >>> from graphfraud.network.adjacency import adjacency_of, edges_of
    >>> path = adjacency_of(edges_of(3, np.array([0, 1]), np.array([1, 2])))
    >>> found = shortest_paths(path, 3, np.random.default_rng(1))
    >>> found.betweenness.tolist(), found.harmonic.tolist()
    ([0.0, 1.0, 0.0], [0.75, 1.0, 0.75])
    """
    n = rows.n
    chosen = np.arange(n, dtype=np.int32)
    if samples < n:
        chosen = np.sort(generator.choice(n, samples, replace=False)).astype(np.int32)
    sums = _search(rows.indptr, rows.neighbour, chosen)
    pairs, others = max(1.0, (n - 1) * (n - 2.0)), max(1.0, n - 1.0)
    betweenness, harmonic = (_estimate(sums[i], sums[i + 1], len(chosen), n) for i in (0, 2))
    return Reached(
        betweenness[0] / pairs,
        betweenness[1] / pairs,
        harmonic[0] / others,
        harmonic[1] / others,
        len(chosen),
    )


def _estimate(total: Floats, squares: Floats, k: int, n: int) -> tuple[Floats, Floats]:
    """Return the sum over all n sources as k of them tell it, and its standard error."""
    if k == n:
        return total, np.zeros(n)
    variance = np.maximum(0.0, squares - total**2 / k) / max(1, k - 1)
    return total * n / k, n * np.sqrt(variance / k * (1 - k / n))


@njit(cache=True, nogil=True)
def _search(indptr: Longs, neighbour: Ints, sources: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """Return sums and sums of squares, over sources, of dependencies and of 1 / distance."""
    n = len(indptr) - 1
    between, between2, near, near2 = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    order, distance = np.empty(n, np.int32), np.full(n, -1, np.int32)
    paths, share = np.zeros(n), np.zeros(n)
    for source in sources:
        reached = _forth(source, indptr, neighbour, order, distance, paths)
        _back(reached, indptr, neighbour, order, distance, paths, share)
        for i in range(reached):
            v = order[i]
            if v != source:
                between[v] += share[v]
                between2[v] += share[v] ** 2
                near[v] += 1.0 / distance[v]
                near2[v] += 1.0 / distance[v] ** 2
        for i in range(reached):
            v = order[i]
            distance[v], paths[v], share[v] = -1, 0.0, 0.0
    return between, between2, near, near2


@njit(cache=True, nogil=True)
def _forth(
    source: int, indptr: Longs, neighbour: Ints, order: Ints, distance: Ints, paths: Floats
) -> int:
    """Fill in distance and number of shortest paths; return how many vertices were reached."""
    order[0], distance[source], paths[source] = source, 0, 1.0
    reached, i = 1, 0
    while i < reached:
        v = order[i]
        i += 1
        for k in range(indptr[v], indptr[v + 1]):
            u = neighbour[k]
            if distance[u] < 0:
                distance[u] = distance[v] + 1
                order[reached] = u
                reached += 1
            if distance[u] == distance[v] + 1:
                paths[u] += paths[v]
    return reached


@njit(cache=True, nogil=True)
def _back(
    reached: int,
    indptr: Longs,
    neighbour: Ints,
    order: Ints,
    distance: Ints,
    paths: Floats,
    share: Floats,
) -> None:
    """Fill in each vertex's dependency: how much of the source's paths lead through it."""
    for i in range(reached - 1, 0, -1):
        v = order[i]
        part = (1.0 + share[v]) / paths[v]
        for k in range(indptr[v], indptr[v + 1]):
            u = neighbour[k]
            if distance[u] == distance[v] - 1:
                share[u] += paths[u] * part
