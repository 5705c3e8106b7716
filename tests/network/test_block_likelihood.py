"""The score of a block against its definition; two blocks against the one that unites them."""

import math
from itertools import product

import numpy as np
import pytest

from graphfraud.network.bipartite import Bipartite, bipartite
from graphfraud.network.block_likelihood import Ints, score

Edges = set[tuple[int, int]]


def graph_of(edges: Edges, places: list[int]) -> Bipartite:
    table = np.array(sorted(edges), np.int32)
    return bipartite(table[:, 0], table[:, 1], np.array(places, np.int32))


def brute(edges: Edges, places: list[int], rows: set[int], columns: set[int]) -> float:
    """Return the score from its definition, cell by cell."""
    others = [(r, c) for r, c in edges if r not in rows]
    expected = 0.0
    for row, column in product(rows, columns):
        mass = sum(r == row and places[c] == places[column] for r, c in edges)
        here = sum(places[c] == places[column] for _, c in others)
        expected += mass * (sum(c == column for _, c in others) + 1) / (here + 1)
    seen = sum(r in rows and c in columns for r, c in edges)
    if seen <= expected:
        return 0.0
    named = math.log(math.comb(len({r for r, _ in edges}), len(rows)))
    named += math.log(math.comb(len(places), len(columns)))
    return seen * math.log(seen / expected) - seen + expected - named


def some(*numbers: int) -> Ints:
    return np.array(numbers, np.int32)


def crowd(seed: int, rows: range, columns: int, each: int) -> Edges:
    generator = np.random.default_rng([seed, 17])
    return {(r, int(c)) for r in rows for c in generator.choice(columns, each, replace=False)}


@pytest.mark.parametrize("seed", range(5))
def test_the_score_is_that_of_its_definition(seed: int) -> None:
    places = [c % 3 for c in range(9)]
    edges = crowd(seed, range(12), 9, 4) | {(r, 8) for r in range(3)}
    graph = graph_of(edges, places)
    for rows, columns in (({0, 1, 2}, {7, 8}), ({4, 9}, {0, 1, 5}), ({2}, {8})):
        told = score(graph, some(*sorted(rows)), some(*sorted(columns)))
        assert told == pytest.approx(brute(edges, places, rows, columns))


PLACES = [c % 4 for c in range(40)]
FIRST = {(r, c) for r in range(12) for c in range(8)}
OTHER = {(r, c) for r in range(12, 24) for c in range(6, 14)}
HONEST = crowd(1, range(24, 400), 40, 3)


def test_two_blocks_that_share_columns_are_likelier_than_the_one_that_unites_them() -> None:
    graph, both = graph_of(FIRST | OTHER | HONEST, PLACES), some(*range(24))
    one = score(graph, some(*range(12)), some(*range(8)), aside=both)
    two = score(graph, some(*range(12, 24)), some(*range(6, 14)), aside=both)
    assert one + two > score(graph, both, some(*range(14)))


def test_one_block_is_likelier_than_its_halves() -> None:
    full = {(r, c) for r in range(24) for c in range(14)}
    graph, whole = graph_of(full | HONEST, PLACES), some(*range(24))
    halves = [some(*range(12)), some(*range(12, 24))]
    together = sum(score(graph, half, some(*range(14)), aside=whole) for half in halves)
    one = score(graph, whole, some(*range(14)))
    assert one > max(0.0, together)


def test_what_chance_gives_scores_nothing() -> None:
    graph = graph_of({(r, c) for r in range(20) for c in range(8)}, [0] * 8)
    assert score(graph, some(0, 1, 2), some(0, 1)) == 0.0
