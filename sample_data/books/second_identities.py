"""Duplicates of kind second_identity: one human is insured twice and hands in bills twice."""

import numpy as np

from ..arrays import Bools, Indexes, Rng, indexes
from ..planting import Shared
from ..settlement import Claims, fund_share
from ..visits import INPATIENT, MANUAL, OUTPATIENT
from .ledger import Books, later

SAME = ("name", "sex", "birth_date", "phone")
BILLS = 4  # of each person


def plant_second_identities(books: Books) -> None:
    """Turn persons without claims elsewhere into second identities of persons with many bills.

    Half of them have the same id number, half the same number in its old form of 15 digits.
    """
    rng = books.stream("second identities")
    care = np.isin(books.claims.kind, (OUTPATIENT, INPATIENT))
    for number, (person, other) in enumerate(_couples(books, rng, care)):
        books.planting.cast.take(indexes([person, other]))
        form = "id_number" if number % 2 == 0 else "id_number_15"
        books.planting.shared.append(Shared("person", (*SAME, form), person, (other,)))
        books.ledger.identities.append((person, other))
    _hand_in_again(books, rng, care)


def _couples(books: Books, rng: Rng, care: Bools) -> list[tuple[int, int]]:
    """Return (person with bills, person of another region without a claim) pairs."""
    people, free = books.world.people, books.planting.cast.free
    bills = np.bincount(books.claims.person[care], minlength=people.count)
    count = books.planned(5 * books.world.plan.persons_per_duplicate)
    busy = rng.permutation(np.flatnonzero((bills >= BILLS) & free))[:count]
    seen = np.bincount(books.claims.person, minlength=people.count) > 0
    idle = np.flatnonzero(~seen & free)
    by_region = {r: idle[people.region[idle] == r].tolist() for r in range(people.regions)}
    pairs = []
    for person in busy.tolist():
        others = by_region[(int(people.region[person]) + 1) % people.regions]
        if others:
            pairs.append((person, others.pop(0)))
    return pairs


def _hand_in_again(books: Books, rng: Rng, care: Bools) -> None:
    """Repeat up to BILLS claims of each person under the second identity, on paper."""
    if not books.ledger.identities:
        return
    persons, others = np.array(books.ledger.identities).T
    order = np.argsort(persons)
    first = _bills(books, care & np.isin(books.claims.person, persons))
    other = others[order][np.searchsorted(persons[order], first.person)]
    again = first.of(
        person=other,
        kind=MANUAL,
        settle_region=books.world.people.region[other],
        settled=later(rng, first, 5, 60),
        fund=fund_share(rng, first.kind, first.insurance, first.total),
    )
    books.ledger.pair(first.number, books.ledger.append(again), "second_identity")


def _bills(books: Books, among: Bools) -> Claims:
    """Return the first BILLS claims of each person that have no part yet."""
    free = [row for row in np.flatnonzero(among).tolist() if row not in books.ledger.used]
    rows = np.asarray(free, dtype=np.int64)
    person: Indexes = books.claims.person[rows]
    order = np.argsort(person, kind="stable")
    rank = np.arange(len(rows)) - np.searchsorted(person[order], person[order])
    chosen = np.sort(rows[order[rank < BILLS]])
    books.ledger.used.update(chosen.tolist())
    return books.claims.take(chosen)
