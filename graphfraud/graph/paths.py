"""Finds paths between two nodes of a graph that can only be asked who is next to whom.

Both ends step outwards in turn, the one with fewer nodes first, until together they have gone as
far as a path may be long; every relationship of such a path has then been seen from one of its
ends. What cannot lie on a path is thrown away before any path is followed. Paths are followed in
the order of the answer, so that the first ones cost nothing for those nobody asked for.
"""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

import numpy as np

from graphfraud.errors import StoreError, UsageError
from graphfraud.graph.contract import LONGEST_PATH

MOST_NODES = 200_000
MOST_STEPS = 1_000_000
Path = tuple[int, ...]
# Takes nodes and returns pairs, two columns: one of these nodes, and a neighbour that may lie on a
# path between them or is one of the two ends.
Step = Callable[[np.ndarray], np.ndarray]
_NONE = np.empty((0, 2), np.int64)


def find_paths(
    start: int, end: int, step: Step, *, longest: int = 6, every: bool = False, limit: int = 25
) -> tuple[Path, ...]:
    """Return paths as contract.Store.paths does; both ends must be nodes of the graph.

    >>> ring = {1: [2, 4], 2: [1, 3], 3: [2, 4], 4: [1, 3]}
    >>> def step(nodes): return np.array([(n, m) for n in nodes.tolist() for m in ring[n]])
    >>> find_paths(1, 3, step)
    ((1, 2, 3), (1, 4, 3))
    """
    check_path(longest)
    if start == end:
        return ((start,),)[: max(limit, 0)]
    sides = (_Side(start, end, step), _Side(end, start, step))
    length = _meet(sides, longest, every=every)
    if length is None:
        return ()
    lengths = range(length, longest + 1 if every else length + 1)
    pairs = _pruned(np.concatenate([side.pairs for side in sides]), (start, end))
    pairs = _between(pairs, (start, end), lengths[-1])
    _check_bound(len(np.unique(pairs)))
    following = _following(pairs)
    found = (path for n in lengths for path in _Walk(following, start, end, n))
    return tuple(islice(found, max(limit, 0)))


def check_path(longest: int) -> None:
    """Raise UsageError for a length that no path may have."""
    if not 1 <= longest <= LONGEST_PATH:
        raise UsageError(f"A path is 1 to {LONGEST_PATH} relationships long, not {longest}.")


class _Side:
    """What one end has seen: nodes, pairs, and the frontier, which was seen last."""

    def __init__(self, origin: int, goal: int, step: Step) -> None:
        self._goal, self._step = goal, step
        self.frontier = self.seen = np.array([origin], np.int64)
        self.pairs = _NONE

    def advance(self) -> None:
        """Look one relationship further; never through the goal, where every path ends."""
        _check_bound(len(self.frontier))
        pairs = self._step(self.frontier) if len(self.frontier) else _NONE
        pairs = pairs.reshape(-1, 2)
        self.pairs = np.concatenate([self.pairs, pairs])
        self.frontier = np.setdiff1d(pairs[:, 1], self.seen)
        self.seen = np.union1d(self.seen, self.frontier)
        self.frontier = self.frontier[self.frontier != self._goal]


def _meet(sides: tuple[_Side, _Side], longest: int, *, every: bool) -> int | None:
    """Step until the sides meet, or as far as a path may reach; return the steps to the meeting."""
    met = None
    for steps in range(1, longest + 1):
        min(sides, key=lambda side: len(side.frontier)).advance()
        a, b = sides
        if met is None and len(np.intersect1d(a.seen, b.seen, assume_unique=True)):
            met = steps
            if not every:
                return met
        if not (len(a.frontier) and len(b.frontier)):
            break  # one end has seen all it can reach
    return met


def _pruned(pairs: np.ndarray, ends: tuple[int, int]) -> np.ndarray:
    """Return each pair once, smaller number first, without loops and dead ends."""
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    while len(pairs):
        nodes, place = np.unique(pairs, return_inverse=True)
        degrees = np.bincount(place.ravel(), minlength=len(nodes))
        kept = (degrees > 1) | np.isin(nodes, ends)
        whole = kept[place.reshape(-1, 2)].all(axis=1)
        if whole.all():
            break
        pairs = pairs[whole]
    return pairs


def _between(pairs: np.ndarray, ends: tuple[int, int], longest: int) -> np.ndarray:
    """Return the pairs whose nodes are not too far from both ends together."""
    nodes, place = np.unique(np.concatenate([pairs.ravel(), ends]), return_inverse=True)
    numbered = place[:-2].reshape(-1, 2)
    both = np.concatenate([numbered, numbered[:, ::-1]])
    far = sum(_distances(both, int(end), len(nodes), longest) for end in place[-2:])
    near = np.asarray(far <= longest)
    return np.asarray(pairs[near[numbered].all(axis=1)])


def _distances(pairs: np.ndarray, origin: int, n: int, longest: int) -> np.ndarray:
    """Return how far each of n nodes is from one of them; beyond `longest` where it is farther."""
    distance = np.full(n, longest + 1)
    distance[origin] = 0
    for step in range(longest):
        reached = pairs[distance[pairs[:, 0]] == step, 1]
        distance[reached] = np.minimum(distance[reached], step + 1)
    return distance


def _check_bound(nodes: int) -> None:
    if nodes > MOST_NODES:
        raise StoreError(
            f"Too many nodes lie between these two: {nodes:,}; {MOST_NODES:,} can be searched.",
            hint="Ask for shorter paths, or leave out a kind of node or relationship.",
        )


class _Walk:
    """Follows every simple path of one exact length, by numbers."""

    def __init__(self, following: dict[int, list[int]], start: int, end: int, length: int) -> None:
        self._start, self._length = start, length
        self._next = following
        self._steps = 0
        # Which nodes the end can be reached from in exactly so many steps.
        self._reach: list[set[int]] = [{end}]
        for _ in range(length):
            before = {n for node in self._reach[-1] for n in self._next.get(node, ())}
            self._reach.append(before - {end})

    def __iter__(self) -> Iterator[Path]:
        """Return the paths, one by one."""
        if self._start in self._reach[self._length]:
            yield from self._follow((self._start,))

    def _follow(self, path: Path) -> Iterator[Path]:
        left = self._length - len(path)
        for node in self._next[path[-1]]:
            if node in path or node not in self._reach[left]:
                continue
            self._count()
            if left:
                yield from self._follow((*path, node))
            else:
                yield (*path, node)

    def _count(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise StoreError(
                f"Too many paths: {MOST_STEPS:,} steps were not enough to follow them.",
                hint="Ask for shorter paths, or leave out a kind of node or relationship.",
            )


def _following(pairs: np.ndarray) -> dict[int, list[int]]:
    """Return the neighbours of each node, ascending."""
    both = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    nodes, starts = np.unique(both[:, 0], return_index=True)
    bounds = pairwise([*starts.tolist(), len(both)])
    return {
        int(node): both[first:beyond, 1].tolist()
        for node, (first, beyond) in zip(nodes, bounds, strict=True)
    }
