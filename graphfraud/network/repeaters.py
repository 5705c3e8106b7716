"""Who does a thing again and again at one place, beyond that place's own rate.

Links are persons at places, each with an exposure (settled claims) and a count. A place has a rate
of its own: what its persons who do not stand out do, leaning on its peers where it is thin. Persons
differ as well: counts are gamma-Poisson with κ measured on pairs of repeats, never below 1 (what
makes one correction necessary makes the next one likelier). A person stands out from the smallest
count that chance gives to at most BY_CHANCE persons of the place. That count follows from the
margins (exposures, persons, rate), so the number of persons whom chance lets stand out is known in
closed form, and a place is judged by how many do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.network.peers import against_peers
from graphfraud.network.significance import adjusted, upper_tail

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BY_CHANCE = 0.05  # persons of a place whom chance lets stand out
JOINED_BY_CHANCE = 0.05  # share of a group's members who may be there by chance
LEAST = 2  # once is no repeat
PERSONS_SPREAD = 1.0
PLACES_SPREAD = 1.0  # κ of how many stand out at a place, as its rate is not known exactly
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


def joining(links: Links, margins: Margins, p: Floats, standing: Bools) -> Bools:
    """Return which further links belong to the places where persons stand out (n).

    Where a group is found, its fainter members are taken in as long as one in twenty of all
    members may be there by chance (Benjamini & Hochberg 1995, over all persons of the place).
    """
    persons = margins.total(np.ones(len(margins.place)))
    faint = np.zeros(len(p), np.bool_)
    for place in np.unique(links.place[standing]):
        here = np.flatnonzero(links.place == place)
        faint[here] = adjusted(p[here], int(persons[place])) <= JOINED_BY_CHANCE
    return np.asarray(faint & ~standing & (links.count >= LEAST))


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
    exposed = margins.total(margins.exposure)
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
        # Peers raise the rate of a thin place; they are no reason to lower what a place shows.
        rate = np.maximum(leaning, left / np.maximum(under, 1.0))
        rates = Rates(rate, _spread(links, out, margins, rate, kind))
    return rates


def _spread(links: Links, out: Bools, margins: Margins, rate: Floats, kind: Ints) -> Floats:
    """Return persons' κ at each place: pairs of repeats over what equal persons would show.

    Taken from peers of the kind as a rate is, places that stand out left aside: rings of modest
    counts would else widen the law until none of them stands out.
    """
    square = links.exposure.astype(np.float64) ** 2
    equal = margins.total(margins.exposure.astype(np.float64) ** 2)
    equal = (equal - np.bincount(links.place[out], square[out], margins.places)) * rate**2 / 2
    pairs = np.where(out, 0, links.count * (links.count - 1) // 2)
    seen = np.bincount(links.place, pairs, margins.places).astype(np.int64)
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
