"""Duplicates of kind overlapping_stay: one person in two hospitals' beds at once."""

import numpy as np

from ..rhythm import DAY, HOSPITAL
from ..settlement import fund_share
from ..visits import INPATIENT
from .ledger import Books


def plant_overlapping_stays(books: Books) -> None:
    """Add a stay at another hospital that begins while the first lasts and ends after it."""
    rng, claims = books.stream("overlapping stays"), books.claims
    long = (claims.kind == INPATIENT) & (claims.end - claims.start > 4 * DAY)
    first = books.draw(rng, books.planned(2 * books.world.plan.persons_per_duplicate), long)
    hospitals = books.world.places.of(HOSPITAL)
    turn = np.searchsorted(hospitals, first.place)
    place = hospitals[(turn + rng.integers(1, len(hospitals), len(first))) % len(hospitals)]
    start = first.start + rng.integers(1, 3, len(first)) * DAY
    end = first.end + rng.integers(-1, 4, len(first)) * DAY
    total = first.total * rng.integers(60, 140, len(first)) // 100
    again = first.of(
        place=place,
        doctor=books.world.places.doctor(place, rng.integers(0, 99, len(first))),
        start=start,
        end=end,
        settled=end + rng.integers(60, 900, len(first)),
        total=total,
        fund=fund_share(rng, first.kind, first.insurance, total),
        invoice=-1,
        operator=place * 3,
    )
    numbers = books.ledger.append(again, same_goods=False)
    books.ledger.pair(first.number, numbers, "overlapping_stay")
