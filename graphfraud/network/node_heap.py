"""A heap of nodes by key that knows where each node is, for peeling; compiled.

heap: nodes, the least first; position: where each node is in it (-1: taken out). Ties go to the
smaller node, so the order of removal is the same on every machine.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Nodes = NDArray[np.int64]
Floats = NDArray[np.float64]


@njit(cache=True, nogil=True)
def _before(key: Floats, one: int, other: int) -> bool:
    return key[one] < key[other] or (key[one] == key[other] and one < other)


@njit(cache=True, nogil=True)
def lift(heap: Nodes, position: Nodes, key: Floats, at: int) -> None:
    """Bring the node at `at` up to where its key, which has fallen, belongs."""
    node = heap[at]
    while at > 0 and _before(key, node, heap[(at - 1) // 2]):
        heap[at] = heap[(at - 1) // 2]
        position[heap[at]] = at
        at = (at - 1) // 2
    heap[at] = node
    position[node] = at


@njit(cache=True, nogil=True)
def pop(heap: Nodes, position: Nodes, key: Floats, size: int) -> int:
    """Take the least node out of a heap of `size` nodes and return it."""
    node = heap[0]
    heap[0] = heap[size - 1]
    position[heap[0]], position[node] = 0, -1
    sink(heap, position, key, 0, size - 1)
    return int(node)


@njit(cache=True, nogil=True)
def sink(heap: Nodes, position: Nodes, key: Floats, at: int, size: int) -> None:
    """Bring the node at `at` down to where its key belongs among the first `size`."""
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and _before(key, heap[child + 1], heap[child]):
            child += 1
        if not _before(key, heap[child], heap[at]):
            return
        heap[at], heap[child] = heap[child], heap[at]
        position[heap[at]], position[heap[child]] = at, child
        at = child


@njit(cache=True, nogil=True)
def heapify(heap: Nodes, position: Nodes, key: Floats, size: int) -> None:
    """Put the first `size` nodes in heap order."""
    for at in range(size // 2 - 1, -1, -1):
        sink(heap, position, key, at, size)
