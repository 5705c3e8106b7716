"""Communities of a validated network: Leiden with the constant Potts model, reproducible.

Traag, Waltman & van Eck 2019 (doi:10.1038/s41598-019-41695-z); CPM: Traag et al. 2011. igraph's
Leiden depends on the order of vertices and edges and on a global random state; so both are put in
canonical order here and the generator is explicit.
"""

import random

import igraph
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


def communities(a: Ints, b: Ints, *, resolution: float, seed: int, smallest: int) -> list[Ints]:
    """Return the communities of at least `smallest` vertices, each sorted, largest first.

    a, b: the ends of the edges (any order, no doubles); resolution: the least density inside.

    >>> communities(np.array([5, 5, 9], np.int32), np.array([7, 9, 7], np.int32),
    ...             resolution=0.1, seed=1, smallest=3)[0].tolist()
    [5, 7, 9]
    """
    if not len(a):
        return []
    vertices, ends = np.unique(np.stack((a, b)), return_inverse=True)
    edges = np.sort(ends.reshape(2, -1).T, axis=1)
    graph = igraph.Graph(len(vertices), edges[np.lexsort((edges[:, 1], edges[:, 0]))].tolist())
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (not for secrets)
    parts = graph.community_leiden("CPM", resolution=resolution, n_iterations=-1)
    found = [np.sort(vertices[part]) for part in parts if len(part) >= smallest]
    return sorted(found, key=lambda part: (-len(part), part.tolist()))
