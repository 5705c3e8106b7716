"""The rules of gatherings on days left out, against patterns.core and counts by hand."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.patterns.core import core
from graphfraud.patterns.gathering_reruns import (
    Rule,
    company_rule,
    core_rule,
    counted,
    in_core,
    joint_days,
)
from graphfraud.patterns.reruns import Reruns

DAY = 86_400
SIZES = st.integers(2, 7)


def met(days: dict[str, list[int]]) -> pd.DataFrame:
    """Return meetings; days: two letters -> the numbers of the days on which the two met."""
    rows = [(pair[0], pair[1], day * DAY) for pair, known in days.items() for day in known]
    return pd.DataFrame(rows, columns=["a", "b", "day"])


def reruns(kept: list[list[int]], days: int, left_out: float = 0.0) -> Reruns:
    flags = np.array([[day in row for day in range(days)] for row in kept])
    return Reruns(DAY * np.arange(days), flags, left_out)


@settings(max_examples=60, deadline=None)
@given(SIZES, st.integers(0, 2**32 - 1), st.floats(0.001, 0.5))
def test_all_reruns_at_once_give_each_ones_core(size: int, seed: int, level: float) -> None:
    draw = np.random.default_rng(seed)
    a, b = (np.array(end, np.int32) for end in zip(*combinations(range(size), 2), strict=True))
    expected = draw.uniform(0.01, 2.0, len(a))
    observed = draw.poisson(draw.uniform(0, 4), (5, len(a))).astype(np.int32)
    joint, chance = np.zeros((5, size, size), np.int64), np.zeros((size, size))
    joint[:, a, b] = joint[:, b, a] = observed
    chance[a, b] = chance[b, a] = expected
    found = in_core(joint, chance, level)
    persons = np.arange(size, dtype=np.int32)
    for row, days in zip(found, observed, strict=True):
        assert (
            np.flatnonzero(row).tolist()
            == core(persons, a, b, days, expected, level=level).tolist()
        )


def test_joint_days_are_counted_once_a_day() -> None:
    table = met({"AB": [0, 0, 1], "AC": [2]})
    met_days = joint_days(list("ABC"), table)
    found = counted(met_days, 3, reruns([[0, 1, 2], [1, 2], []], 3))
    assert found[:, 0, 1].tolist() == found[:, 1, 0].tolist() == [2, 1, 0]
    assert found[:, 0, 2].tolist() == [1, 1, 0]


def test_who_met_one_day_fewer_than_the_core_asks_for_leaves() -> None:
    table = met({"AB": [0, 1, 2, 3], "AC": [0, 1, 2], "BC": [0, 1, 2], "AD": [0], "BD": [0, 3]})
    expected = np.full(6, 0.001)
    rule = core_rule(list("ABCD"), table, expected, level=0.05, at_least=3)
    everything, without_first = rule(reruns([[0, 1, 2, 3], [1, 2, 3]], 4))
    assert everything.tolist() == [True, True, True, True]
    assert without_first.tolist() == [True, True, True, False]  # D met B alone


def test_who_joined_by_growth_is_asked_for_days_with_two_companions() -> None:
    table = met({"AB": [0, 1, 2, 3], "AC": [0, 1, 2, 3], "BC": [0, 1, 2, 3],
                 "AD": [0, 1, 2], "BD": [0, 1, 2]})  # fmt: skip
    expected = np.array([0.01, 0.01, 5.0, 0.01, 5.0, 5.0])  # D is everywhere, and no part of a core
    rule = core_rule(list("ABCD"), table, expected, level=0.05, at_least=3)
    found = rule(reruns([[0, 1, 2, 3], [0, 1, 2], [1, 2, 3]], 4))
    assert found[:, 3].tolist() == [True, True, False]
    assert found[:, :3].all()


def test_in_company_the_count_of_joint_days_decides_and_who_loses_company_leaves() -> None:
    table = met({"AB": [0, 1, 2], "BC": [0, 1, 2], "AC": [0, 1, 2], "CD": [1, 2]})
    rule = company_rule(list("ABCD"), table, at_least=2)
    found = rule(reruns([[0, 1, 2], [0, 1], [0]], 3))
    assert found.tolist() == [[True] * 4, [True, True, True, False], [False] * 4]


def test_rules_do_not_depend_on_the_order_of_rows() -> None:
    draw = np.random.default_rng(5)
    table = met(
        {pair: draw.choice(12, 6).tolist() for pair in map("".join, combinations("ABCDE", 2))}
    )
    kept = reruns([draw.choice(12, 8, replace=False).tolist() for _ in range(6)], 12, 0.3)
    shuffled = table.sample(frac=1, random_state=1)
    for rule in (_core, _company):
        one, other = (rule(list("ABCDE"), rows)(kept) for rows in (table, shuffled))
        assert (one == other).all()


def _core(persons: list[str], rows: pd.DataFrame) -> Rule:
    return core_rule(persons, rows, np.full(10, 0.9), level=0.05, at_least=3)


def _company(persons: list[str], rows: pd.DataFrame) -> Rule:
    return company_rule(persons, rows, at_least=3)
