"""Communities against networkx, igraph and planted truth."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import Edges, adjacency_of, edges_of
from graphfraud.network.components import core_numbers
from graphfraud.network.igraph_engine import graph_of
from graphfraud.network.leiden import leiden, louvain
from graphfraud.network.partition import ALGORITHMS, Method, Partition, method_of, partition
from tests.network.graphs import graphs, oracle, planted

FINDING = ("leiden", "louvain", "label_propagation", "infomap")


def run(edges: Edges, algorithm: str, **given_: object) -> Partition:
    about = {"resolution": 1.0, "objective": "modularity", "seed": 1} | given_
    return partition(edges, method_of(algorithm, **about))  # type: ignore[arg-type]


def sets(found: Partition) -> list[set[int]]:
    return [set(np.flatnonzero(found.community == c)) for c in range(found.quality.communities)]


@settings(deadline=None)
@given(graphs())
def test_components_are_those_of_networkx(edges: Edges) -> None:
    wanted = sorted(nx.connected_components(oracle(edges)), key=lambda one: (-len(one), min(one)))
    assert sets(run(edges, "components")) == wanted


@settings(deadline=None)
@given(graphs())
def test_cores_are_those_of_networkx(edges: Edges) -> None:
    wanted = nx.core_number(oracle(edges))
    assert core_numbers(adjacency_of(edges)).tolist() == [wanted[v] for v in range(edges.n)]


@settings(deadline=None)
@given(graphs(), st.sampled_from(FINDING[:3]), st.sampled_from([0.5, 1.0, 2.0]))
def test_modularity_is_that_of_networkx(edges: Edges, algorithm: str, resolution: float) -> None:
    if algorithm == "label_propagation":
        resolution = 1.0
    found = run(edges, algorithm, resolution=resolution)
    if found.quality.modularity is None:
        assert len(edges.a) == 0
        return
    graph = oracle(edges)
    wanted = nx.community.modularity(graph, sets(found), resolution=resolution)
    assert found.quality.modularity == pytest.approx(wanted)
    inside = nx.community.partition_quality(graph, sets(found))[0]
    if not edges.weighted:
        assert found.quality.coverage == pytest.approx(inside)


@settings(deadline=None)
@given(graphs(), st.sampled_from(["modularity", "cpm"]), st.sampled_from([0.1, 0.5, 1.0, 2.0]))
def test_leiden_is_connected_and_no_vertex_would_rather_move(
    edges: Edges, objective: str, resolution: float
) -> None:
    found = run(edges, "leiden", objective=objective, resolution=resolution)
    graph, strength = oracle(edges), adjacency_of(edges).strength
    assert all(nx.is_connected(graph.subgraph(one)) for one in sets(found))
    mass = strength if objective == "modularity" else np.ones(edges.n)
    scale = resolution / max(strength.sum(), 1e-300) if objective == "modularity" else resolution
    for v in range(edges.n):
        gains = []
        for one in [*sets(found), set()]:
            tied = sum(graph[v][u]["weight"] for u in graph[v] if u in one)
            gains.append(tied - scale * mass[v] * sum(mass[u] for u in one - {v}))
        assert gains[found.community[v]] >= max(gains) - 1e-8


@settings(deadline=None)
@given(graphs())
def test_no_vertex_would_rather_take_another_label(edges: Edges) -> None:
    found, graph = run(edges, "label_propagation"), oracle(edges)
    for v in graph:
        votes = [sum(graph[v][u]["weight"] for u in graph[v] if u in one) for one in sets(found)]
        assert votes[found.community[v]] == max(votes)


@pytest.mark.parametrize("algorithm", FINDING)
@pytest.mark.parametrize("engine", ["compiled", "igraph"])
def test_planted_communities_are_found(algorithm: str, engine: str) -> None:
    edges, truth = planted(8, 25, 0.5, 0.01, seed=3)
    found = run(edges, algorithm, engine=engine)
    assert (
        len({*zip(found.community.tolist(), truth, strict=True)}) == 8 == found.quality.communities
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("search", [leiden, louvain])
def test_modularity_is_as_good_as_igraphs(seed: int, search: object) -> None:
    edges, _ = planted(20, 15, 0.3, 0.02, seed=seed)
    graph, rows = graph_of(edges), adjacency_of(edges)
    peer = graph.community_leiden("modularity", n_iterations=-1)
    if search is louvain:
        peer = graph.community_multilevel()
    found = search(rows, np.random.default_rng(seed))  # type: ignore[operator]
    assert graph.modularity(found.tolist()) >= peer.modularity - 0.015


def test_cpm_splits_where_density_falls_below_the_resolution() -> None:
    cliques = [
        *itertools.combinations(range(5), 2),
        *itertools.combinations(range(5, 10), 2),
        (4, 5),
    ]
    edges = edges_of(10, *(np.array([pair[k] for pair in cliques]) for k in (0, 1)))
    for engine in ("compiled", "igraph"):
        apart = run(edges, "leiden", objective="cpm", resolution=0.5, engine=engine)
        assert apart.community.tolist() == [0] * 5 + [1] * 5
        one = run(edges, "leiden", objective="cpm", resolution=0.01, engine=engine)
        assert one.community.tolist() == [0] * 10


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("engine", ["compiled", "igraph"])
def test_rows_in_any_order_give_the_same_partition(algorithm: str, engine: str) -> None:
    edges, _ = planted(6, 15, 0.2, 0.05, seed=5)
    generator = np.random.default_rng(0)
    weight = generator.integers(1, 9, len(edges.a)).astype(float)
    wanted = run(edges_of(edges.n, edges.a, edges.b, weight), algorithm, engine=engine)
    for _ in range(5):
        order = generator.permutation(len(edges.a))
        turned = edges_of(edges.n, edges.b[order], edges.a[order], weight[order])
        found = run(turned, algorithm, engine=engine)
        assert found.community.tobytes() == wanted.community.tobytes()


def test_the_seed_matters_where_many_partitions_are_as_good() -> None:
    edges, _ = planted(1, 60, 0.12, 0.0, seed=4)
    found = {run(edges, "leiden", seed=seed).community.tobytes() for seed in range(8)}
    assert len(found) > 1


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("engine", ["compiled", "igraph"])
@pytest.mark.parametrize("n", [0, 3])
def test_nothing_to_walk_along_leaves_everybody_alone(algorithm: str, engine: str, n: int) -> None:
    nothing = np.empty(0, np.int32)
    found = run(edges_of(n, nothing, nothing), algorithm, engine=engine)
    alone = n if algorithm != "core" else min(n, 1)
    assert (found.quality.communities, found.quality.modularity) == (alone, None)


def test_communities_are_numbered_by_size_then_by_their_first_vertex() -> None:
    edges = edges_of(7, np.array([5, 1, 2]), np.array([6, 2, 3]))
    assert run(edges, "components").community.tolist() == [2, 0, 0, 0, 3, 1, 1]


@pytest.mark.parametrize(
    ("given_", "message", "hint"),
    [
        ({"algorithm": "lieden"}, "no 'lieden'", "leiden"),
        ({"objective": "modular"}, "no 'modular'", "modularity"),
        ({"engine": "neo4j"}, "no 'neo4j'", "networkit"),
        ({"resolution": -1.0}, "-1", "0 or more"),
        ({"algorithm": "core", "resolution": 2.0}, "core knows no resolution", "leiden"),
    ],
)
def test_what_there_is_not_is_refused(given_: dict[str, object], message: str, hint: str) -> None:
    about = {"algorithm": "leiden", "resolution": 1.0, "objective": "modularity", "seed": 1}
    with pytest.raises(UsageError, match=message) as caught:
        method_of(**about | given_)  # type: ignore[arg-type]
    assert hint in caught.value.hint


def test_infomap_is_igraphs() -> None:
    method = method_of("infomap", resolution=1.0, objective="modularity", seed=1)
    assert method.library == f"igraph {igraph.__version__}"
    assert Method().library.startswith("numba ")


def test_engine_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkit", None)
    edges, _ = planted(2, 5, 0.9, 0.1, seed=1)
    with pytest.raises(UsageError, match="not installed") as caught:
        run(edges, "leiden", engine="networkit")
    assert "graphfraud[networkit]" in caught.value.hint


@pytest.mark.parametrize("algorithm", [one for one in ALGORITHMS if one != "infomap"])
def test_networkit_finds_the_planted_too_and_the_same_twice(algorithm: str) -> None:
    pytest.importorskip("networkit")
    edges, _ = planted(8, 25, 0.5, 0.01, seed=3)
    one, two = (run(edges, algorithm, engine="networkit") for _ in range(2))
    assert one.community.tobytes() == two.community.tobytes()
    if algorithm in {"leiden", "louvain"}:
        assert one.quality.communities == 8
    elif algorithm in {"core", "components"}:
        assert one.community.tobytes() == run(edges, algorithm).community.tobytes()


_PROGRAM = """
import hashlib, numpy as np
from graphfraud.network.partition import Method, partition
from graphfraud.network.vertex_values import Measuring, vertex_values
from tests.network.graphs import planted
edges, _ = planted(6, 15, 0.2, 0.05, seed=5)
state = hashlib.sha256()
for name in ("leiden", "louvain", "label_propagation"):
    state.update(partition(edges, Method(name, seed=3)).community.tobytes())
for column in vertex_values(edges, Measuring(exact_up_to=1, samples=9, seed=3))[0].values():
    state.update(np.ascontiguousarray(column).tobytes())
print(state.hexdigest())
"""


def test_neither_hash_seed_nor_threads_change_a_bit() -> None:
    told = set()
    for hash_seed, threads in (("0", "1"), ("4711", "2")):
        more = {"PYTHONHASHSEED": hash_seed, "NUMBA_NUM_THREADS": threads}
        more |= {"OMP_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            capture_output=True,
            check=True,
            text=True,
            env=os.environ | more,
            cwd=Path(__file__).resolve().parents[2],
        )
        told.add(done.stdout)
    assert len(told) == 1
