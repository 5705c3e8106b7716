"""The heap gives its nodes out as sorting would, also when keys fall on the way."""

import numpy as np
import pytest

from graphfraud.network.node_heap import heapify, lift, pop


@pytest.mark.parametrize("seed", range(5))
def test_nodes_come_out_by_key_then_number(seed: int) -> None:
    generator = np.random.default_rng(seed)
    key = generator.integers(0, 6, 60).astype(float)
    heap, position = np.arange(60), np.arange(60)
    heapify(heap, position, key, 60)
    left = set(range(60))
    for size in range(60, 1, -1):
        assert (heap[position[sorted(left)]] == sorted(left)).all()
        node = pop(heap, position, key, size)
        assert node == min(left, key=lambda one: (key[one], one))
        assert position[node] == -1
        left.remove(node)
        fallen = int(generator.choice(sorted(left)))
        key[fallen] -= float(generator.integers(0, 3))
        lift(heap, position, key, position[fallen])
    assert heap[0] == left.pop()
