"""Replicates: visits in order, reproducible, and the p-value they give."""

from collections import Counter

import numpy as np
import pytest

from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import SECONDS_A_DAY, Visits
from graphfraud.network.permutation import shuffled_dates
from graphfraud.patterns.extraction import Rule
from graphfraud.patterns.replicates import Null, null, replicate
from graphfraud.patterns.ties import family_size
from graphfraud.progress import silent
from tests.patterns.simulated import Planted, simulated, visits_of

RULE = Rule(at_least=3, faint_ties=0.1, resolution=0.1, smallest=3, join_level=0.05, seed=1)
RING = Planted(tuple(range(6)), 14, (0.9,) * 6)


def rows(visits: Visits) -> list[tuple[int, ...]]:
    arrays = (visits.group, visits.start, visits.person, visits.stratum, visits.window)
    return list(zip(*(array.tolist() for array in arrays), strict=True))


def test_who_goes_where_at_which_hour_stays() -> None:
    visits = visits_of(simulated(1))
    shuffled = replicate(visits, 5, 0)

    def habits(one: Visits) -> Counter[tuple[int, ...]]:
        return Counter((g, s % SECONDS_A_DAY, p, t, w) for g, s, p, t, w in rows(one))

    assert habits(shuffled) == habits(visits)
    assert rows(shuffled) != rows(visits)


def test_the_visits_are_in_canonical_order_again() -> None:
    shuffled = replicate(visits_of(simulated(1)), 5, 0)
    keys = list(zip(shuffled.group.tolist(), shuffled.start.tolist(), strict=True))
    assert keys == sorted(keys)


def test_seed_and_number_decide() -> None:
    visits = visits_of(simulated(1))
    assert rows(replicate(visits, 5, 0)) == rows(replicate(visits, 5, 0))
    assert rows(replicate(visits, 5, 0)) != rows(replicate(visits, 5, 1))
    assert rows(replicate(visits, 5, 0)) != rows(replicate(visits, 6, 0))


def run(visits: Visits, replicates: int = 9, threads: int = 2, rate: float = 0.1) -> Null:
    rule = Rule(3, rate, 0.1, 3, 1e6 if rate > 1 else 0.05, 1)
    family = family_size(visits, 3)
    return null(
        DateExchange(visits),
        rule=rule,
        family=family,
        replicates=replicates,
        threads=threads,
        progress=silent,
    )


def test_threads_change_nothing() -> None:
    visits = visits_of(simulated(4, planted=RING))
    assert run(visits, rate=1e7, threads=1) == run(visits, rate=1e7, threads=2)


def test_a_group_is_gone_once_dates_are_exchanged() -> None:
    chance = run(visits_of(simulated(4, planted=RING)))
    assert max(chance.best) < 20
    assert chance.best.count(0.0) >= 7


def test_a_lax_rule_shows_what_chance_alone_gives() -> None:
    """With every pair of three days a tie, replicates do show groups, each of some strength."""
    best = run(visits_of(simulated(4, mean_visits=40)), rate=1e7).best
    assert len(best) == 9
    assert min(best) > 0
    assert len(set(best)) > 1


def test_progress_is_told_of_every_replicate() -> None:
    told: list[tuple[str, int, int | None]] = []
    visits = visits_of(simulated(1, persons=20))
    null(
        DateExchange(visits), rule=RULE, family=100, replicates=3, threads=1,
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )  # fmt: skip
    assert told == [("replicates", n, 3) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("statistic", "wanted"), [(9.0, 1 / 5), (4.0, 2 / 5), (3.5, 2 / 5), (2.0, 4 / 5), (0.0, 1.0)]
)
def test_the_p_value_counts_replicates_at_least_as_strong(statistic: float, wanted: float) -> None:
    assert Null(0.0, (2.0, 4.0, 0.0, 2.0)).p_value(statistic) == wanted


def test_nobody_has_no_replicates_to_fear() -> None:
    chance = run(visits_of(simulated(1, persons=0)), replicates=2)
    assert (chance.dispersion, chance.best) == (0.0, (0.0, 0.0))
    assert np.isclose(chance.p_value(1.0), 1 / 3)


def test_only_compared_visits_come_back_though_all_exchange_their_dates() -> None:
    visits = visits_of(simulated(1))
    compared = visits.person % 3 == 0
    whole, part = replicate(visits, 5, 0), replicate(visits, 5, 0, compared)
    kept = [row for row in rows(whole) if row[2] % 3 == 0]
    assert rows(part) == kept
    assert len(kept) == compared.sum()


def test_visits_of_one_start_stay_in_their_order() -> None:
    visits = visits_of(simulated(1))
    start = shuffled_dates(*visits.by_stratum, visits.start, np.random.default_rng([5, 0]))
    keys = list(zip(visits.group.tolist(), start.tolist(), strict=True))
    assert visits.redated(start).tolist() == sorted(range(len(keys)), key=keys.__getitem__)
