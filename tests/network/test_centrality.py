"""Centralities against networkx."""

import networkx as nx
import numpy as np
import pytest

from graphfraud.network import centrality
from graphfraud.network.centrality import centralities


def network(seed: int) -> "nx.Graph[str]":
    """Return a random network of two parts whose names do not sort like their numbers."""
    one = nx.gnp_random_graph(25, 0.12, seed=seed)
    both = nx.disjoint_union(one, nx.path_graph(4))
    both.remove_nodes_from(list(nx.isolates(both)))
    named: nx.Graph[str] = nx.relabel_nodes(both, {n: f"P{n * 7 % 31}" for n in both})
    return named


def table(graph: "nx.Graph[str]") -> dict[str, dict[str, float]]:
    found = centralities([a for a, _ in graph.edges], [b for _, b in graph.edges])
    assert found["entity_id"].tolist() == sorted(graph)
    return {str(name): dict(row) for name, row in found.set_index("entity_id").T.to_dict().items()}


@pytest.mark.parametrize("seed", range(4))
def test_centralities_are_those_of_networkx(seed: int) -> None:
    graph = network(seed)
    found = table(graph)
    wanted = {
        "degree": dict(graph.degree()),
        "core": nx.core_number(graph),
        "betweenness": nx.betweenness_centrality(graph),
        "pagerank": nx.pagerank(graph, alpha=0.85, tol=1e-12),
    }
    for name, values in wanted.items():
        for person, value in values.items():
            assert found[person][name] == pytest.approx(value, abs=1e-6), (name, person)


def test_edges_in_any_order_and_direction_give_the_same_table() -> None:
    edges = sorted(network(1).edges)
    a, b = zip(*edges, strict=True)
    forth, back = centralities(a, b), centralities(b[::-1], a[::-1])
    assert forth.equals(back)


def test_a_pair_has_no_one_between() -> None:
    found = centralities(["1"], ["01"])
    assert found["entity_id"].tolist() == ["01", "1"]
    assert found["betweenness"].tolist() == [0.0, 0.0]


def test_nobody_has_no_centrality() -> None:
    found = centralities([], [])
    assert len(found) == 0
    assert list(found) == ["entity_id", "degree", "pagerank", "betweenness", "core"]


def test_in_a_large_network_only_short_paths_count(monkeypatch: pytest.MonkeyPatch) -> None:
    path = [f"{n:02d}" for n in range(12)]
    monkeypatch.setattr(centrality, "EXACT_UP_TO", 11)
    near = centralities(path[:-1], path[1:])["betweenness"].to_numpy()
    pairs = [(i, j) for i in range(12) for j in range(i + 1, min(12, i + 5))]
    between = [sum(i < k < j for i, j in pairs) / (11 * 10 / 2) for k in range(12)]
    np.testing.assert_allclose(near, between)
