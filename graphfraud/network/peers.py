"""Counts against peers: how many a unit should have, by its exposure and by what its peers have.

A unit's expectation is its exposure times the pooled rate of its peers without itself. Fine strata
(region × kind × level) lean on coarser ones where they are thin: gamma shrinkage, as in empirical
Bayes rates (Clayton & Kaldor 1987, doi:10.2307/2532003). Honest peers differ by more than chance:
counts are gamma-Poisson, κ by maximum likelihood over the peers that do not stand out. Which those
are is found by a forward search (Atkinson & Riani 2000): begin with the least conspicuous four in
five, fit, take in all that the fit explains, until nothing changes. So neither one outlier nor
several that hide each other widen the law they are judged by.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from graphfraud.network.significance import DISPERSIONS, upper_tail

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

AT_FIRST = 0.8  # share of units the search begins with
STANDS_OUT = 0.005  # honest peers lose one unit in 200 searches: too rarely to narrow κ
STRATA_SPREAD = 0.25  # κ between a stratum and its parent: rates that differ by half are common
UNSEEN = 0.5  # events that are added where none was ever seen (Jeffreys)
SPREADS = tuple(kappa for kappa in DISPERSIONS if kappa <= 2)  # beyond, they are no peers
FALL = 1.353  # log-likelihood below the best: κ is the upper end of its one-sided 95 % interval
ROUNDS = 30


@dataclass(frozen=True)
class Peers:
    """What peers give each of n units.

    expected: λ (n); dispersion: κ of each unit's law (n), wider where few events speak for λ;
    spread: κ of honest peers; outlying: the units that stand out (n), left out of all fits.
    """

    expected: Floats
    dispersion: Floats
    spread: float
    outlying: Bools

    def tail(self, count: NDArray[np.integer]) -> Floats:
        """Return P(X ≥ count) of each unit."""
        return upper_tail(count, self.expected, self.dispersion)


def against_peers(
    count: NDArray[np.integer], exposure: NDArray[np.number], strata: Sequence[Ints] = ()
) -> Peers:
    """Return the expectation of each unit's count from its peers, without itself.

    count, exposure: n, exposure ≥ 0; strata: codes (n) from the finest to the coarsest; behind them
    stand all units together.

    >>> found = against_peers(np.array([5, 5, 5, 40]), np.array([10, 10, 10, 10]))
    >>> found.expected.round(1).tolist(), found.outlying.tolist()
    ([5.2, 5.2, 5.2, 5.2], [False, False, False, True])
    """
    events, weight = count.astype(np.float64), exposure.astype(np.float64)
    kept = _inconspicuous(events, weight)
    for _ in range(ROUNDS):
        expected, support = _expected(events, weight, kept, strata)
        spread = _spread(events[kept], expected[kept])
        dispersion = spread + 1 / support
        explained = upper_tail(count, expected, dispersion) >= STANDS_OUT / max(1, len(count))
        if (explained == kept).all():
            break
        kept = explained
    return Peers(expected, dispersion, spread, ~kept)


def _inconspicuous(events: Floats, weight: Floats) -> Bools:
    """Return the four in five units whose count is the least surprising under one common rate."""
    common = (events.sum() + UNSEEN) / max(weight.sum(), 1.0)
    # κ = 1, or many events would make a unit look stranger than a rate far off does.
    surprise = upper_tail(events.astype(np.int64), weight * common, 1.0)
    out = len(events) - int(np.ceil(AT_FIRST * len(events)))
    kept = np.ones(len(events), np.bool_)
    # At least one unit is put to the test wherever there are peers to test it by.
    kept[np.argsort(surprise, kind="stable")[: max(out, int(len(events) > 2))]] = False
    return kept


def _expected(
    events: Floats, weight: Floats, kept: Bools, strata: Sequence[Ints]
) -> tuple[Floats, Floats]:
    """Return λ and, in events, how much speaks for it: all but the unit itself, coarse to fine."""
    everything = np.zeros(len(events), np.int64)
    seen, under = _others(events, kept, everything), _others(weight, kept, everything)
    support = seen + UNSEEN
    rate = support / np.maximum(under, 1.0)
    say = 1 / STRATA_SPREAD
    for stratum in reversed(strata):
        seen, under = _others(events, kept, stratum), _others(weight, kept, stratum)
        rate = (seen + say) / (under + say / rate)
        support = seen + np.minimum(say, support)
    return weight * rate, support


def _others(values: Floats, kept: Bools, stratum: Ints) -> Floats:
    """Return the sum over the kept units of each unit's stratum, without the unit itself."""
    mine = np.where(kept, values, 0.0)
    if not len(stratum):
        return mine
    return np.asarray(np.maximum(np.bincount(stratum, mine)[stratum] - mine, 0.0))


def _spread(events: Floats, expected: Floats) -> float:
    """Return κ: the widest of SPREADS that the counts do not speak against."""
    fit = np.array([_log_likelihood(events, expected, kappa) for kappa in SPREADS])
    return SPREADS[int(np.flatnonzero(fit >= fit.max() - FALL)[-1])]


def _log_likelihood(events: Floats, expected: Floats, kappa: float) -> float:
    """Return log L of gamma-Poisson counts, without what does not depend on κ."""
    mean = np.maximum(expected, 1e-300)
    if kappa == 0.0:
        return float((events * np.log(mean) - mean).sum())
    size = 1 / kappa
    grown = special.gammaln(events + size) - special.gammaln(size)
    return float((grown + events * np.log(mean) - (events + size) * np.log(mean + size)
                  + size * np.log(size)).sum())  # fmt: skip
