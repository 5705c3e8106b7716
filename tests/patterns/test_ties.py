"""Ties against brute force: the family, and which pairs beat chance."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Visits
from graphfraud.patterns import ties
from graphfraud.patterns.ties import Pairs, counted_pairs, family_size, validated
from tests.patterns.simulated import Planted, simulated, visits_of

RING = Planted(tuple(range(6)), 12, (0.9,) * 6)


def family_by_hand(visits: Visits, at_least: int) -> int:
    known = visits.stratum >= 0
    often = Counter(visits.person[known].tolist())
    groups: dict[int, set[int]] = {}
    for person, group in zip(
        visits.person[known].tolist(), visits.group[known].tolist(), strict=True
    ):
        groups.setdefault(group, set()).add(person)
    able = ({p for p in members if often[p] >= at_least} for members in groups.values())
    return sum(len(list(combinations(members, 2))) for members in able)


def some_out(visits: Visits, seed: int) -> Visits:
    """Return the visits with a tenth of them outside all strata."""
    lot = np.random.default_rng(seed).random(len(visits.stratum))
    stratum = np.where(lot < 0.1, -1, visits.stratum).astype(np.int32)
    return Visits(
        visits.person, visits.group, visits.start, stratum, visits.window,
        visits.n_persons, visits.n_strata,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("at_least", [1, 3, 6])
@pytest.mark.parametrize("compiled", [True, False])
def test_the_family_is_every_pair_that_could_meet(
    seed: int, at_least: int, compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = some_out(visits_of(simulated(seed, persons=40, mean_visits=5)), seed)
    if not compiled:
        monkeypatch.setattr(ties, "_presence", ties._presence.py_func)
    assert family_size(visits, at_least) == family_by_hand(visits, at_least)


def test_no_visits_have_no_family() -> None:
    assert family_size(visits_of(simulated(1, persons=0)), 3) == 0


def test_ties_pass_by_the_number_that_chance_would_show_and_tell_their_q() -> None:
    visits = visits_of(simulated(3, planted=RING))
    pairs, family = counted_pairs(visits, DateExchange(visits), 3, 1), family_size(visits, 3)
    found = validated(pairs, family=family, by_chance=0.01, dispersion=0.0)
    p = stats.poisson.sf(pairs.observed - 1, pairs.expected)
    whole = np.concatenate((p, np.ones(family - len(p))))
    q = stats.false_discovery_control(whole)[: len(p)]
    keep = p * family <= 0.01
    assert 0 < keep.sum() < len(p)
    assert list(zip(found.a, found.b, strict=True)) == list(
        zip(pairs.a[keep], pairs.b[keep], strict=True)
    )
    np.testing.assert_allclose(found.q, q[keep])
    assert found.level == found.p.max()


def test_the_true_ties_of_others_do_not_lower_the_bar() -> None:
    """One faint pair is judged alike alone and beside a thousand couples."""
    few, many = np.zeros(1, np.int32), np.zeros(1_001, np.int32)
    faint, couples = Pairs(few, few + 1, few + 4, np.full(1, 0.03)), few + 40
    observed = np.concatenate((faint.observed, np.repeat(couples, 1_000)))
    crowd = Pairs(many, many + 1, observed, np.full(1_001, 0.03))
    alone, beside = (
        validated(pairs, family=10**8, by_chance=0.01, dispersion=0.0) for pairs in (faint, crowd)
    )
    assert (len(alone.p), len(beside.p)) == (0, 1_000)
    assert stats.poisson.sf(3, 0.03) * 10**8 / 1_001 < 0.01, "a false-discovery rate would pass it"


def test_every_pair_of_a_planted_group_is_a_tie() -> None:
    visits = visits_of(simulated(3, planted=Planted(RING.persons, 12, (1.0,) * 6)))
    pairs = counted_pairs(visits, DateExchange(visits), 3, 2)
    found = validated(pairs, family=family_size(visits, 3), by_chance=0.01, dispersion=0.0)
    assert set(zip(found.a.tolist(), found.b.tolist(), strict=True)) == set(
        combinations(range(6), 2)
    )


def test_no_pairs_have_no_ties() -> None:
    empty, zero = np.zeros(0, np.int32), np.zeros(0)
    found = validated(Pairs(empty, empty, empty, zero), family=5, by_chance=0.01, dispersion=0.0)
    assert (len(found.a), found.level) == (0, 0.0)
