"""Groups out of visits: the planted ones whole, and none where nobody acts together."""

from itertools import combinations

import numpy as np
import pytest

from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Visits
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.extraction import (
    Extracted,
    Rule,
    _distinct,
    _strength,
    able,
    all_counts,
    all_pairs,
    extract,
)
from graphfraud.patterns.ties import counted_pairs, family_size
from tests.patterns.simulated import Planted, simulated, visits_of

RULE = Rule(at_least=3, faint_ties=0.1, resolution=0.1, smallest=3, join_level=0.05, seed=1)
RING = Planted((3, 30, 60, 90, 120), 12, (0.9,) * 5)


def found(visits: Visits) -> list[Extracted]:
    law = DateExchange(visits)
    pairs = counted_pairs(visits, law, 3, 2)
    family = family_size(visits, 3)
    parts = RULE.parts(able(visits, 3), pairs, family, 0.0)
    return extract(visits, parts, law, rule=RULE)


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_group_is_found_and_nobody_else(seed: int) -> None:
    groups = found(visits_of(simulated(seed, planted=RING)))
    assert [group.persons.tolist() for group in groups] == [list(RING.persons)]


def test_a_faint_member_belongs_to_the_group() -> None:
    faint = Planted((*RING.persons, 7), 14, (0.9,) * 5 + (0.5,))
    groups = found(visits_of(simulated(8, planted=faint)))
    assert [group.persons.tolist() for group in groups] == [sorted(faint.persons)]


@pytest.mark.parametrize("seed", range(20, 30))
def test_where_nobody_acts_together_there_is_no_group(seed: int) -> None:
    assert found(visits_of(simulated(seed))) == []


def test_the_strength_counts_every_pair_seen_or_not() -> None:
    visits = visits_of(simulated(2, planted=RING))
    law, persons = DateExchange(visits), np.array([3, 30, 31], np.int32)
    pairs, one = counted_pairs(visits, law, 1, 1), _strength(all_counts(visits, [persons], law)[0])
    every = pair_counts(visits)
    seen = dict(zip(zip(every.a.tolist(), every.b.tolist(), strict=True), every.count, strict=True))
    assert one.observed == sum(seen.get(pair, 0) for pair in combinations([3, 30, 31], 2))
    lambdas = dict(
        zip(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True), pairs.expected, strict=True)
    )
    assert one.persons.tolist() == persons.tolist()
    assert one.expected >= sum(lambdas.get(pair, 0) for pair in combinations([3, 30, 31], 2))
    assert one.statistic == log_likelihood_ratio(one.observed, one.expected) > 0


def test_pairs_are_every_two_of_the_persons_in_order() -> None:
    a, b = all_pairs(np.array([2, 5, 9], np.int32))
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(2, 5), (2, 9), (5, 9)]
    assert [len(part) for part in all_pairs(np.array([2], np.int32))] == [0, 0]


def test_a_group_inside_another_is_told_once() -> None:
    parts = [np.array(part, np.int32) for part in ([1, 2, 3], [7, 8, 9], [1, 2, 3, 4], [7, 8, 9])]
    assert [part.tolist() for part in _distinct(parts)] == [[1, 2, 3, 4], [7, 8, 9]]


def test_pairs_of_several_parts_are_counted_as_if_each_stood_alone() -> None:
    visits = visits_of(simulated(2, planted=RING))
    law = DateExchange(visits)
    parts = [np.array(part, np.int32) for part in ([3, 30, 60], [90, 120, 121], [5, 6])]
    together = all_counts(visits, parts, law)
    for part, pairs in zip(parts, together, strict=True):
        (alone,) = all_counts(visits, [part], law)
        assert pairs.a.tolist() == alone.a.tolist()
        assert pairs.observed.tolist() == alone.observed.tolist()
        assert pairs.expected.tolist() == alone.expected.tolist()
    assert all_counts(visits, [], law) == []


def test_only_persons_with_visits_enough_count_for_the_share_of_faint_ties() -> None:
    visits = visits_of(simulated(2))
    counts = np.bincount(visits.person)
    assert able(visits, 20) == (counts >= 20).sum() < able(visits, 3)
    assert able(visits.at(np.zeros(0, np.int64)), 3) == 0


def faint_ring() -> Planted:
    """Return eight who each skip four meetings of ten: no pair is sure to meet thrice."""
    return Planted(tuple(range(3, 83, 10)), 9, (0.6,) * 8)


@pytest.mark.parametrize("seed", range(50, 56))
def test_a_group_no_pair_of_which_proves_much_is_found_whole(seed: int) -> None:
    ring = faint_ring()
    groups = found(visits_of(simulated(seed, planted=ring, persons=400, places=8)))
    assert groups
    members = set(groups[0].persons.tolist())
    assert len(members & set(ring.persons)) >= 6
    assert len(members - set(ring.persons)) == 0
