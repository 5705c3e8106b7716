"""Which of a doctor's patients were sent: those whose visits end at the pharmacy beyond chance.

Two kinds of patients: the sent, of whose visits a share ends at the pharmacy, and the others, whose
visits are followed by a purchase at a common rate, made there with the share expected of the
patient. Both rates, and how many are sent (separately among those who came once and those who came
again: who came once looks much the same either way), are estimated by EM (Dempster, Laird & Rubin
1977). A patient belongs when that is likelier than not.
"""

from dataclasses import dataclass

import numpy as np

from graphfraud.patterns.doctor_pharmacy_sequences import Codes
from graphfraud.patterns.doctor_pharmacy_shares import Floats

ROUNDS = 100


@dataclass(frozen=True)
class Seen:
    """Patients of a doctor: visits, visits followed by any purchase, by one at the pharmacy.

    share: the chance that a purchase is made there, as expected of this patient.
    """

    visits: Codes
    followed: Codes
    there: Codes
    share: Floats


def sent(seen: Seen) -> Floats:
    """Return for each patient the probability of having been sent.

    >>> visits, there = np.full(43, 4), np.array([3, 4, 0] + [0] * 40)
    >>> followed = np.array([3, 4, 1] + [1] * 40)
    >>> again = sent(Seen(visits, followed, there, np.full(43, 0.1)))
    >>> (again[:4] > 0.5).tolist()
    [True, True, False, False]
    """
    visits, there = np.maximum(seen.visits, 1), np.minimum(seen.there, np.maximum(seen.visits, 1))
    kinds = (visits == 1, visits > 1)
    rate, followed = 0.7, _rate(seen.followed, visits, np.ones(len(visits)))
    part = np.full(len(visits), 0.5)
    probability = np.zeros(len(visits))
    for _ in range(ROUNDS):
        chance = np.clip(followed * seen.share, 1e-9, 0.95)
        likely = there * np.log(rate / chance)
        likely += (visits - there) * np.log((1 - rate) / (1 - chance))
        odds = np.clip(np.log((1 - part) / part) - likely, -500, 500)
        probability = 1 / (1 + np.exp(odds))
        rate = _rate(there, visits, probability)
        followed = _rate(seen.followed, visits, 1 - probability)
        for kind in kinds:
            part[kind] = np.clip(probability[kind].mean() if kind.any() else 0.5, 0.001, 0.99)
    return probability


def _rate(hits: Codes, visits: Codes, weight: Floats) -> float:
    """Return the weighted share of visits that are hits, away from 0 and 1."""
    share = float((weight * hits).sum()) / max(1e-9, float((weight * visits).sum()))
    return min(0.98, max(0.001, share))
