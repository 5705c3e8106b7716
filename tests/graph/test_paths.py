"""Paths between two nodes, against networkx on graphs drawn at random."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.errors import StoreError, UsageError
from graphfraud.graph import paths
from graphfraud.graph.paths import Step, find_paths
from tests.graph.oracle import shortest, simple

NUMBERS = st.integers(0, 11)
GRAPHS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=30)


def stepping(graph: "nx.Graph[int]") -> Step:
    """Return how a path goes on in a graph, as a store tells it: also backwards, also loops."""

    def step(nodes: np.ndarray) -> np.ndarray:
        pairs = [(n, other) for n in nodes.tolist() for other in graph[n]]
        return np.array(pairs, np.int64).reshape(-1, 2)

    return step


def drawn(edges: list[tuple[int, int]]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph(edges)
    graph.add_nodes_from(range(12))
    return graph


@given(GRAPHS, NUMBERS, NUMBERS, st.integers(1, 8), st.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_shortest_paths(
    edges: list[tuple[int, int]], start: int, end: int, longest: int, limit: int
) -> None:
    graph = drawn(edges)
    found = find_paths(start, end, stepping(graph), longest=longest, limit=limit)
    assert found == shortest(graph, start, end, longest, limit)


@given(GRAPHS, NUMBERS, NUMBERS, st.integers(1, 6), st.sampled_from([1, 5, 10_000]))
@settings(max_examples=300, deadline=None)
def test_simple_paths(
    edges: list[tuple[int, int]], start: int, end: int, longest: int, limit: int
) -> None:
    graph = drawn(edges)
    found = find_paths(start, end, stepping(graph), longest=longest, every=True, limit=limit)
    expected = simple(graph, start, end, longest, limit) if start != end else ((start,),)
    assert found == expected


def test_the_longest_path_is_as_long_as_it_may_be() -> None:
    line: nx.Graph[int] = nx.path_graph(9)
    assert find_paths(0, 8, stepping(line), longest=8) == (tuple(range(9)),)
    assert find_paths(0, 8, stepping(line), longest=7) == ()
    for longest in (0, 9):
        with pytest.raises(UsageError, match="1 to 8"):
            find_paths(0, 8, stepping(line), longest=longest)


def test_dead_ends_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two persons, one place with thousands of claims of others."""
    monkeypatch.setattr(paths, "MOST_STEPS", 10)
    star: nx.Graph[int] = nx.star_graph(5_000)
    assert find_paths(1, 2, stepping(star), longest=6, every=True) == ((1, 0, 2),)


def test_only_the_paths_asked_for_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MOST_STEPS", 100)
    whole: nx.Graph[int] = nx.complete_graph(60)
    first = ((0, 59), *((0, n, 59) for n in range(1, 25)))
    assert find_paths(0, 59, stepping(whole), longest=8, every=True) == first
    with pytest.raises(StoreError, match="Too many paths") as refused:
        find_paths(0, 59, stepping(whole), longest=8, every=True, limit=1_000)
    assert "shorter" in refused.value.hint


def test_too_many_nodes_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MOST_NODES", 50)
    whole: nx.Graph[int] = nx.complete_graph(60)
    with pytest.raises(StoreError, match="Too many nodes lie between these two: 58; 50"):
        find_paths(0, 59, stepping(whole), every=True)
    assert find_paths(0, 59, stepping(whole)) == ((0, 59),)
