"""Who does a thing again and again at one place, beyond that place's own rate.

Links are persons at places, each with an exposure (settled claims) and a count. A place has a rate
of its own: what its persons who do not stand out do, leaning on its peers where it is thin. Persons
differ as well: counts are gamma-Poisson with κ measured on pairs of repeats, never below 1 (what
makes one correction necessary makes the next one likelier). A person stands out from the smallest
count that chance gives to at most BY_CHANCE persons of the place. That count follows from the
margins (exposures, persons, rate), so the number of persons whom chance lets stand out is known in
closed form, and a place is judged by how many do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.network.peers import against_peers
from graphfraud.network.significance import upper_tail

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BY_CHANCE = 0.05  # persons of a place whom chance lets stand out
JOINED_BY_CHANCE = 0.05  # share of a group's members who may be there by chance
LEAST = 2  # once is no repeat
PERSONS_SPREAD = 1.0
PLACES_SPREAD = 1.0  # κ of how many stand out at a place, as its rate is not known exactly
SEVERAL = 2  # persons beyond a place's threshold: one in twenty places has one by chance
ROUNDS = 30


@dataclass(frozen=True)
class Links:
    """Persons at places with at least one count: place, exposure, count (all n)."""

    place: Ints
    exposure: Ints
    count: Ints


@dataclass(frozen=True)
class Margins:
    """How many persons of each place have which exposure, counts or not (all m)."""

    place: Ints
    exposure: Ints
    persons: Ints
    places: int

    def total(self, values: Ints | Floats) -> Floats:
        """Return the sum over each place's persons of a value given per row (places)."""
        weights = (values * self.persons).astype(np.float64)
        return np.asarray(np.bincount(self.place, weights, self.places), np.float64)


@dataclass(frozen=True)
class Rates:
    """The rate of each place and the κ of its persons (places each)."""

    rate: Floats
    spread: Floats


@dataclass(frozen=True)
class Repeaters:
    """expected (n), p (n), standing (n): the links; by_chance: μ persons per place (places)."""

    expected: Floats
    p: Floats
    standing: Bools
    by_chance: Floats


def repeaters(
    links: Links, margins: Margins, rates: Rates, by_chance: float = BY_CHANCE
) -> Repeaters:
    """Return which links stand out, and how many persons of each place chance lets stand out."""
    level = by_chance / np.maximum(margins.total(np.ones(len(margins.place))), 1.0)
    expected = links.exposure * rates.rate[links.place]
    p = upper_tail(links.count, expected, rates.spread[links.place])
    standing = (links.count >= LEAST) & (p <= level[links.place])
    mean = margins.exposure * rates.rate[margins.place]
    tails = _tail_at_threshold(mean, rates.spread[margins.place], level[margins.place])
    return Repeaters(expected, p, np.asarray(standing), margins.total(tails))


def joining(
    links: Links, margins: Margins, p: Floats, standing: Bools, laws: Sequence[Rates]
) -> Bools:
    """Return which further links belong to the places where persons stand out (n).

    Where a group is found, its fainter members are taken in, be it for a single act, as long as one
    in twenty of all who are as conspicuous may be there by chance. How many chance makes as
    conspicuous is summed over all persons of the place, each with the p-values that a count of his
    can have: few persons have claims enough to come near (Gilbert 2005,
    doi:10.1111/j.1467-9876.2005.00475.x). laws: the rates of the questions whose smallest p, times
    their number, is `p`.
    """
    faint = np.zeros(len(p), np.bool_)
    for place in np.unique(links.place[standing]):
        here = np.flatnonzero(links.place == place)
        reached = p[here] * (1 + 1e-9) / len(laws)
        most = int(links.count[here].max())
        chance = sum((_conspicuous(margins, law, int(place), most, reached) for law in laws),
                     np.zeros(len(here)))  # fmt: skip
        faint[here] = _share_by_chance(p[here], chance) <= JOINED_BY_CHANCE
    return np.asarray(faint & ~standing)


def _conspicuous(margins: Margins, law: Rates, place: int, most: int, levels: Floats) -> Floats:
    """Return how many persons of the place reach a tail of at most each level by chance."""
    rows = np.flatnonzero(margins.place == place)
    counts = np.arange(1, most + 2)
    mean = (margins.exposure[rows] * law.rate[place])[:, None]
    shape = (len(rows), len(counts))
    tails = upper_tail(
        np.broadcast_to(counts, shape), np.broadcast_to(mean, shape), law.spread[place]
    )
    # A level lets in the first tail below it: from tail to tail, the steps add up to just that.
    steps = (tails - np.append(tails[:, 1:], np.zeros((len(rows), 1)), axis=1)).ravel()
    steps *= np.repeat(margins.persons[rows], len(counts))
    order = np.argsort(tails.ravel(), kind="stable")
    summed = np.append(0.0, np.cumsum(steps[order]))
    return np.asarray(summed[np.searchsorted(tails.ravel()[order], levels, side="right")])


def _share_by_chance(p: Floats, chance: Floats) -> Floats:
    """Return for each the smallest share by chance among all at least as conspicuous as some."""
    order = np.argsort(p, kind="stable")
    as_much = np.searchsorted(p[order], p[order], side="right")
    share = np.empty(len(p))
    share[order] = np.minimum.accumulate((chance[order] / as_much)[::-1])[::-1]
    return share


def family_wise(persons: int, by_chance: float, family: int) -> float:
    """Return the family-wise p-value of so many persons who stand out, μ = by_chance expected.

    >>> family_wise(0, 0.01, 50), round(family_wise(3, 0.01, 50), 6)
    (1.0, 4.9e-05)
    """
    tail = upper_tail(np.array([persons]), np.array([by_chance]), PLACES_SPREAD)
    return float(min(1.0, family * tail[0]))


def own_rates(links: Links, margins: Margins, strata: tuple[Ints, ...]) -> Rates:
    """Return each place's own rate and persons' κ, without the persons who stand out.

    strata: codes of the places, finest first; κ is measured within the coarsest. The search begins
    with the rate of peers and takes in what is explained, so that a place where most claims belong
    to repeaters is not its own excuse, while one that errs often and evenly is.
    """
    exposed, persons = margins.total(margins.exposure), margins.total(np.ones(len(margins.place)))
    counted = np.bincount(links.place, links.count, margins.places)
    peers = against_peers(counted.astype(np.int64), exposed, strata)
    base = peers.expected / np.maximum(exposed, 1e-300)
    say = 1 / np.maximum(peers.dispersion, 1e-9)
    kind = strata[-1] if strata else np.zeros(margins.places, np.int64)
    rates = Rates(base, np.full(margins.places, PERSONS_SPREAD))
    out = np.zeros(len(links.place), np.bool_)
    for number in range(ROUNDS):
        found = repeaters(links, margins, rates).standing
        if number and (found == out).all():
            break
        out = found
        left = counted - np.bincount(links.place[out], links.count[out], margins.places)
        under = exposed - np.bincount(links.place[out], links.exposure[out], margins.places)
        leaning = (left + say) / (under + say / np.maximum(base, 1e-300))
        # Peers raise the rate of a thin place; they are no reason to lower what a place shows, as
        # long as it is shown by half of its persons: what is left of fewer is a chosen rest.
        shown = np.where(2 * np.bincount(links.place[out], minlength=margins.places) <= persons,
                         left / np.maximum(under, 1.0), 0.0)  # fmt: skip
        rate = np.maximum(leaning, shown)
        rates = Rates(rate, _spread(links, out, margins, rate, kind))
    return rates


def _spread(links: Links, out: Bools, margins: Margins, rate: Floats, kind: Ints) -> Floats:
    """Return persons' κ at each place: pairs of repeats over what equal persons would show.

    Taken from peers of the kind as a rate is, places that stand out left aside, and those at which
    several persons do: where a ring is, its fainter members stand below the threshold. They would
    else widen the law until none of them stands out.
    """
    aside = np.bincount(links.place[out], minlength=margins.places) >= SEVERAL
    square = links.exposure.astype(np.float64) ** 2
    equal = margins.total(margins.exposure.astype(np.float64) ** 2)
    equal = (equal - np.bincount(links.place[out], square[out], margins.places)) * rate**2 / 2
    pairs = np.where(out, 0, links.count * (links.count - 1) // 2)
    seen = np.bincount(links.place, pairs, margins.places).astype(np.int64)
    seen, equal = np.where(aside, 0, seen), np.where(aside, 0.0, equal)
    peers = against_peers(seen, np.maximum(equal, 1e-12), (kind,))
    return np.asarray(np.maximum(peers.expected / np.maximum(equal, 1e-12) - 1, PERSONS_SPREAD))


def _tail_at_threshold(mean: Floats, spread: Floats, level: Floats) -> Floats:
    """Return P(X ≥ t) at the smallest t ≥ LEAST at which it is at most `level` (shapes alike)."""
    tail = np.ones(len(mean))
    todo = np.arange(len(mean))
    count = LEAST
    while len(todo):
        tail[todo] = upper_tail(np.full(len(todo), count), mean[todo], spread[todo])
        todo = todo[tail[todo] > level[todo]]
        count += 1
    return tail
