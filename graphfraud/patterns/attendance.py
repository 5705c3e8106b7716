"""How strongly persons gather at occasions: who was at how many of them, against chance.

A group's occasions are the moments when at least three of its members were there. Chance brings
each person who comes to that place to k of them with a Poisson law: their visits, times the share
of others' visits that fall into such a moment. The group's attendance is compared with how many
persons chance would bring as often; so many at two occasions weigh less than few at three.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from graphfraud.engine.visits import Ints, Visits
from graphfraud.network.significance import log_likelihood_ratio
from graphfraud.patterns.growth import companions, marked_days, shared_places

COMPANIONS = 2
Floats = NDArray[np.float64]


def attendance(visits: Visits, persons: Ints, able: NDArray[np.bool_]) -> float:
    """Return the log-likelihood ratio of the members' attendance, in nats.

    visits: everybody's; able: bool, n_persons, who could have come repeatedly.
    """
    here, people = shared_places(visits, persons)
    member = np.isin(people, persons)
    known = here.stratum >= 0
    hit = known & (companions(here, member) >= COMPANIONS)
    attended = marked_days(here, hit)[member]
    chance = _chance(here, known, hit, member)[able[people]]
    most = int(attended.max(initial=0))
    ratios = [
        log_likelihood_ratio(int((attended >= k).sum()), float(special.pdtrc(k - 1, chance).sum()))
        for k in range(2, most + 1)
    ]
    return sum(ratios) / max(1, len(ratios))


def _chance(
    visits: Visits, known: NDArray[np.bool_], hit: NDArray[np.bool_], member: NDArray[np.bool_]
) -> Floats:
    """Return how many occasions chance would bring each person to, by the visits of outsiders."""
    outside = known & ~member[visits.person]
    traffic = np.bincount(visits.stratum[outside], minlength=visits.n_strata)
    marked = np.bincount(visits.stratum[outside & hit], minlength=visits.n_strata)
    share = (marked + 0.5) / (traffic + 1)
    rate = np.where(known, share[visits.stratum], 0.0)
    return np.asarray(np.bincount(visits.person, rate, minlength=visits.n_persons), np.float64)
