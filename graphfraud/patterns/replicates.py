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
from graphfraud.engine.visits import Visits
from graphfraud.network.permutation import shuffled_dates
from graphfraud.network.significance import dispersion
from graphfraud.patterns.extraction import Rule, extract
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

    pairs = []
    with ThreadPoolExecutor(threads) as pool:
        for done, found in enumerate(pool.map(counted, range(replicates)), 1):
            pairs.append(found)
            progress("replicates", done, replicates)
    kappa = _dispersion(pairs, family)
    best = [_best(law, n, found, rule, family, kappa, compared) for n, found in enumerate(pairs)]
    return Null(kappa, tuple(best))


def replicate(visits: Visits, seed: int, number: int, compared: Flags | None = None) -> Visits:
    """Return the compared visits (None: all) with dates exchanged among all, in canonical order."""
    generator = np.random.default_rng([seed, number])
    start = shuffled_dates(visits.stratum, visits.start, generator)
    order = visits.redated(start)
    order = order if compared is None else order[compared[order]]
    return replace(
        visits,
        person=visits.person[order],
        group=visits.group[order],
        start=start[order],
        stratum=visits.stratum[order],
        window=visits.window[order],
    )


def _dispersion(pairs: list[Pairs], family: int) -> float:
    observed = np.concatenate([found.observed for found in pairs] or [np.zeros(0, np.int32)])
    expected = np.concatenate([found.expected for found in pairs] or [np.zeros(0)])
    return dispersion(observed, expected, max(1, family * len(pairs)))


def _best(
    law: DateExchange,
    number: int,
    pairs: Pairs,
    rule: Rule,
    family: int,
    kappa: float,
    compared: Flags | None,
) -> float:
    """Return the strongest group of one replicate; made again only where it has ties at all."""
    if not len(pairs.a):
        return 0.0
    again = replicate(law.visits, rule.seed, number, compared)
    everyone = None if compared is None else replicate(law.visits, rule.seed, number)
    groups = extract(
        again, pairs, law, rule=rule, family=family, dispersion=kappa, everyone=everyone
    )
    return groups[0].statistic if groups else 0.0
