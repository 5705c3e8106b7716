"""From visits to groups: the one extractor, the same on the real data and on every replicate."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Ints, Visits
from graphfraud.network.communities import communities
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.growth import grown
from graphfraud.patterns.ties import Pairs, Ties, validated


@dataclass(frozen=True)
class Rule:
    """How groups are taken from visits; every field is a parameter of the pattern.

    chance_ties: how many ties chance may show for each person, over the whole family of pairs.
    """

    at_least: int
    chance_ties: float
    resolution: float
    smallest: int
    join_level: float
    seed: int

    def ties_by_chance(self, visits: Visits) -> float:
        """Return how many ties chance may show among the persons of these visits."""
        return self.chance_ties * visits.n_persons


@dataclass(frozen=True)
class Extracted:
    """One group: person codes, joint days and expectation over all its pairs, and the statistic."""

    persons: Ints
    observed: int
    expected: float
    statistic: float


def extract(
    visits: Visits, pairs: Pairs, law: DateExchange, *, rule: Rule, family: int, dispersion: float
) -> tuple[Ties, list[Extracted]]:
    """Return the validated ties and the groups they hold, strongest first."""
    by_chance = rule.ties_by_chance(visits)
    ties = validated(pairs, family=family, by_chance=by_chance, dispersion=dispersion)
    parts = communities(
        ties.a, ties.b, resolution=rule.resolution, seed=rule.seed, smallest=rule.smallest
    )
    members = [grown(visits, part, level=rule.join_level) for part in parts]
    parts = _distinct(members)
    inside = visits.of(_marked(visits, parts))
    groups = [strength(inside, part, law) for part in parts]
    return ties, sorted(groups, key=lambda group: (-group.statistic, group.persons.tolist()))


def _distinct(members: list[Ints]) -> list[Ints]:
    """Drop a group that lies wholly inside another, and doubles."""
    kept: list[frozenset[int]] = []
    for part in sorted(members, key=lambda part: (-len(part), part.tolist())):
        persons = frozenset(part.tolist())
        if not any(persons <= larger for larger in kept):
            kept.append(persons)
    return [np.array(sorted(persons), np.int32) for persons in kept]


def _marked(visits: Visits, parts: list[Ints]) -> NDArray[np.bool_]:
    """Return per person whether they are in any of the parts."""
    member = np.zeros(visits.n_persons, bool)
    for part in parts:
        member[part] = True
    return member


def strength(visits: Visits, persons: Ints, law: DateExchange) -> Extracted:
    """Return the group's joint days against chance, over every pair in it, seen or not."""
    inside = visits.of(_marked(visits, [persons]))
    observed = int(pair_counts(inside, threads=1).count.sum())
    expected = float(law.expected(*all_pairs(persons)).sum())
    statistic = log_likelihood_ratio(observed, expected)
    return Extracted(persons, observed, expected, statistic)


def all_pairs(persons: Ints) -> tuple[Ints, Ints]:
    """Return every pair a < b of the sorted codes, sorted by (a, b)."""
    pairs = np.array(list(combinations(persons.tolist(), 2)), np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
