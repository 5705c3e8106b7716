"""Persons who keep a rhythm of their own, every Monday, every fourth week, ten days in a row.

Who happens to be in step with others meets them again and again: one coincidence, counted many
times. So a group whose meetings recur after a steady number of days is compared once more, with the
visits of everybody at its places moved as a whole by weeks of each person's own, round the period:
weekdays, gaps and courses stay, who is in step with whom is left to chance (the shift predictor of
spike trains, Perkel et al. 1967, doi:10.1016/S0006-3495(67)86597-4).
"""

from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphfraud.engine.co_attendance import meetings_among
from graphfraud.engine.expectation import DateExchange
from graphfraud.engine.strata import strata
from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Longs, Visits
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.extraction import Extracted, Rule, able, extract
from graphfraud.patterns.growth import shared_places
from graphfraud.patterns.ties import counted_pairs

WEEK = 7
LONGEST = 92  # days: a prescription is for a quarter at most
RECURS = 0.5  # of the meetings, shifted by so many days, would be meetings still


@dataclass(frozen=True)
class Rhythms:
    """The comparison that keeps rhythms: the pattern's own extractor on visits in random phase.

    visits: everybody's; able, family, dispersion: the whole search's persons with visits enough,
    possible pairs, and κ.
    """

    visits: Visits
    rule: Rule
    able: int
    family: int
    dispersion: float
    thin: int
    replicates: int

    def p_value(self, persons: Ints, days: int, expected: float) -> float:
        """Return how often a group as strong as one of so many joint days shows at its places.

        expected: the group's λ. 0 where its meetings do not recur: without a rhythm there is
        nothing to keep. Draws end with the first as strong, p = 1 / draws (Besag & Clifford 1991).
        """
        here, people = shared_places(self.visits, persons)
        member = np.isin(people, persons)
        if recurrence(here, member) < RECURS:
            return 0.0
        span = _whole_weeks(self.visits)
        strength = _strength(here, member, days, expected, span)
        met, _ = meetings_among(here, member)
        here = here.at(np.flatnonzero(np.isin(here.group, here.group[met])))
        for number in range(self.replicates):
            generator = np.random.default_rng([self.rule.seed, number, int(persons[0])])
            if self._best(moved(here, span, generator), span) >= strength:
                return 1 / (1 + number)
        return 1 / (1 + self.replicates)

    def _best(self, here: Visits, span: tuple[int, int]) -> float:
        """Return the strongest group at these places, sought as in the whole country."""
        stratum = strata(here.group, here.start, excluded=here.window < 0, thin=self.thin)
        here = replace(here, stratum=stratum, n_strata=int(stratum.max(initial=-1)) + 1)
        law = DateExchange(here)
        pairs = counted_pairs(here, law, self.rule.at_least, 1)
        # Ties of a few places are held to the level of the whole search.
        persons = able(here, self.rule.at_least)
        family = int(self.family * persons / max(1, self.able))
        parts = self.rule.parts(persons, pairs, family, self.dispersion)
        groups = extract(here, parts, law, rule=self.rule)
        return max((_strength_of(here, group, span) for group in groups), default=0.0)


def _strength_of(here: Visits, group: Extracted, span: tuple[int, int]) -> float:
    member = np.zeros(here.n_persons, bool)
    member[group.persons] = True
    return _strength(here, member, group.observed, group.expected, span)


def _strength(
    here: Visits, member: NDArray[np.bool_], days: int, expected: float, span: tuple[int, int]
) -> float:
    """Return the log-likelihood ratio of so many joint days, whatever weekdays explain left out."""
    return log_likelihood_ratio(days, max(expected, _by_weekday(here, member, span[1] // WEEK)))


def _by_weekday(here: Visits, member: NDArray[np.bool_], weeks: int) -> float:
    """Return how often the members would meet on average over all moves by whole weeks."""
    return float(_days_apart(here, member)[::WEEK].sum()) / weeks


def _whole_weeks(visits: Visits) -> tuple[int, int]:
    """Return the first day of all, and how many days the whole weeks from then on have."""
    first, last = (int(of() // SECONDS_A_DAY) for of in (visits.start.min, visits.start.max))
    return first, (last - first + WEEK) // WEEK * WEEK


def moved(visits: Visits, span: tuple[int, int], generator: np.random.Generator) -> Visits:
    """Return the visits, each person's moved as a whole by weeks, in canonical order.

    span: (first day, days) of the period, which closes to a ring; groups are numbered anew.
    """
    first, days = span
    weeks = generator.integers(0, days // WEEK, visits.n_persons)
    day, clock = np.divmod(visits.start, SECONDS_A_DAY)
    day = first + (day - first + WEEK * weeks[visits.person]) % days
    start = day * SECONDS_A_DAY + clock
    group = np.unique(visits.group, return_inverse=True)[1].astype(np.int32)
    order = np.lexsort((visits.person, start, group))
    return replace(
        visits,
        person=visits.person[order],
        group=group[order],
        start=start[order],
        window=visits.window[order],
        stratum=visits.stratum[order],
    )


def recurrence(visits: Visits, member: NDArray[np.bool_]) -> float:
    """Return the largest share of the members' meetings that would recur, had one come days later.

    member: bool, n_persons; days later: one to LONGEST, give or take a day; 0 where none ever met.

    >>> day = np.array([0, 0, 28, 28, 56, 56], np.int64) * SECONDS_A_DAY
    >>> who, one = np.array([0, 1] * 3, np.int32), np.zeros(6, np.int32)
    >>> round(recurrence(Visits(who, one, day, one, one, 2, 1), np.ones(2, bool)), 2)
    0.67
    """
    lags = np.zeros(LONGEST + 2)
    apart = _days_apart(visits, member)[: LONGEST + 2]
    lags[: len(apart)] = apart
    together = lags[0]
    lags[0] = 0
    recurring = (lags[:-2] + lags[1:-1] + lags[2:]) / 2  # either of the two may be the later
    return float(recurring.max() / together) if together else 0.0


def _days_apart(visits: Visits, member: NDArray[np.bool_]) -> Longs:
    """Return how many pairs of the members' visits would meet but for 0, 1, … days between them."""
    rows = np.flatnonzero(member[visits.person] & (visits.stratum >= 0))
    if not len(rows):
        return np.zeros(1, np.int64)
    mine = visits.at(rows)
    ends = np.append(np.flatnonzero(np.diff(mine.group)) + 1, len(rows))
    return np.asarray(_gaps(ends, mine.person, mine.start, mine.window))


@njit(cache=True, nogil=True)
def _gaps(ends: Longs, person: Ints, start: Longs, window: Ints) -> Longs:
    """Count pairs of visits to one place by the days between them, where the clock lets them meet.

    ends: where each place's visits end. Pairs are counted, not kept: a place may have thousands.
    """
    day, clock = start // SECONDS_A_DAY, start % SECONDS_A_DAY
    counts, low = np.zeros(day.max() - day.min() + 1, np.int64), 0
    for high in ends:
        for i in range(low, high):
            for j in range(i + 1, high):
                near = abs(clock[i] - clock[j]) <= max(window[i], window[j])
                if near and person[i] != person[j]:
                    counts[abs(day[i] - day[j])] += 1
        low = high
    return counts
