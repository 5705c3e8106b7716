"""Random graphs for tests, as arrays and as networkx."""

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graphfraud.network.adjacency import NO_WEIGHTS, Edges, edges_of


@st.composite
def graphs(draw: st.DrawFn, *, largest: int = 24, weighted: bool | None = None) -> Edges:
    """Return a graph of up to `largest` vertices, some alone, weighted or not."""
    n = draw(st.integers(1, largest))
    ends = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=4 * n))
    a, b = (np.array([pair[k] for pair in pairs], np.int32) for k in (0, 1))
    has = draw(st.booleans()) if weighted is None else weighted
    values = st.sampled_from([0.5, 1.0, 2.0, 7.0])
    weight = draw(st.lists(values, min_size=len(pairs), max_size=len(pairs))) if has else []
    return edges_of(n, a, b, np.array(weight) if weight else NO_WEIGHTS)


def oracle(edges: Edges) -> "nx.Graph[int]":
    """Return the same as networkx."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(edges.n))
    weights = edges.weight if edges.weighted else np.ones(len(edges.a))
    ends = zip(edges.a.tolist(), edges.b.tolist(), weights.tolist(), strict=True)
    graph.add_weighted_edges_from(ends)
    return graph


def planted(
    groups: int, size: int, inside: float, between: float, seed: int
) -> tuple[Edges, list[int]]:
    """Return a graph with planted communities, and each vertex's."""
    generator = np.random.default_rng(seed)
    n = groups * size
    a, b = np.triu_indices(n, 1)
    same = a // size == b // size
    keep = generator.random(len(a)) < np.where(same, inside, between)
    return edges_of(n, a[keep], b[keep]), [v // size for v in range(n)]
