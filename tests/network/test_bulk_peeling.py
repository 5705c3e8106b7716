"""Peeling in bulk against peeling one by one: the same planted block, its density, any order."""

import numpy as np
import pytest
from numpy.typing import NDArray

from graphfraud.network import bulk_peeling
from graphfraud.network.bipartite import Bipartite, bipartite
from graphfraud.network.dense_blocks import densest, density

MEMBERS, SHOPS = 24, 12


def big(seed: int, *, planted: bool, shuffled: int = 0) -> Bipartite:
    """Return a graph of more nodes than are peeled one by one, sparse but for the planted block."""
    generator = np.random.default_rng([seed, 7])
    row = np.repeat(np.arange(6_000), 5)
    column = generator.integers(SHOPS, 900, len(row))
    if planted:
        row = np.append(row, np.repeat(np.arange(MEMBERS), SHOPS))
        column = np.append(column, np.tile(np.arange(SHOPS), MEMBERS))
    edges = np.unique(np.stack((row, column), axis=1), axis=0).astype(np.int32)
    edges = edges[np.random.default_rng(shuffled).permutation(len(edges))]
    place = (np.arange(900) % 30).astype(np.int32)
    return bipartite(edges[:, 0], edges[:, 1], place)


def test_the_graph_is_big_enough_for_bulk() -> None:
    graph = big(1, planted=False)
    assert len(graph.first) - 1 + len(graph.weight) > 3 * bulk_peeling.FEW


@pytest.mark.parametrize("against", [0.0, 0.5])
@pytest.mark.parametrize("seed", range(4))
def test_a_planted_block_survives_bulk(seed: int, against: float) -> None:
    graph = big(seed, planted=True)
    found = densest(graph, against=against)
    assert found.rows.tolist() == list(range(MEMBERS))
    assert found.columns.tolist() == list(range(SHOPS))
    assert found.density == pytest.approx(
        density(graph, found.rows, found.columns, against=against)
    )


@pytest.mark.parametrize("against", [0.0, 0.5])
def test_what_bulk_tells_is_the_density_of_its_nodes(against: float) -> None:
    graph = big(9, planted=False)
    found = densest(graph, against=against)
    told = density(graph, found.rows, found.columns, against=against)
    assert found.density == pytest.approx(told)
    everybody = np.arange(6_000, dtype=np.int32), np.arange(900, dtype=np.int32)
    assert found.density > density(graph, *everybody, against=against) - 1e-9


def test_the_order_of_the_edges_changes_nothing_in_bulk() -> None:
    runs = [densest(big(3, planted=True, shuffled=n), against=0.5) for n in range(3)]
    assert len({(run.rows.tobytes(), run.columns.tobytes(), run.density) for run in runs}) == 1


def test_nodes_that_are_all_alike_go_at_once_and_the_whole_is_the_block() -> None:
    row = np.arange(3_000, dtype=np.int32)
    found = densest(bipartite(row, row, np.zeros(3_000, np.int32)))
    assert (len(found.rows), len(found.columns)) == (3_000, 3_000)


@pytest.mark.parametrize("seed", range(3))
def test_what_bulk_leaves_weighs_as_if_nothing_else_had_ever_been_there(seed: int) -> None:
    graph = big(seed, planted=True)
    n_rows, n_columns = len(graph.first) - 1, len(graph.weight)
    row = np.repeat(np.arange(n_rows), np.diff(graph.first))

    def weighed(there: NDArray[np.bool_]) -> bulk_peeling.Weights:
        both = there[row] & there[n_rows + graph.columns]
        seen = np.bincount(row[both], graph.weight[graph.columns[both]], n_rows + n_columns)
        seen += np.bincount(
            n_rows + graph.columns[both], graph.weight[graph.columns[both]], n_rows + n_columns
        )
        goer, held = np.repeat(there[:n_rows], np.diff(graph.stop)), there[n_rows:]
        crowd = np.bincount(graph.visited[goer], graph.mass[goer], 30)
        pull = np.bincount(graph.place[held], graph.pull[held], 30)
        return bulk_peeling.Weights(*(one.astype(np.float64) for one in (seen, crowd, pull)))

    kept = weighed(np.ones(n_rows + n_columns, bool))
    gone = np.empty(n_rows + n_columns, np.int64)
    left, _, _ = bulk_peeling.bulk(graph, 0.5, kept, gone)
    there = np.zeros(n_rows + n_columns, bool)
    there[left] = True
    wanted = weighed(there)
    assert 0 < len(left) <= bulk_peeling.FEW
    assert kept.seen[there] == pytest.approx(wanted.seen[there])
    assert kept.crowd == pytest.approx(wanted.crowd, abs=1e-6)
    assert kept.held == pytest.approx(wanted.held, abs=1e-6)
