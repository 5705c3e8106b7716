"""Centralities against networkx."""

import networkx as nx
import numpy as np
import pandas as pd
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
    columns = ["entity_id", "degree", "pagerank", "betweenness", "core", "betweenness_error"]
    assert list(found) == columns


def test_what_is_exact_has_no_error() -> None:
    found = table(network(2))
    assert {one["betweenness_error"] for one in found.values()} == {0.0}


def two_parts() -> "nx.Graph[str]":
    """Return a large component beside a small one."""
    large = nx.barabasi_albert_graph(300, 2, seed=3)
    both = nx.disjoint_union(large, nx.path_graph(40))
    named: nx.Graph[str] = nx.relabel_nodes(both, {n: f"{n:03d}" for n in both})
    return named


def test_a_large_component_is_sampled_and_a_small_one_stays_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = two_parts()
    monkeypatch.setattr(centrality, "EXACT_UP_TO", 100)
    monkeypatch.setattr(centrality, "SOURCES", 60)
    a, b = zip(*graph.edges, strict=True)
    true = pd.Series(nx.betweenness_centrality(graph)).sort_index().to_numpy()
    found = centralities(a, b, seed=1)
    error = found["betweenness_error"].to_numpy()
    off = found["betweenness"].to_numpy() - true
    np.testing.assert_allclose(off[300:], 0, atol=1e-12)
    assert (error[300:] == 0).all()
    assert (error[:300] > 0).all()
    assert (np.abs(off) <= error + 1e-12).mean() > 0.95
    assert found.equals(centralities(a, b, seed=1))
    assert not found.equals(centralities(a, b, seed=2))


def test_more_sources_bring_the_estimate_and_its_bound_closer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = two_parts()
    monkeypatch.setattr(centrality, "EXACT_UP_TO", 100)
    a, b = zip(*graph.edges, strict=True)
    true = pd.Series(nx.betweenness_centrality(graph)).sort_index().to_numpy()
    hub = int(np.argmax(true))
    bounds = []
    for sources in (40, 160, 300):
        monkeypatch.setattr(centrality, "SOURCES", sources)
        drawn = [centralities(a, b, seed=seed).iloc[hub] for seed in range(20)]
        off = np.array([abs(one["betweenness"] - true[hub]) for one in drawn], float)
        bound = np.array([one["betweenness_error"] for one in drawn], float)
        assert (off <= bound + 1e-12).sum() >= 19
        bounds.append(bound.mean())
    assert bounds[0] > 2 * bounds[1] > bounds[2] == 0
    assert bounds[1] < true[hub]  # a bound that says nothing would hold too
