"""From visits to groups: the one extractor, the same on the real data and on every replicate.

Ties at a level at which chance shows so few that they hardly touch (their random graph is far below
the point where it would grow together, Erdős & Rényi 1960) are cut into communities; a member stays
whom more than one other holds there. So a faint group, no pair of which proves anything by itself,
is seen whole, and the pairs that chance shows fall away.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Ints, Visits
from graphfraud.network.communities import communities
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.attendance import attendance
from graphfraud.patterns.company import days_in_company, expected_in_company, gathered
from graphfraud.patterns.core import core
from graphfraud.patterns.growth import grown
from graphfraud.patterns.ties import Pairs, validated


@dataclass(frozen=True)
class Rule:
    """How groups are taken from visits; every field is a parameter of the pattern.

    faint_ties: how many of the ties that groups are sought in chance may show for each person.
    """

    at_least: int
    faint_ties: float
    resolution: float
    smallest: int
    join_level: float
    seed: int

    def parts(self, able: int, pairs: Pairs, family: int, dispersion: float) -> list[Ints]:
        """Return the communities in which groups are sought; able: persons with visits enough."""
        by_chance = self.faint_ties * able
        ties = validated(pairs, family=family, by_chance=by_chance, dispersion=dispersion)
        return communities(
            ties.a, ties.b, resolution=self.resolution, seed=self.seed, smallest=self.smallest
        )


def able(visits: Visits, at_least: int) -> int:
    """Return how many persons have visits enough to have a tie."""
    counted = visits.person[visits.stratum >= 0]
    return int((np.bincount(counted, minlength=1) >= at_least).sum())


@dataclass(frozen=True)
class Extracted:
    """One group: person codes, all its pairs, their joint days and λ in sum, and the statistic."""

    persons: Ints
    pairs: "Within"
    observed: int
    expected: float
    statistic: float


def extract(
    visits: Visits,
    parts: list[Ints],
    law: DateExchange,
    *,
    rule: Rule,
    everyone: Visits | None = None,
) -> list[Extracted]:
    """Return the groups in the communities `parts` (of Rule.parts), strongest first.

    everyone: all visits where `visits` are only the repeated ones of a rare kind of care; groups
    are then tested by their attendance (patterns.attendance), and joint days count in company.
    """
    cores = _cores(parts, all_counts(visits, parts, law), rule)
    whole = [grown(visits, part, level=rule.join_level, at_least=rule.at_least) for part in cores]
    if everyone is not None:
        whole = [gathered(visits, part, at_least=rule.at_least) for part in whole]
    kept = _distinct([part for part in whole if len(part) >= rule.smallest])
    within = all_counts(visits, kept, law)
    groups = [_strength(pairs) for pairs in within]
    if everyone is not None:
        able = np.bincount(visits.person, minlength=visits.n_persons) >= rule.at_least
        groups = [
            _in_company(visits, pairs, attendance(everyone, part, able))
            for part, pairs in zip(kept, within, strict=True)
        ]
    return sorted(groups, key=lambda group: (-group.statistic, group.persons.tolist()))


def _distinct(members: list[Ints]) -> list[Ints]:
    """Drop a group that lies wholly inside another, and doubles."""
    kept: list[frozenset[int]] = []
    for part in sorted(members, key=lambda part: (-len(part), part.tolist())):
        persons = frozenset(part.tolist())
        if not any(persons <= larger for larger in kept):
            kept.append(persons)
    return [np.array(sorted(persons), np.int32) for persons in kept]


@dataclass(frozen=True)
class Within:
    """Every pair of persons of one part, seen or not: codes a < b, joint days, λ; sorted."""

    a: Ints
    b: Ints
    observed: Ints
    expected: NDArray[np.float64]


def all_counts(visits: Visits, parts: list[Ints], law: DateExchange) -> list[Within]:
    """Return the pairs of each part with their joint days and expectation, however few."""
    if not parts:
        return []
    member = np.zeros(visits.n_persons, bool)
    member[np.concatenate(parts)] = True
    seen = pair_counts(visits.of(member), threads=1)
    met = seen.a.astype(np.int64) * visits.n_persons + seen.b
    return [_within(part, met, seen.count, law, visits.n_persons) for part in parts]


def _within(
    part: Ints, met: NDArray[np.int64], count: Ints, law: DateExchange, n_persons: int
) -> Within:
    a, b = all_pairs(part)
    key = a.astype(np.int64) * n_persons + b
    at = np.minimum(np.searchsorted(met, key), max(0, len(met) - 1))
    known = met[at] == key if len(met) else np.zeros(len(key), bool)
    observed = np.where(known, count[at] if len(met) else 0, 0).astype(np.int32)
    return Within(a, b, observed, law.expected(a, b))


def _cores(parts: list[Ints], within: list[Within], rule: Rule) -> list[Ints]:
    """Return the core of each part that has one."""
    found = [
        core(part, pairs.a, pairs.b, pairs.observed, pairs.expected, level=rule.join_level)
        for part, pairs in zip(parts, within, strict=True)
    ]
    return [part for part in found if len(part) >= rule.smallest]


def _in_company(visits: Visits, pairs: Within, statistic: float) -> Extracted:
    """Return the group with its joint days in company, and the statistic of its attendance."""
    persons = np.union1d(pairs.a, pairs.b).astype(np.int32)
    a, b = days_in_company(visits, persons)
    key = pairs.a.astype(np.int64) * visits.n_persons + pairs.b
    at = np.searchsorted(key, a.astype(np.int64) * visits.n_persons + b)
    observed = np.bincount(at, minlength=len(key)).astype(np.int32)
    visits_of = np.bincount(visits.person, minlength=visits.n_persons)[persons].astype(np.int32)
    expected = expected_in_company(persons, visits_of, pairs.a, pairs.b, pairs.expected)
    total = int(observed.sum()), float(expected.sum())
    return Extracted(persons, Within(pairs.a, pairs.b, observed, expected), *total, statistic)


def _strength(pairs: Within) -> Extracted:
    """Return the group's joint days against chance, over every pair in it, seen or not."""
    observed, expected = int(pairs.observed.sum()), float(pairs.expected.sum())
    persons = np.union1d(pairs.a, pairs.b).astype(np.int32)
    return Extracted(persons, pairs, observed, expected, log_likelihood_ratio(observed, expected))


def all_pairs(persons: Ints) -> tuple[Ints, Ints]:
    """Return every pair a < b of the sorted codes, sorted by (a, b)."""
    pairs = np.array(list(combinations(persons.tolist(), 2)), np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
