"""Who is central in a validated network: degree, PageRank, betweenness, core number.

Freeman 1977 (betweenness), Page et al. 1999 (damping 0.85), Seidman 1983 (k-core). Computed on the
undirected network of ties, vertices in sorted order.
"""

from collections.abc import Sequence

import igraph
import pandas as pd

EXACT_UP_TO = 5_000  # beyond, betweenness follows paths of at most CUTOFF steps
CUTOFF = 4


def centralities(a: Sequence[str], b: Sequence[str]) -> pd.DataFrame:
    """Return entity_id, degree, pagerank, betweenness (share of pairs), core; one row a vertex.

    >>> centralities(["x", "y"], ["y", "z"]).set_index("entity_id").loc["y", "degree"].item()
    2
    """
    names = sorted({*a, *b})
    place = {name: number for number, name in enumerate(names)}
    edges = sorted(
        (min(place[x], place[y]), max(place[x], place[y])) for x, y in zip(a, b, strict=True)
    )
    graph = igraph.Graph(len(names), edges)
    pairs = max(1.0, (len(names) - 1) * (len(names) - 2) / 2)
    cutoff = None if len(names) <= EXACT_UP_TO else CUTOFF
    return pd.DataFrame(
        {
            "entity_id": pd.Series(names, dtype=str),
            "degree": graph.degree(),
            "pagerank": graph.pagerank(),
            "betweenness": [value / pairs for value in graph.betweenness(cutoff=cutoff)],
            "core": graph.coreness(),
        }
    )
