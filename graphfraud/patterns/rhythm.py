"""Persons who keep a rhythm of their own, every Monday, every fourth week, ten days in a row.

Who happens to be in step with others meets them again and again: one coincidence, counted many
times. So a group whose meetings recur after a steady number of days is compared once more, with the
visits of everybody at its places moved as a whole by weeks of each person's own, round the period:
weekdays, gaps and courses stay, who is in step with whom is left to chance (the shift predictor of
spike trains, Perkel et al. 1967, doi:10.1016/S0006-3495(67)86597-4).
"""

from dataclasses import dataclass, replace

import numpy as np
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
        family = int(self.family * able(here, self.rule.at_least) / max(1, self.able))
        kappa = self.dispersion
        groups = extract(here, pairs, law, rule=self.rule, family=family, dispersion=kappa)
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
    meeting = 0
    for place in _places(here, member):
        u, v = _by_the_clock(place)
        day = place.start // SECONDS_A_DAY
        meeting += int(((day[u] - day[v]) % WEEK == 0).sum())
    return meeting / weeks


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
    for place in _places(visits, member):
        lags += _days_apart(place)
    together = lags[0]
    lags[0] = 0
    recurring = (lags[:-2] + lags[1:-1] + lags[2:]) / 2  # either of the two may be the later
    return float(recurring.max() / together) if together else 0.0


def _places(visits: Visits, member: NDArray[np.bool_]) -> list[Visits]:
    """Return the members' visits, place by place."""
    rows = np.flatnonzero(member[visits.person] & (visits.stratum >= 0))
    parts = np.split(rows, np.flatnonzero(np.diff(visits.group[rows])) + 1)
    return [visits.at(part) for part in parts]


def _days_apart(here: Visits) -> Longs:
    """Return how many pairs of visits to one place would meet but for 0, 1, … days between them."""
    u, v = _by_the_clock(here)
    day = here.start // SECONDS_A_DAY
    apart = np.abs(day[u] - day[v])
    return np.bincount(apart[apart < LONGEST + 2], minlength=LONGEST + 2)


def _by_the_clock(here: Visits) -> tuple[Longs, Longs]:
    """Return the pairs of visits of two persons whose times of day let them meet."""
    clock = here.start % SECONDS_A_DAY
    u, v = np.triu_indices(len(clock), 1)
    reach = np.maximum(here.window[u], here.window[v])
    near = (np.abs(clock[u] - clock[v]) <= reach) & (here.person[u] != here.person[v])
    return u[near], v[near]
