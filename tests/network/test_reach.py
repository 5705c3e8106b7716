"""Reach against networkx's PageRank and the exact inverse; random lists keep kind and degree."""

import networkx as nx
import numpy as np
import pytest

from graphfraud.network.reach import DAMPING, PROBES, links, own_reach, random_lists, reach

NODES = 30


def random_links(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a connected graph: a path and chords, each pair once."""
    generator = np.random.default_rng(seed)
    pairs = {(n, n + 1) for n in range(NODES - 1)}
    drawn = np.sort(generator.integers(0, NODES, (40, 2)), axis=1)
    pairs |= {(int(a), int(b)) for a, b in drawn if a < b}
    a, b = np.array(sorted(pairs)).T
    return a, b, generator.integers(1, 9, len(a)).astype(float)


def exact(seed: int) -> np.ndarray:
    """Return the reach of every node on every node, all steps."""
    link = links(*random_links(seed), NODES).toarray()
    return np.linalg.inv(np.eye(NODES) - DAMPING * link)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_personalised_pagerank_with_both_ends_damped(seed: int) -> None:
    a, b, weight = random_links(seed)
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(a.tolist(), b.tolist(), weight.tolist(), strict=True))
    strength = dict(graph.degree(weight="weight"))
    value = reach(links(a, b, weight, NODES), [np.array([4])])[:, 0]
    ranks = nx.pagerank(graph, alpha=DAMPING, personalization={4: 1.0}, tol=1e-12, weight="weight")
    for node in range(NODES):
        walk = ranks[node] * np.sqrt(strength[4] / strength[node]) / (1 - DAMPING)
        assert value[node] == pytest.approx(walk, rel=1e-4, abs=1e-6)


def test_what_one_has_for_another_the_other_has_for_the_one() -> None:
    link = links(*random_links(5), NODES)
    value = reach(link, [np.array([n]) for n in range(NODES)])
    assert np.allclose(value, value.T)
    assert np.allclose(value, exact(5), atol=1e-5)


def test_lists_add_up_and_threads_change_no_bit() -> None:
    link = links(*random_links(6), NODES)
    lists = [np.array([3]), np.array([9]), np.array([3, 9])]
    one, two = (reach(link, lists, threads=threads) for threads in (1, 2))
    assert (one == two).all()
    assert np.allclose(one[:, 0] + one[:, 1], one[:, 2])


@pytest.mark.parametrize("seed", range(3))
def test_what_is_ones_own_is_the_diagonal_of_the_inverse(seed: int) -> None:
    nodes = np.array([0, 7, 29])
    link = links(*random_links(seed), NODES)
    own = own_reach(link, nodes, np.random.default_rng(1))
    assert np.allclose(own, exact(seed)[nodes, nodes], atol=1e-5)


def test_probing_many_errs_as_little_as_it_says() -> None:
    whole, nodes = exact(2), np.arange(NODES)  # more than PROBES
    others = np.sqrt((whole**2).sum(axis=1) - np.diag(whole) ** 2)
    link = links(*random_links(2), NODES)
    errors = [
        (own_reach(link, nodes, np.random.default_rng(n)) - np.diag(whole)) / others
        for n in range(20)
    ]
    assert np.std(errors) == pytest.approx(1 / np.sqrt(PROBES), rel=0.25)


def test_a_hub_passes_on_little() -> None:
    # 0 is listed; 1 shares a small place (2) with it, 3 … 102 a large one (103).
    a = np.array([0, 1, 0, *range(3, 103)])
    b = np.array([2, 2, 103, *[103] * 100])
    value = reach(links(a, b, np.ones(len(a)), 104), [np.array([0])])[:, 0]
    assert value[1] > 20 * value[3]
    assert value[2] > value[103]


def test_random_lists_keep_kinds_and_degrees_and_may_hold_the_listed() -> None:
    generator = np.random.default_rng(3)
    kind = generator.integers(0, 3, 3_000)
    degree = generator.integers(1, 64, 3_000)
    listed = generator.choice(3_000, 12, replace=False)
    lists = random_lists(kind, degree, listed, count=50, generator=generator)

    def profile(nodes: np.ndarray) -> list[tuple[int, int]]:
        size = np.log2(degree[nodes]).astype(int)
        return sorted(zip(kind[nodes].tolist(), size.tolist(), strict=True))

    assert all(profile(one) == profile(listed) for one in lists)
    assert len({tuple(one.tolist()) for one in lists}) == 50
    assert np.isin(np.concatenate(lists), listed).any()


def test_where_nobody_is_of_that_degree_any_of_the_kind_will_do() -> None:
    kind, degree = np.zeros(20, np.int64), np.array([500] + [2] * 19)
    drawn = random_lists(kind, degree, np.array([0]), count=30, generator=np.random.default_rng(1))
    assert len({int(one[0]) for one in drawn}) > 5
