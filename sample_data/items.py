"""The lines of each claim: what was sold or done, how often and for how much, to the fen."""

from dataclasses import dataclass

import numpy as np

from . import goods
from .arrays import Indexes, Ints, Rng, indexes
from .diagnoses import DIALYSIS, REHABILITATION, SCREENING
from .records import Record
from .rhythm import DAY
from .streams import stream
from .visits import INPATIENT, OUTPATIENT, OVER_THE_COUNTER, PERSONAL, Visits
from .world import World

Basket = tuple[tuple[int, int], ...]  # (good, boxes) each
TRACED = 0.6  # share of single boxes whose traceability code was scanned
SERVICE_OF = {
    DIALYSIS: goods.DIALYSIS_SESSION,
    REHABILITATION: goods.TRAINING,
    SCREENING: goods.CHECK_UP,
}


@dataclass(frozen=True)
class Items(Record):
    """Lines in the order of their claims; prices in fen, quantities in tenths of a box."""

    claim: Ints  # number of the claim
    good: Indexes
    tenths: Indexes
    price: Ints
    trace: Ints  # -1: not scanned

    @property
    def amount(self) -> Ints:
        """Return what each line costs, in fen."""
        return np.asarray(self.price * self.tenths // 10, dtype=np.int64)


def itemised(world: World, made: Visits, baskets: list[Basket]) -> Items:
    """Return the lines of all visits; a claim's number is the position of its visit."""
    rng = stream(world.seed, "items")
    drawn = made.basket == -1
    kinds = (
        _counter(rng, np.flatnonzero(drawn & (made.kind == OVER_THE_COUNTER))),
        _usual(made, np.flatnonzero(made.basket == PERSONAL)),
        _clinic(rng, made, np.flatnonzero(drawn & (made.kind == OUTPATIENT))),
        _ward(rng, made, np.flatnonzero(made.kind == INPATIENT)),
        _fixed(made, baskets),
    )
    row, good, boxes = (np.concatenate(column) for column in zip(*kinds, strict=True))
    order = np.argsort(row, kind="stable")
    row, good, boxes = row[order], good[order], boxes[order]
    price = goods.price(good, made.place[row])
    operation = np.flatnonzero(good == goods.OPERATION)
    price[operation] = rng.lognormal(5.6, 0.9, len(operation)).astype(np.int64) * 1000
    return Items(row, indexes(good), indexes(boxes * 10), price, _traces(rng, good, boxes))


def totals(items: Items, claims: int) -> Ints:
    """Return the sum of each claim's lines, in fen."""
    out = np.zeros(claims, dtype=np.int64)
    first = np.flatnonzero(np.diff(items.claim, prepend=-1))
    out[items.claim[first]] = np.add.reduceat(items.amount, first) if len(first) else 0
    return out


def with_copies(items: Items, copies: list[tuple[Ints, Ints]]) -> Items:
    """Repeat lines under other claims: copies are (numbers of claims, new numbers) pairs."""
    parts = [items]
    for old, new in copies:
        first, end = np.searchsorted(items.claim, old), np.searchsorted(items.claim, old + 1)
        size = end - first
        row = np.repeat(first - np.cumsum(size) + size, size) + np.arange(size.sum())
        parts.append(items.take(row).of(claim=np.repeat(new, size), trace=-1))
    return Items.joined(parts)


Lines = tuple[Ints, Ints, Ints]  # claim, good, boxes


def _counter(rng: Rng, rows: Ints) -> Lines:
    """Return one to four drugs each, popular ones more often, mostly one box."""
    row = np.repeat(rows, np.minimum(1 + rng.poisson(0.6, len(rows)), 4))
    return row, _popular(rng, len(row)), _boxes(rng, len(row))


def _popular(rng: Rng, count: int) -> Ints:
    running = np.cumsum(goods.LIKELIHOOD)
    drawn = np.searchsorted(running, rng.random(count) * running[-1], side="right")
    return np.asarray(drawn, dtype=np.int64)


def _boxes(rng: Rng, count: int) -> Ints:
    return 1 + np.searchsorted([0.62, 0.9], rng.random(count), side="right").astype(np.int64)


def _usual(made: Visits, rows: Ints) -> Lines:
    """Return the same two drugs for a person every month: honest bills that repeat."""
    person = made.person[rows]
    first, second = goods.usual_drugs(person)
    good = np.stack((first, second), axis=1).ravel().astype(np.int64)
    return np.repeat(rows, 2), good, np.repeat(1 + person.astype(np.int64) * 17 % 3, 2)


def _clinic(rng: Rng, made: Visits, rows: Ints) -> Lines:
    """Return a consultation or the session itself, then up to three tests and drugs."""
    named = np.full(int(max(made.diagnosis.max(initial=0), 0)) + 2, -1)
    for code, service in SERVICE_OF.items():
        if code < len(named) - 1:
            named[code] = service
    lead = goods.N_DRUGS + (rng.random(len(rows)) < 0.3)
    session = named[made.diagnosis[rows]]
    lead = np.where(session >= 0, session, lead)
    more = np.repeat(rows, np.where(session >= 0, 0, rng.binomial(3, 0.45, len(rows))))
    test = rng.random(len(more)) < 0.4
    good = np.where(test, goods.N_DRUGS + rng.integers(2, 8, len(more)), _popular(rng, len(more)))
    boxes = np.where(test, 1, _boxes(rng, len(more)))
    ones = np.ones(len(rows), dtype=np.int64)
    return np.concatenate((rows, more)), np.concatenate((lead, good)), np.concatenate((ones, boxes))


def _ward(rng: Rng, made: Visits, rows: Ints) -> Lines:
    """Return bed and nursing by the night, laboratory, treatment and three drugs."""
    nights = np.maximum(made.stay[rows].astype(np.int64) // DAY, 1)
    fixed = np.array([goods.BED, goods.NURSING, goods.PANEL, goods.OPERATION])
    drugs = _popular(rng, 3 * len(rows)).reshape(-1, 3)
    good = np.concatenate((np.broadcast_to(fixed, (len(rows), 4)), drugs), axis=1)
    once = np.ones((len(rows), 5), dtype=np.int64)
    once[:, 2:] = rng.integers(1, 6, (len(rows), 3))
    boxes = np.concatenate((nights[:, None], nights[:, None], once), axis=1)
    return np.repeat(rows, 7), good.ravel(), boxes.ravel()


def _fixed(made: Visits, baskets: list[Basket]) -> Lines:
    """Return the lines of planted baskets."""
    rows = np.flatnonzero(made.basket >= 0)
    size = np.array([len(basket) for basket in baskets], dtype=np.int64)
    start = np.concatenate(([0], np.cumsum(size)))
    flat = np.array([line for basket in baskets for line in basket], dtype=np.int64).reshape(-1, 2)
    number = made.basket[rows]
    row = np.repeat(rows, size[number])
    first = np.repeat(start[number], size[number])
    begun = np.repeat(np.cumsum(size[number]) - size[number], size[number])
    line = first + np.arange(len(row)) - begun
    return row, flat[line, 0], flat[line, 1]


def _traces(rng: Rng, good: Ints, boxes: Ints) -> Ints:
    """Return a number for each single box of a drug that was scanned; no two are alike."""
    scanned = (boxes == 1) & goods.is_drug(good) & (rng.random(len(good)) < TRACED)
    number = np.cumsum(scanned) * 7_368_787 % 99_999_999_977
    return np.where(scanned, number, -1)
