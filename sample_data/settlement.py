"""From visits to settled claims: amounts in fen, who pays, invoice, encounter and operator."""

from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Indexes, Ints, Rng, indexes
from .records import Record
from .rhythm import PHARMACY
from .streams import stream
from .visits import Visits
from .world import World

EMPLOYEE, RESIDENT = 310, 390
NO_INVOICE_SHARE = 0.05
UNSET = -1


@dataclass(frozen=True)
class Claims(Record):
    """Columns of one length; amounts in fen, times in seconds, everything else numbers."""

    person: Indexes
    place: Indexes
    doctor: Indexes
    kind: Codes
    start: Ints
    end: Ints
    settled: Ints
    diagnosis: Indexes
    total: Ints
    fund: Ints
    invoice: Ints  # unique at one place; -1: none
    settle_region: Codes
    insurance: Indexes
    number: Ints  # of the claim, given once; rows move, numbers do not
    encounter: Ints
    operator: Indexes
    refund_of: Ints  # number of the claim that is reversed; -1: none
    origin: Indexes

    @property
    def cash(self) -> Ints:
        """Return what the insured pay themselves."""
        return self.total - self.fund


def settled(world: World, made: Visits, total: Ints, keyed_by: dict[int, int]) -> Claims:
    """Settle every visit at its `total` in fen; number and encounter are its position.

    `keyed_by` names the operator of planted groups.
    """
    rng = stream(world.seed, "settlement")
    insurance = insurance_of(world)[made.person]
    end = made.start + made.stay
    return Claims(
        person=made.person,
        place=made.place,
        doctor=made.doctor,
        kind=made.kind,
        start=made.start,
        end=end,
        settled=end + rng.integers(60, 900, len(made)),
        diagnosis=made.diagnosis,
        total=total,
        fund=fund_share(rng, made.kind, insurance, total),
        invoice=invoices(world, rng, made),
        settle_region=world.people.region[made.person],
        insurance=insurance,
        number=np.arange(len(made), dtype=np.int64),
        encounter=np.arange(len(made), dtype=np.int64),
        operator=operators(made, keyed_by),
        refund_of=np.full(len(made), UNSET, dtype=np.int64),
        origin=made.origin,
    )


def insurance_of(world: World) -> Indexes:
    """Return the insurance type of each person: employees and six in ten retired are 310."""
    people = world.people
    retired = (people.age >= 60) & (np.arange(people.count) * 7 % 10 < 6)
    return indexes(np.where((people.employer >= 0) | retired, EMPLOYEE, RESIDENT))


def fund_share(rng: Rng, kind: Codes, insurance: Indexes, total: Ints) -> Ints:
    """Return what the fund pays: 45 to 85 % by kind of care and of insurance, in whole fen."""
    base = np.array([45, 55, 70, 55])[kind] + np.where(insurance == EMPLOYEE, 10, 0)
    percent = base + rng.integers(-5, 6, len(total))
    return np.asarray(total * percent // 100, dtype=np.int64)


def invoices(world: World, rng: Rng, made: Visits) -> Ints:
    """Return invoice numbers: pharmacies count their own slips, others share one series.

    So slips of two pharmacies share numbers honestly; one in twenty claims has no number.
    """
    order = np.argsort(made.place, kind="stable")
    place = made.place[order]
    first = np.searchsorted(place, np.arange(len(world.places.kind) + 1))
    number = np.empty(len(made), dtype=np.int64)
    number[order] = np.arange(len(made)) - first[place] + place * 17 % 5_000 + 1
    series = (np.arange(len(made), dtype=np.int64) * 7_919 + 1_000_003) % 9_999_999_967
    number = np.where(world.places.kind[made.place] == PHARMACY, number, series)
    return np.where(rng.random(len(made)) < NO_INVOICE_SHARE, UNSET, number)


def operators(made: Visits, keyed_by: dict[int, int]) -> Indexes:
    """Return who keyed each claim in: three a place, for morning, afternoon and weekend.

    `keyed_by` names the one operator of each planted group that has one.
    """
    day, second = np.divmod(made.start, 86_400)
    shift = np.where(day % 7 >= 5, 2, (second >= 14 * 3600).astype(np.int64))
    out = indexes(made.place * 3 + shift)
    for group, operator in keyed_by.items():
        out[made.origin == group] = operator
    return out
