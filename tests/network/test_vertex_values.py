"""Centralities of any graph against networkx, and samples against their own errors."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Edges, edges_of
from graphfraud.network.vertex_values import MEASURES, Measuring, measuring_of, vertex_values
from tests.network.graphs import graphs, oracle, planted


@settings(deadline=None)
@given(graphs())
def test_every_measure_is_that_of_networkx(edges: Edges) -> None:
    graph = oracle(edges)
    found, sources = vertex_values(edges, Measuring(MEASURES))
    assert list(found) == list(MEASURES)
    assert sources == edges.n
    others = max(1, edges.n - 1)
    wanted = {
        "degree": dict(graph.degree()),
        "weighted_degree": dict(graph.degree(weight="weight")),
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=1000),
        "betweenness": nx.betweenness_centrality(graph),
        "harmonic": {v: x / others for v, x in nx.harmonic_centrality(graph).items()},
        "core": nx.core_number(graph),
    }
    for name, values in wanted.items():
        column = [values[v] for v in range(edges.n)]
        np.testing.assert_allclose(found[name], column, atol=1e-7, err_msg=name)


@pytest.mark.parametrize("damping", [0.0, 0.5, 0.99])
def test_damping_is_that_of_networkx(damping: float) -> None:
    edges, _ = planted(3, 10, 0.4, 0.05, seed=1)
    found, _ = vertex_values(edges, Measuring(("pagerank",), damping))
    wanted = nx.pagerank(oracle(edges), alpha=damping, tol=1e-13, max_iter=10_000)
    np.testing.assert_allclose(found["pagerank"], list(wanted.values()), atol=1e-7)


def test_samples_spread_around_the_truth_as_much_as_they_say() -> None:
    edges, _ = planted(10, 30, 0.2, 0.005, seed=2)
    names = ("betweenness", "harmonic")
    exact, _ = vertex_values(edges, Measuring(names))
    ways = [Measuring(names, exact_up_to=10, samples=60, seed=seed) for seed in range(60)]
    told = [vertex_values(edges, one) for one in ways]
    assert {sources for _, sources in told} == {60}
    for name in names:
        known = exact[name] > 0
        found = np.array([columns[name][known] for columns, _ in told])
        errors = np.array([columns[f"{name}_error"][known] for columns, _ in told])
        assert found.sum(axis=1).mean() == pytest.approx(exact[name].sum(), rel=0.02)
        ratio = found.std(axis=0) / np.sqrt((errors**2).mean(axis=0))
        assert 0.9 < np.median(ratio) < 1.1


def test_the_same_seed_samples_the_same() -> None:
    edges, _ = planted(4, 20, 0.3, 0.02, seed=2)
    order = np.random.default_rng(1).permutation(len(edges.a))
    turned = edges_of(edges.n, edges.b[order], edges.a[order])
    how = Measuring(("betweenness",), exact_up_to=1, samples=20, seed=7)
    one, two = (vertex_values(some, how)[0]["betweenness"] for some in (edges, turned))
    assert one.tobytes() == two.tobytes()
    other = vertex_values(edges, Measuring(("betweenness",), exact_up_to=1, samples=20, seed=8))[0]
    assert other["betweenness"].tobytes() != one.tobytes()


def test_nobody_has_no_values() -> None:
    nothing = np.empty(0, np.int32)
    found, sources = vertex_values(edges_of(0, nothing, nothing), Measuring(MEASURES))
    assert sources == 0
    assert {len(column) for column in found.values()} == {0}


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"measures": ["pagerang"]}, "pagerang"),
        ({"damping": 1.0}, "damping is 1"),
        ({"samples": 1}, "no spread"),
    ],
)
def test_what_cannot_be_measured_is_refused(given_: dict[str, object], message: str) -> None:
    about = {"measures": ["core"], "damping": 0.85, "exact_up_to": 9, "samples": 9, "seed": 1}
    with pytest.raises(UsageError, match=message):
        measuring_of(**about | given_)  # type: ignore[arg-type]
