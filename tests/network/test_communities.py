"""Communities on planted networks, in any order of their edges."""

from itertools import combinations

import numpy as np
import pytest

from graphfraud.network.communities import communities

Edges = list[tuple[int, int]]


def found(
    edges: Edges, *, resolution: float = 0.1, smallest: int = 3, seed: int = 1
) -> list[list[int]]:
    a, b = (np.array([edge[k] for edge in edges], np.int32) for k in (0, 1))
    parts = communities(a, b, resolution=resolution, seed=seed, smallest=smallest)
    return [part.tolist() for part in parts]


def clique(persons: range) -> Edges:
    return list(combinations(persons, 2))


def noisy() -> Edges:
    """Return sixty persons with ties at random: many partitions of it are nearly as good."""
    generator = np.random.default_rng(4)
    return [pair for pair in clique(range(60)) if generator.random() < 0.12]


def test_cliques_with_one_bridge_stay_apart() -> None:
    edges = [*clique(range(100, 106)), *clique(range(7, 11)), (10, 103)]
    assert found(edges) == [list(range(100, 106)), list(range(7, 11))]


def test_a_pair_is_no_group_unless_asked_for() -> None:
    edges = [*clique(range(3)), (8, 9)]
    assert found(edges) == [[0, 1, 2]]
    assert found(edges, smallest=2) == [[0, 1, 2], [8, 9]]


def test_communities_of_one_size_come_in_the_order_of_their_members() -> None:
    assert found([*clique(range(50, 54)), *clique(range(4))]) == [[0, 1, 2, 3], [50, 51, 52, 53]]


def test_denser_communities_are_asked_for_by_the_resolution() -> None:
    ring = [(n, (n + 1) % 12) for n in range(12)]
    assert len(found(ring, resolution=0.01)[0]) == 12
    assert max(map(len, found(ring, resolution=0.9, smallest=1))) <= 2


@pytest.mark.parametrize("shuffle", range(30))
def test_order_and_direction_of_edges_do_not_matter(shuffle: int) -> None:
    generator = np.random.default_rng(shuffle)
    edges = [noisy()[k] for k in generator.permutation(len(noisy()))]
    turned = [(b, a) if generator.random() < 0.5 else (a, b) for a, b in edges]
    assert found(turned, resolution=0.2) == found(noisy(), resolution=0.2)


def test_no_edges_have_no_communities() -> None:
    assert found([]) == []
