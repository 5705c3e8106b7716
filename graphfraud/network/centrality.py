"""Who is central in a validated network: degree, PageRank, betweenness, core number.

Freeman 1977 (betweenness), Page et al. 1999 (damping 0.85), Seidman 1983 (k-core). Computed on the
undirected network of ties, vertices in sorted order. No shortest path leaves a component, so
betweenness is exact in every component of at most EXACT_UP_TO vertices, however many there are; in
a larger one it is estimated from paths out of SOURCES of its vertices drawn by lot (Brandes & Pich
2007, doi:10.1142/S0218127407018403), and a bound of its error stands beside it, which holds for 19
vertices in 20 whatever the network: the empirical Bernstein bound (Maurer & Pontil 2009,
arXiv:0907.3740, theorem 4). A standard error would be 0 where no path was drawn, a bound never is.
"""

import math
from collections.abc import Sequence

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.adjacency import adjacency_of, edges_of
from graphfraud.network.shortest_paths import Reached, shortest_paths

EXACT_UP_TO = 5_000
SOURCES = 1_000  # where none leads through a vertex, its bound is below a hundredth of the pairs
UNSURE = math.log(2 / 0.05)

Floats = NDArray[np.float64]


def centralities(a: Sequence[str], b: Sequence[str], seed: int = 0) -> pd.DataFrame:
    """Return entity_id, degree, pagerank, betweenness, core, betweenness_error; one row a vertex.

    betweenness: share of the pairs of others with the vertex on a shortest path between them;
    betweenness_error: how far that may be off, 0 where it is exact. seed: draws the sources.

    >>> centralities(["x", "y"], ["y", "z"]).set_index("entity_id").loc["y", "degree"].item()
    2
    """
    names = sorted({*a, *b})
    place = {name: number for number, name in enumerate(names)}
    edges = sorted(
        (min(place[x], place[y]), max(place[x], place[y])) for x, y in zip(a, b, strict=True)
    )
    graph = igraph.Graph(len(names), edges)
    between, error = _betweenness(graph, seed)
    return pd.DataFrame(
        {
            "entity_id": pd.Series(names, dtype=str),
            "degree": graph.degree(),
            "pagerank": graph.pagerank(),
            "betweenness": between,
            "core": graph.coreness(),
            "betweenness_error": error,
        }
    )


def _betweenness(graph: igraph.Graph, seed: int) -> tuple[Floats, Floats]:
    """Return the share of all pairs that each vertex is between, and how far that may be off."""
    n = graph.vcount()
    between, error = np.zeros(n), np.zeros(n)
    components = graph.connected_components()
    large = [np.array(part) for part in components if len(part) > EXACT_UP_TO]
    small = np.setdiff1d(np.arange(n), np.concatenate(large)) if large else np.arange(n)
    between[small] = graph.induced_subgraph(small.tolist()).betweenness()
    for number, part in enumerate(large):
        between[part], error[part] = _sampled(graph, part, np.random.default_rng([seed, number]))
    pairs = max(1.0, (n - 1) * (n - 2) / 2)
    return between / pairs, error / pairs


def _sampled(
    graph: igraph.Graph, part: NDArray[np.int64], generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return in how many pairs of its component each vertex is between, and how far off."""
    n = len(part)
    ends = np.array(graph.induced_subgraph(part.tolist()).get_edgelist())
    found = shortest_paths(adjacency_of(edges_of(n, *ends.T)), SOURCES, generator)
    pairs = (n - 1) * (n - 2) / 2
    return found.betweenness * pairs, _bound(found, n) * pairs


def _bound(found: Reached, n: int) -> Floats:
    """Return how far a mean over sources may be off; each source gives a share in [0, 1]."""
    k = found.sources
    if k == n:
        return np.zeros(n)
    deviation = found.betweenness_error / math.sqrt(1 - k / n)  # as if drawn with replacement
    bound: Floats = math.sqrt(2 * UNSURE) * deviation + 7 * UNSURE / (3 * (k - 1))
    return np.minimum(1.0, bound)
