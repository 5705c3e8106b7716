"""On data in which nobody is sent anywhere, the p-values promise no more than they keep."""

import numpy as np
from scipy import stats

from graphfraud.patterns.doctor_pharmacy_pairs import exchanged, margins, measured
from graphfraud.patterns.doctor_pharmacy_patients import Seen, sent
from graphfraud.patterns.doctor_pharmacy_search import search
from tests.patterns.referrals import simulated

SETS = 100


def test_clean_sets_show_a_pair_no_oftener_than_the_level() -> None:
    best = []
    for seed in range(SETS):
        found = search(
            simulated(seed, clinics=3, patients=300), at_least=3, level=0.004, cut=1e9, seed=seed
        )
        best.append(min(1.0, float(found.p.min(initial=1.0)) * found.family))
    for level in (0.004, 0.05, 0.2):
        hits = sum(p <= level for p in best)
        assert hits <= stats.binom.ppf(0.99, SETS, level)


def test_p_values_of_all_pairs_are_no_smaller_than_uniform() -> None:
    p = []
    for seed in range(10):
        found = simulated(seed)
        among = margins(found, 3)
        used = np.ones(len(found), bool)
        pairs = measured(found, among.seat, among.pharmacy, used, 16.0)
        p.append(pairs.p_values(np.zeros(2))[:, 0])
    assert stats.kstest(np.concatenate(p), "uniform", alternative="greater").pvalue > 0.01


def test_exchanged_doctors_keep_every_margin() -> None:
    found = simulated(1)
    mixed = exchanged(found, np.random.default_rng(1))
    assert (np.bincount(found.doctor) == np.bincount(mixed.doctor)).all()
    kept = ("person", "facility", "pharmacy", "day", "season")
    rows = [
        sorted(zip(*(getattr(data, name) for name in kept), strict=True)) for data in (found, mixed)
    ]
    assert rows[0] == rows[1]
    per_season = [
        sorted(zip(data.season.tolist(), data.doctor.tolist(), strict=True))
        for data in (found, mixed)
    ]
    assert per_season[0] == per_season[1]
    assert (found.person != mixed.person).any()


def test_the_sent_are_told_from_those_who_came_by_chance() -> None:
    generator = np.random.default_rng(2)
    visits = generator.integers(2, 6, 400)
    is_sent = np.arange(400) < 60
    share = np.full(400, 0.3)
    followed = generator.binomial(visits, np.where(is_sent, 0.8, 0.15))
    there = generator.binomial(followed, np.where(is_sent, 0.95, 0.3))
    found = sent(Seen(visits, followed, there, share)) > 0.5
    assert (found & is_sent).sum() >= 0.8 * 60
    assert (found & ~is_sent).sum() <= 0.1 * 60
