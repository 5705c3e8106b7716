"""Drawn pairs: counts against a plain loop, and p-values uniform where only chance is at work."""

from itertools import combinations

import numpy as np

from benchmarks.detection.pair_chance import counts_of, drawn_pairs, pair_values
from benchmarks.detection.uniformity import distance
from graphfraud.engine.visits import SECONDS_A_DAY, Visits

WINDOW, DAYS = 1800, 120


def chance_visits(persons: int, visits: int, seed: int, places: int = 2) -> Visits:
    """Return visits at random places, days and times of day: one stratum a place."""
    rng = np.random.default_rng(seed)
    group = np.sort(rng.integers(0, places, visits)).astype(np.int32)
    start = rng.integers(0, DAYS, visits) * SECONDS_A_DAY + rng.integers(28_800, 43_200, visits)
    person = rng.integers(0, persons, visits).astype(np.int32)
    order = np.lexsort((person, start, group))
    window = np.full(visits, WINDOW, np.int32)
    return Visits(
        person[order], group, start[order].astype(np.int64), group, window, persons, places
    )


def days_together(visits: Visits) -> dict[tuple[int, int], int]:
    """Return the joint days of every pair, by comparing all visits with each other."""
    days: dict[tuple[int, int], set[int]] = {}
    rows = list(
        zip(visits.group.tolist(), visits.start.tolist(), visits.person.tolist(), strict=True)
    )
    for (g, s, p), (h, t, q) in combinations(rows, 2):
        if g == h and p != q and t - s <= WINDOW:
            days.setdefault((min(p, q), max(p, q)), set()).add((s if p < q else t) // SECONDS_A_DAY)
    return {pair: len(on) for pair, on in days.items()}


def test_counts_are_those_of_a_plain_loop_and_nought_for_strangers() -> None:
    visits = chance_visits(12, 150, seed=3)
    known = days_together(visits)
    pairs = list(combinations(range(12), 2))
    a, b = np.array(pairs, np.int32).T.copy()
    assert counts_of(visits, a, b).tolist() == [known.get(pair, 0) for pair in pairs]
    assert len(known) < len(pairs)


def test_drawn_pairs_are_distinct_ordered_and_of_persons_with_visits_enough() -> None:
    visits = chance_visits(40, 150, seed=4)
    a, b = drawn_pairs(visits, 4, 5_000, np.random.default_rng(1))
    often = np.bincount(visits.person, minlength=40) >= 4
    assert (a < b).all()
    assert often[a].all()
    assert often[b].all()
    assert len(set(zip(a.tolist(), b.tolist(), strict=True))) == len(a)
    able = int(often.sum())
    assert len(a) == able * (able - 1) // 2  # so many draws take every pair


def test_strangers_have_uniform_p_values() -> None:
    visits = chance_visits(300, 9_000, seed=5, places=4)
    for exchanged in (False, True):
        drawn = pair_values(
            visits, at_least=3, dispersion=0.0, draws=60_000, seed=6, exchanged=exchanged
        )
        assert len(drawn) > 10_000
        assert distance(drawn).statistic < 0.03


def in_company(visits: Visits, members: int, days: int) -> Visits:
    """Return the visits and those of new persons who come together on so many days."""
    day = np.repeat(np.arange(days) * 5 * SECONDS_A_DAY + 36_000, members)
    person = visits.n_persons + np.tile(np.arange(members), days)
    start = np.concatenate((visits.start, day + 60 * np.tile(np.arange(members), days)))
    who = np.concatenate((visits.person, person)).astype(np.int32)
    group = np.concatenate((visits.group, np.zeros(members * days, np.int32)))
    order = np.lexsort((who, start, group))
    window = np.full(len(who), WINDOW, np.int32)
    persons = visits.n_persons + members
    return Visits(
        who[order], group[order], start[order], group[order], window, persons, visits.n_strata
    )


def test_company_shows_until_its_dates_are_exchanged() -> None:
    visits = in_company(chance_visits(3_000, 6_000, seed=7), members=12, days=12)
    often = {"at_least": 12, "dispersion": 0.0, "draws": 5_000, "seed": 6}  # the company alone
    together = pair_values(visits, **often)  # type: ignore[arg-type]
    assert len(together) == 12 * 11 // 2
    assert together.max() < 1e-6
    apart = pair_values(visits, **often, exchanged=True)  # type: ignore[arg-type]
    assert distance(apart).chance > 0.001


def test_nobody_with_visits_enough_gives_no_pairs() -> None:
    assert (
        len(pair_values(chance_visits(50, 20, 1), at_least=9, dispersion=0, draws=9, seed=1)) == 0
    )
