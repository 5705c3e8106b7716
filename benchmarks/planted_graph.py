"""A graph with planted communities for the graph job benchmark: sizes and degrees as in the wild.

Communities of 20 to 200 vertices, log-normal activity, seven in ten edges inside; the numbers of
vertices are shuffled, so that nothing lies together in memory by luck.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "edges.npy"
Pairs = NDArray[np.int32]
_INSIDE, _SPREAD, _SPARE = 0.7, 0.7, 1.3  # the last: some edges are drawn twice


def planted_edges(nodes: int, edges: int, seed: int = 1) -> Pairs:
    """Return that many edges a < b, none twice, sorted (shape edges x 2)."""
    chance = np.random.default_rng(seed)
    sizes = chance.integers(20, 200, nodes // 20 + 1)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    starts[-1] = max(starts[-1], nodes)
    group = np.searchsorted(starts, np.arange(nodes), side="right") - 1
    ends = np.minimum(starts[1:], nodes)
    activity = np.cumsum(chance.lognormal(0, _SPREAD, nodes))
    n = int(edges * _SPARE)
    a, far = (np.searchsorted(activity, chance.random(n) * activity[-1]) for _ in range(2))
    first, last = starts[group[a]], ends[group[a]]
    near = first + (chance.random(n) * (last - first)).astype(np.int64)
    b = np.where(chance.random(n) < _INSIDE, near, far)
    key = np.unique((np.minimum(a, b) * nodes + np.maximum(a, b))[a != b])
    assert len(key) >= edges, "too dense a graph for so few vertices"
    kept = chance.permutation(key)[:edges]
    shuffled = chance.permutation(nodes)
    pairs = np.sort(np.stack((shuffled[kept // nodes], shuffled[kept % nodes]), 1), axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].astype(np.int32)


def make_edges(folder: Path, nodes: int, edges: int) -> None:
    """Write the graph into `folder` where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FILE).exists():
        np.save(folder / FILE, planted_edges(nodes, edges))


def read_edges(folder: Path) -> tuple[int, Pairs]:
    """Return how many vertices there are, and the edges."""
    pairs = np.load(folder / FILE)
    return int(pairs.max()) + 1, pairs
