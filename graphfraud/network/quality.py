"""How good a partition is: modularity, and the weight inside communities.

Newman & Girvan 2004 (doi:10.1103/PhysRevE.69.026113), resolution after Reichardt & Bornholdt 2006.
"""

from dataclasses import dataclass

import numpy as np

from graphfraud.network.adjacency import Adjacency, Edges, Ints


@dataclass(frozen=True)
class Quality:
    """A partition's figures; coverage: the share of weight inside, in [0, 1].

    modularity: at the resolution asked for; None where no edge weighs anything.
    """

    communities: int
    largest: int
    singletons: int
    modularity: float | None
    coverage: float | None


def quality(edges: Edges, rows: Adjacency, community: Ints, resolution: float = 1.0) -> Quality:
    """Return the figures of communities numbered from 0 without gaps (shape n)."""
    size = np.bincount(community, minlength=0)
    strength = np.bincount(community, rows.strength, len(size))
    total = float(strength.sum())
    counts = (len(size), int(size.max(initial=0)), int((size == 1).sum()))
    if not total:
        return Quality(*counts, None, None)
    inside = community[edges.a] == community[edges.b]
    coverage = 2 * float(edges.weight[inside].sum() if edges.weighted else inside.sum()) / total
    return Quality(
        *counts, coverage - resolution * float(((strength / total) ** 2).sum()), coverage
    )
