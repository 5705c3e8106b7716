"""Ties that beat chance: pairs tested against their expectation, with the whole family counted.

The family is chosen by the margins alone, never by what was seen: every pair of persons who each
have at least k visits and share a place. That is more pairs than could reach k joint days, so the
correction errs on the careful side.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import pair_counts
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.visits import Ints, Longs, Visits
from graphfraud.network.significance import adjusted, upper_tail

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Pairs seen together at least k days: codes a < b, joint days, and λ."""

    a: Ints
    b: Ints
    observed: Ints
    expected: Floats


@dataclass(frozen=True)
class Ties:
    """The pairs that beat chance, with p and q; level: the largest p among them."""

    a: Ints
    b: Ints
    observed: Ints
    expected: Floats
    p: Floats
    q: Floats

    @property
    def level(self) -> float:
        """Return the largest p that passed, 0 where none did."""
        return float(self.p.max()) if len(self.p) else 0.0


def counted_pairs(visits: Visits, law: DateExchange, at_least: int, threads: int) -> Pairs:
    """Count the pairs and compute what chance would give each of them, by `law`."""
    found = pair_counts(visits, at_least=at_least, threads=threads)
    return Pairs(found.a, found.b, found.count, law.expected(found.a, found.b))


def validated(pairs: Pairs, *, family: int, by_chance: float, dispersion: float) -> Ties:
    """Return the pairs with p · family ≤ by_chance: so many ties chance is expected to show in all.

    That is the per-family error rate (Spjøtvoll 1972, doi:10.1214/aoms/1177692621); q is told
    beside it. A false-discovery rate will not do here: the many true ties of households would lower
    the bar for strangers, on real data but not on replicates, where nobody belongs together.
    """
    p = upper_tail(pairs.observed, pairs.expected, dispersion)
    q = adjusted(p, max(family, len(p)))
    keep = p * max(family, len(p)) <= by_chance
    return Ties(
        pairs.a[keep], pairs.b[keep], pairs.observed[keep], pairs.expected[keep], p[keep], q[keep]
    )


def family_size(visits: Visits, at_least: int) -> int:
    """Return how many pairs have at least `at_least` visits each and share a group.

    A pair counts once for every group it shares, which makes the correction stricter, never laxer.
    """
    groups = int(visits.group[-1]) + 1 if len(visits.group) else 0
    present = _presence(visits.group, visits.stratum, *visits.index, at_least, groups)
    return int((present * (present - 1) // 2).sum())


@njit(cache=True, nogil=True)
def _presence(
    group: Ints, stratum: Ints, indptr: Longs, order: Ints, at_least: int, groups: int
) -> Longs:
    """Return per group how many persons with enough visits were ever there."""
    present, marked = np.zeros(groups, np.int64), np.full(groups, -1, np.int64)
    for p in range(len(indptr) - 1):
        known = 0
        for k in range(indptr[p], indptr[p + 1]):
            known += stratum[order[k]] >= 0
        if known < at_least:
            continue
        for k in range(indptr[p], indptr[p + 1]):
            g = group[order[k]]
            if stratum[order[k]] >= 0 and marked[g] != p:
                marked[g] = p
                present[g] += 1
    return present
