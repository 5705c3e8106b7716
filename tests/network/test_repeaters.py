"""Repeaters: thresholds in closed form, calibration on clean places, planted repeaters."""

import numpy as np
import pytest
from scipy import stats

from graphfraud.network.repeaters import (
    BY_CHANCE,
    Links,
    Margins,
    Rates,
    family_wise,
    joining,
    own_rates,
    repeaters,
)

PLACES, PERSONS = 30, 300
Case = tuple[Links, Margins, np.ndarray]


def world(
    seed: int,
    rate: float,
    *,
    spread: float = 1.0,
    places_spread: float = 0.3,
    planted: tuple[int, int] | None = None,
) -> Case:
    """Return a place × person world; planted: so many persons of place 0 get so many counts."""
    rng = np.random.default_rng([seed, int(rate * 1e6)])
    place = np.repeat(np.arange(PLACES), PERSONS)
    exposure = 1 + rng.poisson(6, len(place))
    own = rate * rng.gamma(1 / places_spread, places_spread, PLACES)
    count = rng.poisson(own[place] * exposure * rng.gamma(1 / spread, spread, len(place)))
    if planted:
        count[: planted[0]] += planted[1]
        exposure[: planted[0]] += 2 * planted[1]
    keys, persons = np.unique(place * 1000 + exposure, return_counts=True)
    seen = count > 0
    links = Links(place[seen], exposure[seen], count[seen])
    return links, Margins(keys // 1000, keys % 1000, persons, PLACES), np.flatnonzero(seen)


def judged(case: Case) -> tuple[np.ndarray, np.ndarray, Rates]:
    """Return how many stand out at each place, how many by chance, and the rates."""
    links, margins, _ = case
    strata = (np.arange(PLACES) % 3,)
    rates = own_rates(links, margins, strata)
    found = repeaters(links, margins, rates)
    return np.bincount(links.place[found.standing], minlength=PLACES), found.by_chance, rates


@pytest.mark.parametrize("rate", [0.0002, 0.005, 0.05])
def test_clean_places_have_repeaters_as_often_as_chance_says(rate: float) -> None:
    runs, smallest, seen, expected = 150, [], 0, 0.0
    for seed in range(runs):
        standing, by_chance, _ = judged(world(seed, rate))
        p = [
            family_wise(int(n), float(mu), PLACES)
            for n, mu in zip(standing, by_chance, strict=True)
        ]
        smallest.append(min(p))
        seen, expected = seen + int(standing.sum()), expected + float(by_chance.sum())
    assert seen <= max(2 * expected, expected + 4 * np.sqrt(expected + 1))
    for level in (0.002, 0.05):
        assert np.mean(np.array(smallest) <= level) <= level + 3 * np.sqrt(level / runs)


@pytest.mark.parametrize("rate", [0.0002, 0.002, 0.01])
def test_planted_repeaters_stand_out_one_by_one(rate: float) -> None:
    caught = others = 0
    for seed in range(10):
        case = world(seed, rate, planted=(10, 12))
        links, margins, who = case
        found = repeaters(links, margins, own_rates(links, margins, (np.arange(PLACES) % 3,)))
        caught += int((who[found.standing] < 10).sum())
        others += int((who[found.standing] >= 10).sum())
        standing, by_chance, _ = judged(case)
        assert family_wise(int(standing[0]), float(by_chance[0]), PLACES) < 1e-6
    assert caught >= 95
    assert others <= 10 * PLACES * BY_CHANCE


def test_a_place_that_errs_often_and_evenly_is_its_own_measure() -> None:
    links, margins, _ = world(1, 0.002)
    rng = np.random.default_rng(4)
    often = np.flatnonzero(margins.place == 7)
    exposure = np.repeat(margins.exposure[often], margins.persons[often])
    count = rng.poisson(0.15 * exposure)  # seventy times what its peers do
    rest, seen = links.place != 7, count > 0
    joined = Links(
        np.append(links.place[rest], np.full(int(seen.sum()), 7)),
        np.append(links.exposure[rest], exposure[seen]),
        np.append(links.count[rest], count[seen]),
    )
    rates = own_rates(joined, margins, (np.arange(PLACES) % 3,))
    assert rates.rate[7] == pytest.approx(0.15, rel=0.15)
    found = repeaters(joined, margins, rates)
    assert int(found.standing[joined.place == 7].sum()) == 0


def test_a_place_of_nothing_but_repeaters_is_not_its_own_excuse() -> None:
    links, margins, _ = world(1, 0.002)
    place = np.append(margins.place, PLACES)
    ring = Margins(
        place, np.append(margins.exposure, 12), np.append(margins.persons, 9), PLACES + 1
    )
    nine = np.full(9, 1)
    joined = Links(
        np.append(links.place, PLACES * nine),
        np.append(links.exposure, 12 * nine),
        np.append(links.count, 5 * nine),
    )
    rates = own_rates(joined, ring, (np.arange(PLACES + 1) % 3,))
    assert repeaters(joined, ring, rates).standing[-9:].all()


def test_rings_at_many_places_do_not_hide_each_other() -> None:
    links, margins, _ = world(3, 0.002)
    ring = np.array([4, 4, 4, 3, 2, 2, 2, 2, 2])
    at = np.repeat(np.arange(10), len(ring))
    joined = Links(
        np.append(links.place, at),
        np.append(links.exposure, 2 * np.tile(ring, 10)),
        np.append(links.count, np.tile(ring, 10)),
    )
    more = Margins(
        np.append(margins.place, at),
        np.append(margins.exposure, 2 * np.tile(ring, 10)),
        np.append(margins.persons, np.ones(len(at), np.int64)),
        PLACES,
    )
    rates = own_rates(joined, more, (np.zeros(PLACES, np.int64),))
    assert rates.spread.max() <= 2
    found = repeaters(joined, more, rates)
    standing = np.bincount(joined.place[found.standing], minlength=PLACES)
    assert (standing[:10] >= 3).all()
    assert standing[10:].sum() <= 1


def test_one_card_with_one_act_does_not_excuse_all_others_of_a_thin_place() -> None:
    links, margins, _ = world(1, 0.002)
    eight = np.full(8, PLACES)
    thin = Margins(
        np.append(margins.place, PLACES),
        np.append(margins.exposure, 17),
        np.append(margins.persons, 8),
        PLACES + 1,
    )
    joined = Links(
        np.append(links.place, eight),
        np.append(links.exposure, np.full(8, 17)),
        np.append(links.count, np.array([3, 3, 4, 3, 1, 3, 4, 2])),
    )
    rates = own_rates(joined, thin, (np.arange(PLACES + 1) % 3,))
    assert rates.rate[PLACES] < 0.02
    assert repeaters(joined, thin, rates).standing[-8:].sum() >= 6


def test_what_chance_gives_is_the_tail_at_the_first_count_that_is_rare_enough() -> None:
    margins = Margins(np.array([0, 0]), np.array([10, 100]), np.array([60, 40]), 1)
    rates = Rates(np.array([0.01]), np.array([1.0]))
    links = Links(np.array([0, 0]), np.array([10, 10]), np.array([3, 4]))
    found = repeaters(links, margins, rates)
    law = [stats.nbinom(1, 1 / (1 + mean)) for mean in (0.1, 1.0)]
    first = [min(t for t in range(2, 99) if one.sf(t - 1) <= BY_CHANCE / 100) for one in law]
    tails = [float(one.sf(t - 1)) for one, t in zip(law, first, strict=True)]
    assert found.by_chance == pytest.approx([60 * tails[0] + 40 * tails[1]])
    assert found.by_chance[0] <= BY_CHANCE
    assert found.standing.tolist() == [first[0] <= 3, first[0] <= 4]


def test_who_joins_may_be_there_by_chance_in_one_of_twenty_cases() -> None:
    margins = Margins(np.zeros(3, np.int64), np.array([1, 4, 40]), np.array([900, 50, 50]), 1)
    rates = Rates(np.array([0.004]), np.array([1.0]))
    exposure = np.array([4, 4, 4, 4, 4, 40, 1])
    links = Links(np.zeros(7, np.int64), exposure, np.array([4, 4, 2, 2, 2, 2, 1]))
    found = repeaters(links, margins, rates)
    assert found.standing.tolist() == [True, True, False, False, False, False, False]
    laws = {x: stats.nbinom(1, 1 / (1 + 0.004 * x)) for x in (1, 4, 40)}

    def chance(p: float) -> float:
        """Return how many of the 1000 persons reach p, each in steps of its own."""
        sizes = {1: 900, 4: 50, 40: 50}
        tails = {x: [laws[x].sf(k - 1) for k in range(1, 60)] for x in sizes}
        return sum(
            n * max((t for t in tails[x] if t <= p * (1 + 1e-9)), default=0.0)
            for x, n in sizes.items()
        )

    p = [laws[int(x)].sf(k - 1) for x, k in zip(exposure, links.count, strict=True)]
    share = [chance(one) / sum(other <= one * (1 + 1e-9) for other in p) for one in p]
    expected = [
        not stands and min(s for s, q in zip(share, p, strict=True) if q >= one) <= 0.05
        for one, stands in zip(p, found.standing, strict=True)
    ]
    joins = joining(links, margins, found.p, found.standing, (rates,))
    assert joins.tolist() == expected == [False, False, True, True, True, False, False]


def test_of_those_who_join_few_are_there_by_chance() -> None:
    joined = others = 0
    for seed in range(40):
        case = world(seed, 0.004, planted=(12, 5))
        links, margins, who = case
        rates = own_rates(links, margins, (np.arange(PLACES) % 3,))
        found = repeaters(links, margins, rates)
        faint = joining(links, margins, found.p, found.standing, (rates,)) | found.standing
        here = faint & (links.place == 0)
        joined, others = joined + int((who[here] < 12).sum()), others + int((who[here] >= 12).sum())
    assert joined >= 0.7 * 40 * 12
    assert others <= 0.1 * joined


def test_nothing_is_no_error() -> None:
    none = np.zeros(0, np.int64)
    empty = Links(none, none, none), Margins(none, none, none, 0)
    assert len(repeaters(*empty, own_rates(*empty, (none,))).p) == 0
