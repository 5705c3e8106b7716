"""The same search on data in which nobody acts together: what chance alone would have shown.

R replicates with dates exchanged within strata. Their pair counts say how much wider than Poisson
chance is (κ); the best group that the same extractor finds in each says how strong a group must be
for its family-wise p-value, (1 + replicates at least as strong) / (1 + R).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Ints, Visits
from graphfraud.network.permutation import shuffled_dates
from graphfraud.network.significance import dispersion
from graphfraud.patterns.extraction import Rule, able, extract
from graphfraud.patterns.ties import Pairs, counted_pairs
from graphfraud.progress import Progress

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Null:
    """κ, and the best statistic of each replicate (0 where a replicate shows no group)."""

    dispersion: float
    best: tuple[float, ...]

    def p_value(self, statistic: float) -> float:
        """Return the chance that clean data of the same traffic shows a group as strong."""
        beaten = sum(best >= statistic for best in self.best)
        return (1 + beaten) / (1 + len(self.best))


def null(
    law: DateExchange,
    *,
    rule: Rule,
    family: int,
    replicates: int,
    threads: int,
    progress: Progress,
    compared: Flags | None = None,
) -> Null:
    """Run the replicates of the law's visits and return what chance alone shows.

    compared: which visits are compared (None: all); all of them exchange their dates.
    """

    def counted(number: int) -> Pairs:
        again = replicate(law.visits, rule.seed, number, compared)
        return counted_pairs(again, law, rule.at_least, 1)

    seen = law.visits if compared is None else law.visits.at(np.flatnonzero(compared))
    persons = able(seen, rule.at_least)  # as many in every replicate: visits keep their person

    def best(number: int) -> float:
        parts = rule.parts(persons, pairs[number], family, kappa)
        return _best(law, number, parts, rule, compared) if parts else 0.0

    pairs = []
    with ThreadPoolExecutor(threads) as pool:
        for done, found in enumerate(pool.map(counted, range(replicates)), 1):
            pairs.append(found)
            progress("replicates", done, replicates)
        kappa = _dispersion(pairs, family)
        return Null(kappa, tuple(pool.map(best, range(replicates))))


def replicate(visits: Visits, seed: int, number: int, compared: Flags | None = None) -> Visits:
    """Return the compared visits (None: all) with dates exchanged among all, in canonical order."""
    generator = np.random.default_rng([seed, number])
    start = shuffled_dates(*visits.by_stratum, visits.start, generator)
    order = visits.redated(start)
    order = order if compared is None else order[compared[order]]
    return replace(
        visits,
        person=visits.person[order],
        group=visits.group if compared is None else visits.group[order],  # each stays together
        start=start[order],
        stratum=visits.stratum[order],
        window=visits.window[order],
    )


def _dispersion(pairs: list[Pairs], family: int) -> float:
    observed = np.concatenate([found.observed for found in pairs] or [np.zeros(0, np.int32)])
    expected = np.concatenate([found.expected for found in pairs] or [np.zeros(0)])
    return dispersion(observed, expected, max(1, family * len(pairs)))


def _best(
    law: DateExchange, number: int, parts: list[Ints], rule: Rule, compared: Flags | None
) -> float:
    """Return the strongest group of one replicate, which is made again for it."""
    again = replicate(law.visits, rule.seed, number, compared)
    everyone = None if compared is None else replicate(law.visits, rule.seed, number)
    groups = extract(again, parts, law, rule=rule, everyone=everyone)
    return groups[0].statistic if groups else 0.0
