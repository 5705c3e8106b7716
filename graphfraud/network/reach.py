"""How far what is known of some nodes reaches others: personalised PageRank, damped both ways.

Page et al. 1999, Haveliwala 2002 (personalised). A plain walk ends up at hubs: a hospital is near
everybody. So a link counts weight / √(strength of one end × strength of the other), as in Zhou et
al. 2004 (local and global consistency): a hub passes little to each of its many neighbours and
takes little from each, and what u has for v is what v has for u. Walks are followed STEPS steps.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DAMPING = 0.5  # half goes a step further: a neighbour's neighbour counts a quarter
PROBES = 24  # columns that tell a node's own reach
CHOICE = 10  # nodes to draw from for each node listed
STEPS = 20  # what is left beyond is less than a millionth


def links(a: Ints, b: Ints, weight: Floats, nodes: int) -> sparse.csr_array:
    """Return the damped links both ways; a, b: ends of distinct pairs, weight > 0.

    >>> links(np.array([0, 0]), np.array([1, 2]), np.array([1.0, 1.0]), 3).toarray().round(3)
    array([[0.   , 0.707, 0.707],
           [0.707, 0.   , 0.   ],
           [0.707, 0.   , 0.   ]])
    """
    strength = np.bincount(a, weight, minlength=nodes) + np.bincount(b, weight, minlength=nodes)
    damped = weight / np.sqrt(strength[a] * strength[b])
    whole = sparse.coo_array((damped, (a, b)), shape=(nodes, nodes)).tocsr()
    return whole + whole.T.tocsr()


def reach(link: sparse.csr_array, lists: list[Ints], *, threads: int = 1) -> Floats:
    """Return (nodes × lists): the reach of each list's nodes on every node.

    A node's own presence on a list counts 1 for itself, and what comes back to it.
    """
    start = np.zeros((link.shape[0], len(lists)))
    for column, nodes in enumerate(lists):
        start[nodes, column] = 1.0
    return _walked(link, start, threads)


def own_reach(
    link: sparse.csr_array, nodes: Ints, generator: np.random.Generator, *, threads: int = 1
) -> Floats:
    """Return how much of each node's reach is its own: 1 and what comes back to it.

    Exact for up to PROBES nodes; for more it is probed with as many lists of random signs
    (Bekas et al. 2007), which errs by the root mean square of the others' reach / √PROBES.
    """
    if len(nodes) <= PROBES:
        signs = np.eye(len(nodes))
    else:
        signs = generator.choice([-1.0, 1.0], (len(nodes), PROBES)) / np.sqrt(PROBES)
    start = np.zeros((link.shape[0], signs.shape[1]))
    start[nodes] = signs
    return np.asarray((_walked(link, start, threads)[nodes] * signs).sum(axis=1))


def _walked(link: sparse.csr_array, start: Floats, threads: int) -> Floats:
    """Follow all walks from `start`, column by column the same however many threads."""
    parts = [part for part in np.array_split(np.arange(start.shape[1]), threads) if len(part)]

    def walk(part: Ints) -> Floats:
        begin = np.ascontiguousarray(start[:, part])
        value = begin
        for _ in range(STEPS):
            value = begin + DAMPING * (link @ value)
        return value

    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate([start[:, :0], *pool.map(walk, parts)], axis=1)


def random_lists(
    kind: Ints, degree: Ints, listed: Ints, *, count: int, generator: np.random.Generator
) -> list[Ints]:
    """Return lists as random as can be: each node replaced by one of its kind and degree.

    Degrees count as equal between powers of two; where fewer than CHOICE of a kind and degree stand
    for each one listed, any of the kind does. The listed ones may be drawn like all others:
    else whoever is near them would seem nearer than by chance.
    """
    size = np.floor(np.log2(np.maximum(degree, 1))).astype(np.int64)
    drawn: list[set[int]] = [set() for _ in range(count)]
    for one in np.unique(kind[listed]):
        alike = listed[kind[listed] == one]
        same_kind = kind == one
        for each in np.unique(size[alike]):
            number = int((size[alike] == each).sum())
            pool = np.flatnonzero(same_kind & (size == each))
            pool = pool if len(pool) >= CHOICE * number else np.flatnonzero(same_kind)
            for one_list in drawn:
                one_list.update(generator.choice(pool, min(number, len(pool)), replace=False))
    return [np.array(sorted(part), np.int64) for part in drawn]
