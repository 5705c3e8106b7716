from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.errors import UsageError
from graphfraud.network.adjacency import adjacency_of, edges_of
from tests.network.graphs import graphs, oracle

Pairs = list[tuple[int, int, float]]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.0, 0.1, 3.3]))))
def test_edges_are_those_of_a_dictionary(pairs: Pairs) -> None:
    wanted: dict[tuple[int, int], list[float]] = {}
    for a, b, weight in pairs:
        if a != b and weight:
            wanted.setdefault((min(a, b), max(a, b)), []).append(weight)
    ends = [np.array([pair[k] for pair in pairs], np.int64) for k in (0, 1)]
    found = edges_of(7, ends[0], ends[1], np.array([pair[2] for pair in pairs]))
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == sorted(wanted)
    np.testing.assert_allclose(found.weight, [sum(wanted[key]) for key in sorted(wanted)])


@given(st.data())
def test_order_and_direction_change_no_bit(data: st.DataObject) -> None:
    weights = st.floats(0.001, 1e9)
    pairs = data.draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), weights), min_size=1)
    )
    other = data.draw(st.permutations(pairs))
    one, two = (
        edges_of(4, *(np.array([pair[k] for pair in some]) for k in places))
        for some, places in ((pairs, (0, 1, 2)), (other, (1, 0, 2)))
    )
    assert one.weight.tobytes() == two.weight.tobytes()
    assert (one.a.tobytes(), one.b.tobytes()) == (two.a.tobytes(), two.b.tobytes())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_edges_are_counted_where_that_is_asked_for(pairs: list[tuple[int, int]]) -> None:
    counts = Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    a, b = (np.array([pair[k] for pair in pairs], np.int32) for k in (0, 1))
    found = edges_of(4, a, b, counted=True)
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == sorted(counts)
    weight = found.weight if found.weighted else np.ones(len(found.a))
    assert weight.tolist() == [counts[key] for key in sorted(counts)]


@settings(deadline=None)
@given(graphs())
def test_rows_are_those_of_networkx(edges: object) -> None:
    graph = oracle(edges)  # type: ignore[arg-type]
    rows = adjacency_of(edges)  # type: ignore[arg-type]
    for v in range(rows.n):
        assert rows.neighbour[rows.indptr[v] : rows.indptr[v + 1]].tolist() == sorted(graph[v])
    assert rows.degree.tolist() == [graph.degree(v) for v in graph]
    np.testing.assert_allclose(rows.strength, [graph.degree(v, "weight") for v in graph])
    assert isinstance(graph, nx.Graph)


@pytest.mark.parametrize(("wrong", "told"), [(np.nan, "missing"), (-1.0, "-1"), (np.inf, "inf")])
def test_what_is_no_weight_is_refused(wrong: float, told: str) -> None:
    with pytest.raises(UsageError, match=rf"1 of 2 weights .* the first is {told}") as caught:
        edges_of(3, np.array([0, 1]), np.array([1, 2]), np.array([1.0, wrong]))
    assert "none" in caught.value.hint
