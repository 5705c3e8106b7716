import itertools
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.errors import UsageError
from graphfraud.network import folding
from graphfraud.network.folding import folded

ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), min_size=1, max_size=40)


@settings(deadline=None)
@given(ROWS)
def test_pairs_are_those_of_networkx(rows: list[tuple[int, int]]) -> None:
    sides: nx.Graph[tuple[str, int]] = nx.Graph((("m", m), ("o", o)) for m, o in rows)
    outer = [node for node in sides if node[0] == "o"]
    wanted = nx.bipartite.weighted_projected_graph(sides, outer)
    middle, hanging = (np.array([row[k] for row in rows], np.int64) for k in (0, 1))
    a, b, weight = folded(middle, hanging, np.empty(0))
    counts: Counter[tuple[int, int]] = Counter()
    for x, y, w in zip(a.tolist(), b.tolist(), weight.tolist(), strict=True):
        counts[x, y] += w
    assert counts == {
        (min(x[1], y[1]), max(x[1], y[1])): w for x, y, w in wanted.edges(data="weight")
    }


def test_each_thing_in_between_weighs_what_it_weighs() -> None:
    middle, outer = np.array([0, 0, 2, 2, 2]), np.array([1, 2, 1, 2, 3])
    a, b, weight = folded(middle, outer, np.array([5.0, 100.0, 7.0]))
    found = sorted(zip(a.tolist(), b.tolist(), weight.tolist(), strict=True))
    things = [((1, 2), 5.0), *((pair, 7.0) for pair in itertools.combinations((1, 2, 3), 2))]
    assert found == sorted((*pair, weight) for pair, weight in things)


def test_nothing_folds_to_nothing() -> None:
    nothing = np.empty(0, np.int64)
    assert [len(one) for one in folded(nothing, nothing, np.empty(0))] == [0, 0, 0]


def test_too_many_pairs_are_refused_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MOST_PAIRS", 5)
    rows = np.zeros(4, np.int64), np.arange(4)
    with pytest.raises(UsageError, match="makes 6 pairs, 6 of them through one node that 4"):
        folded(*rows, np.empty(0))
