"""Money followed through accounts, against networkx and by hand."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from graphfraud.network.tracing import Arrival, Transfers, traced

Row = tuple[int, int, int, int]  # payer, payee, amount, when


def follow(
    rows: list[Row], *, start: set[int], goal: set[int], window: int = 10, layers: int = 3
) -> list[Arrival]:
    ordered = sorted(rows, key=lambda row: row[3])
    size = max(max(row[:2]) for row in rows) + 1
    payer, payee, amount, when = np.array(ordered, np.int64).T
    marks = [np.isin(np.arange(size), sorted(kind)) for kind in (start, set(), goal)]
    money = Transfers(payer, payee, amount, when, size)
    return traced(money, start=marks[0], stop=marks[1], goal=marks[2], window=window, layers=layers)


def test_a_straight_payment_arrives_whole() -> None:
    assert follow([(0, 1, 500, 0)], start={0}, goal={1}) == [Arrival(500, (0,))]


def test_followed_money_is_first_in_first_out() -> None:
    rows = [(0, 1, 30, 0), (0, 1, 100, 1), (1, 2, 50, 2), (1, 2, 80, 3)]
    found = follow(rows, start={0}, goal={2})
    assert found == [Arrival(30, (0, 2)), Arrival(20, (1, 2)), Arrival(80, (1, 3))]


def test_a_payment_towards_a_goal_is_made_of_followed_money_first() -> None:
    """An earlier honest deposit of 30 stays for others; what exceeds 100 is made of it."""
    rows = [(3, 1, 30, 0), (0, 1, 100, 1), (1, 2, 50, 2), (1, 2, 80, 3)]
    found = follow(rows, start={0}, goal={2})
    assert found == [Arrival(50, (1, 2)), Arrival(50, (1, 3))]


def test_trade_away_from_goals_leaves_followed_money_alone() -> None:
    """A trader is paid from other money, seen or not, before and after the goal is paid."""
    rows = [(0, 1, 100, 0), (1, 4, 90, 1), (1, 2, 100, 2), (4, 5, 9, 3)]
    assert follow(rows, start={0}, goal={2}) == [Arrival(100, (0, 2))]


def test_money_goes_on_level_one_way_only() -> None:
    """1 and 4 both pay goals: 1 passes money to 4, unless 4 trades with it both ways."""
    rows = [(0, 1, 100, 0), (1, 2, 5, 1), (1, 4, 95, 2), (4, 3, 95, 3)]
    found = follow(rows, start={0}, goal={2, 3})
    assert found == [Arrival(5, (0, 1)), Arrival(95, (0, 2, 3))]
    both = follow([*rows, (4, 1, 1, 4)], start={0}, goal={2, 3})
    assert both == [Arrival(5, (0, 1))]


def test_money_that_rests_too_long_is_the_holders_own() -> None:
    rows = [(0, 1, 100, 0), (1, 2, 100, 11)]
    assert follow(rows, start={0}, goal={2}, window=10) == []
    assert follow(rows, start={0}, goal={2}, window=11) == [Arrival(100, (0, 1))]


def test_no_more_layers_than_asked() -> None:
    rows = [(n, n + 1, 100, n) for n in range(5)]
    assert follow(rows, start={0}, goal={5}, layers=3) == []
    assert follow(rows[:4], start={0}, goal={4}, layers=3) == [Arrival(100, (0, 1, 2, 3))]


def test_on_one_moment_money_arrives_before_it_leaves() -> None:
    rows = [(1, 2, 100, 0), (0, 1, 100, 0)]
    assert [one.amount for one in follow(rows, start={0}, goal={2})] == [100]


def test_a_goal_that_passes_on_is_both() -> None:
    rows = [(0, 1, 100, 0), (1, 2, 60, 1)]
    found = follow(rows, start={0}, goal={1, 2})
    assert found == [Arrival(100, (0,)), Arrival(60, (0, 1))]


def _temporal_paths(rows: list[Row], start: set[int], goal: set[int], window: int) -> set[int]:
    """Return the goals that networkx can reach by transfers one soon after the other."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(rows)))
    for i, (_, to, _, left) in enumerate(rows):
        for j, (by, _, _, then) in enumerate(rows):
            if i != j and to == by and left < then <= left + window and by not in start:
                graph.add_edge(i, j)
    reached = set()
    for i, row in enumerate(rows):
        if row[0] in start:
            far = nx.single_source_shortest_path_length(graph, i, cutoff=3)
            reached |= {rows[j][1] for j in far if rows[j][1] in goal}
    return reached


@pytest.mark.parametrize("seed", range(30))
def test_what_arrives_could_have_come_and_no_fen_is_made(seed: int) -> None:
    generator = np.random.default_rng([seed, 5])
    rows: list[Row] = []
    for when in range(60):
        payer, payee = generator.choice(12, 2, replace=False).tolist()
        rows.append((payer, payee, int(generator.integers(1, 100)), when))
    start, goal = {0, 1}, {9, 10, 11}
    found = follow(rows, start=start, goal=goal)
    assert {rows[one.path[-1]][1] for one in found} <= _temporal_paths(rows, start, goal, 10)
    for one in found:
        legs = [rows[n] for n in one.path]
        assert legs[0][0] in start
        assert all(a[1] == b[0] and 0 <= b[3] - a[3] <= 10 for a, b in pairwise(legs))
    for n, row in enumerate(rows):
        assert sum(one.amount for one in found if one.path[-1] == n) <= row[2]


@pytest.mark.parametrize("seed", range(10))
def test_with_straight_payments_alone_everything_arrives(seed: int) -> None:
    generator = np.random.default_rng([seed, 6])
    pairs = [(int(generator.integers(0, 3)), int(generator.integers(3, 8))) for _ in range(40)]
    rows = [(a, b, int(generator.integers(1, 50)), n) for n, (a, b) in enumerate(pairs)]
    found = follow(rows, start={0, 1, 2}, goal={3, 4})
    assert sum(one.amount for one in found) == sum(row[2] for row in rows if row[1] in {3, 4})
