"""Peeling against every block there is, the published bound, camouflage, and loose crowds."""

from itertools import chain, combinations

import numpy as np
import pytest

from graphfraud.network.bipartite import Bipartite, bipartite
from graphfraud.network.dense_blocks import Block, densest, density

Edges = set[tuple[int, int]]


def graph_of(edges: Edges, places: list[int], seed: int = 0) -> Bipartite:
    table = np.array(sorted(edges), np.int32)
    table = table[np.random.default_rng(seed).permutation(len(table))]
    return bipartite(table[:, 0], table[:, 1], np.array(places, np.int32))


def weights(edges: Edges) -> dict[int, float]:
    degree = {c: sum(c == other for _, other in edges) for _, c in edges}
    return {c: 1 / np.log(d + 5) for c, d in degree.items()}


def brute_density(
    edges: Edges, places: list[int], rows: set[int], columns: set[int], against: float
) -> float:
    """Return the density from its definition, pair by pair."""
    weight = weights(edges)
    value = sum(weight[c] for r, c in edges if r in rows and c in columns)
    for place in set(places):
        here = [(r, c) for r, c in edges if places[c] == place]
        for row in rows:
            own = sum(r == row for r, _ in here)
            for column in columns:
                share = sum(c == column for _, c in here) / max(1, len(here))
                value -= against * own * share * weight.get(column, 0.0)
    return value / (len(rows) + len(columns))


def brute_best(edges: Edges, places: list[int], against: float) -> float:
    rows, columns = sorted({r for r, _ in edges}), range(len(places))
    subsets = [
        (set(a), set(b))
        for a in chain.from_iterable(combinations(rows, n) for n in range(len(rows) + 1))
        for b in chain.from_iterable(combinations(columns, n) for n in range(len(places) + 1))
        if a or b
    ]
    return max(brute_density(edges, places, a, b, against) for a, b in subsets)


def scattered(seed: int, rows: int, columns: int, count: int) -> Edges:
    generator = np.random.default_rng([seed, 5])
    drawn = generator.integers(0, [rows, columns], (count, 2))
    # Every row and column has an edge, so that all are numbered.
    whole = [(n, n % columns) for n in range(rows)] + [(n % rows, n) for n in range(columns)]
    return {(int(r), int(c)) for r, c in [*drawn.tolist(), *whole]}


@pytest.mark.parametrize("seed", range(12))
def test_plain_peeling_is_within_half_of_the_best_block(seed: int) -> None:
    edges, places = scattered(seed, 5, 4, 4 + seed), [0] * 4
    found = densest(graph_of(edges, places))
    best = brute_best(edges, places, 0.0)
    assert best / 2 <= found.density <= best + 1e-12


@pytest.mark.parametrize("against", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_the_density_told_is_that_of_the_block(seed: int, against: float) -> None:
    places = [0, 0, 1, 1, 1, 2]
    edges = scattered(seed, 7, 6, 16)
    graph = graph_of(edges, places)
    found = densest(graph, against=against)
    told = brute_density(
        edges, places, set(found.rows.tolist()), set(found.columns.tolist()), against
    )
    assert found.density == pytest.approx(told)
    assert density(graph, found.rows, found.columns, against=against) == pytest.approx(told)


def clique(rows: range, columns: range) -> Edges:
    return {(r, c) for r in rows for c in columns}


def found_sets(block: Block) -> tuple[list[int], list[int]]:
    return block.rows.tolist(), block.columns.tolist()


def test_a_full_block_in_noise_is_the_best_and_is_found() -> None:
    edges = scattered(1, 6, 6, 3) | clique(range(3), range(3))
    places = [0] * 6
    assert densest(graph_of(edges, places)).density == pytest.approx(brute_best(edges, places, 0.0))


@pytest.mark.parametrize("against", [0.0, 0.5])
def test_camouflage_changes_nothing(against: float) -> None:
    places = [c % 5 for c in range(200)]
    honest = scattered(3, 900, 200, 1_800)
    members, columns = range(20), range(8)
    edges = {e for e in honest if e[0] not in members} | clique(members, columns)
    generator = np.random.default_rng(8)
    # Each member adds as many edges to what others buy as it has inside the block.
    extra = {(m, int(c)) for m in members for c in generator.choice(192, 8, replace=False) + 8}
    for camouflage in (set(), extra):
        block = densest(graph_of(edges | camouflage, places), against=against)
        assert found_sets(block) == (list(members), list(columns))


def test_a_big_loose_crowd_wins_only_where_chance_is_not_taken_off() -> None:
    generator = np.random.default_rng(4)
    crowd: Edges = {
        (r, int(c)) for r in range(20, 420) for c in generator.choice(40, 14, replace=False) + 12
    }
    places = [c % 4 for c in range(52)]
    edges = crowd | clique(range(20), range(12))
    assert len(densest(graph_of(edges, places), against=0.0).rows) > 100
    small = densest(graph_of(edges, places), against=0.5)
    assert found_sets(small) == (list(range(20)), list(range(12)))


def test_the_order_of_the_edges_changes_nothing() -> None:
    edges, places = scattered(9, 40, 12, 150), [c % 3 for c in range(12)]
    runs = [densest(graph_of(edges, places, seed), against=0.5) for seed in range(5)]
    assert len({(run.rows.tobytes(), run.columns.tobytes(), run.density) for run in runs}) == 1


def test_of_equal_blocks_the_smaller_numbers_are_peeled_first() -> None:
    edges = clique(range(3), range(3)) | clique(range(3, 6), range(3, 6))
    edges |= {(6, 6)}
    block = densest(graph_of(edges, [0] * 7))
    assert found_sets(block) == (list(range(6)), list(range(6)))


def test_without_edges_there_is_no_block() -> None:
    nothing = np.zeros(0, np.int32)
    block = densest(bipartite(nothing, nothing, nothing), against=0.5)
    assert (len(block.rows), len(block.columns), block.density) == (0, 0, 0.0)
