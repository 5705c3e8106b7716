"""Grows a group by those who keep turning up at its joint visits, pair by pair too faint to see.

A joint visit of the group is a moment when at least two members meet. Someone who was there often
enough is taken in when chance would hardly bring them: the expectation is the share of all
other outsiders of each stratum who happened into such a moment, times the person's visits there.
"""

from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs, Visits
from graphfraud.network.significance import upper_tail

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

ROUNDS = 3
COMPANIONS = 2


def grown(visits: Visits, persons: Ints, *, level: float, at_least: int = 3) -> Ints:
    """Return the group's persons and all who joined it, sorted; level: family-wise, per round."""
    for _ in range(ROUNDS):
        joined = joiners(visits, persons, level=level, at_least=at_least)
        if not len(joined):
            break
        persons = np.union1d(persons, joined).astype(np.int32)
    return persons


def joiners(visits: Visits, persons: Ints, *, level: float, at_least: int = 3) -> Ints:
    """Return the outsiders who attend the group's joint visits beyond chance, sorted."""
    here, people = shared_places(visits, persons)
    member = np.isin(people, persons)
    outside = ~member[here.person] & (here.stratum >= 0)
    hit = outside & (companions(here, member) >= COMPANIONS)
    attended = marked_days(here, hit)
    candidates = np.flatnonzero(attended >= at_least)
    if not len(candidates):
        return np.zeros(0, np.int32)
    p = upper_tail(attended[candidates], _expected(here, outside, hit, candidates))
    return people[candidates[p * _family(here, outside, hit, at_least) <= level]]


def shared_places(visits: Visits, persons: Ints) -> tuple[Visits, Ints]:
    """Return the visits of everybody where two of the persons or more were, and who they are.

    The visits number their persons anew, as positions in the second array; so the work is that of
    a few places, not of the whole country.
    """
    indptr, order = visits.index
    spans = [order[indptr[p] : indptr[p + 1]] for p in persons.tolist()]
    been = [np.unique(visits.group[span]) for span in spans]
    places, times = np.unique(np.concatenate(been), return_counts=True)
    ends = [np.searchsorted(visits.group, places[times > 1], side) for side in ("left", "right")]
    ranges = [np.arange(low, high) for low, high in zip(*ends, strict=True)]
    rows = np.concatenate([np.zeros(0, np.int64), *ranges])
    here = visits.at(rows)
    there = np.zeros(visits.n_persons, bool)
    there[here.person] = True
    people, number = np.flatnonzero(there).astype(np.int32), np.cumsum(there, dtype=np.int32) - 1
    return replace(here, person=number[here.person], n_persons=len(people)), people


def companions(visits: Visits, member: Flags) -> Ints:
    """Return for every visit how many visits of members (others than oneself) it meets."""
    return np.asarray(_companions(visits.person, visits.stratum, *visits.reach, member))


@njit(cache=True, nogil=True)
def _companions(person: Ints, stratum: Ints, last: Ints, first: Ints, member: Flags) -> Ints:
    met = np.zeros(len(person), np.int32)
    for i in range(len(person)):
        if member[person[i]] and stratum[i] >= 0:
            for j in range(first[i], last[i]):
                reaches = j > i or last[j] > i
                if reaches and stratum[j] == stratum[i] and person[j] != person[i]:
                    met[j] += 1
    return met


def marked_days(visits: Visits, hit: Flags) -> Longs:
    """Return per person on how many days a marked visit fell."""
    day = visits.start[hit] // SECONDS_A_DAY
    first, last = int(day.min(initial=0)), int(day.max(initial=0))
    span = last - first + 1
    once = np.unique(visits.person[hit].astype(np.int64) * span + (day - first))
    return np.bincount(once // span, minlength=visits.n_persons)


def _expected(visits: Visits, outside: Flags, hit: Flags, candidates: Longs) -> Floats:
    """Return the chance count of each candidate's marked visits, from all others' visits alone."""
    traffic = np.bincount(visits.stratum[outside], minlength=visits.n_strata)
    marked = np.bincount(visits.stratum[outside & hit], minlength=visits.n_strata)
    place = np.full(visits.n_persons, -1, np.int64)
    place[candidates] = np.arange(len(candidates))
    mine = np.flatnonzero(outside & (place[visits.person] >= 0))
    cell = place[visits.person[mine]] * visits.n_strata + visits.stratum[mine]
    cells, at, own = np.unique(cell, return_inverse=True, return_counts=True)
    own_marked = np.bincount(at, hit[mine], minlength=len(cells))
    stratum = cells % visits.n_strata
    # Half a visit more than was seen (Jeffreys): a thin stratum without one promises nothing.
    rate = (marked[stratum] - own_marked + 0.5) / (traffic[stratum] - own + 1)
    expected = np.bincount(cells // visits.n_strata, own * rate, minlength=len(candidates))
    return expected.astype(np.float64)


def _family(visits: Visits, outside: Flags, hit: Flags, at_least: int) -> int:
    """Return how many outsiders have visits enough where and when members' visits were met."""
    met = np.zeros(visits.n_strata, bool)
    met[visits.stratum[hit]] = True
    able = outside & met[visits.stratum]
    return int((np.bincount(visits.person[able]) >= at_least).sum())
