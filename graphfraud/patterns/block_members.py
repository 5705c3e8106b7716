"""Who belongs to a dense block: exactly the persons and columns beyond what chance gives them.

What a person buys of the block is compared with a Poisson law of mean Σ over places of (goods
bought there) × (the block's share of that place's trade, by those who are not members). Whoever
the search named stays at p ≤ STAY; an outsider joins at a family-wise level. The same for columns.
"""

from dataclasses import dataclass

import numpy as np

from graphfraud.network.significance import upper_tail
from graphfraud.patterns.block_trade import Bools, Floats, Trade
from graphfraud.patterns.purchases import Ints, Longs

STAY = 0.01  # one in a hundred of those named would stay by chance
NOBODY = np.zeros(0, np.int32)
ROUNDS = 6  # more than were ever needed until nothing changes


@dataclass(frozen=True)
class Membership:
    """A block: person codes and columns, both sorted, and its sales with what chance gives.

    rows: the members' purchases of block columns as rows of sales; expected: of such rows.
    """

    persons: Ints
    columns: Longs
    rows: Longs
    expected: float


@dataclass(frozen=True)
class Bounds:
    """join: the family-wise level for outsiders; persons, places, goods: the fewest there are."""

    join: float
    persons: int
    places: int
    goods: int


def settled(
    trade: Trade, persons: Ints, columns: Longs, bounds: Bounds, barred: Ints = NOBODY
) -> Membership:
    """Return the block after members and columns are weighed until nothing changes.

    persons: codes; columns: names of columns (good × places + place), both sorted; barred: persons
    who belong to another block.
    """
    held = np.isin(trade.columns, columns)
    for _ in range(ROUNDS):
        rows = trade.rows_of(persons)
        near, share = _near(trade, rows, held), trade.shares(rows)
        kept = _columns(trade, rows, near, share, held, bounds)
        people = _persons(trade, persons, np.where(kept, share, 0.0), bounds)
        people = np.setdiff1d(people, barred).astype(np.int32)
        if np.array_equal(people, persons) and np.array_equal(kept, held):
            break
        persons, held = people, kept
        if not len(persons) or not held.any():
            break
    rows = trade.rows_of(persons)
    pull = _by_place(trade, np.where(held, trade.shares(rows), 0.0))
    expected = float(pull[trade.sold.place[rows]].sum())
    return Membership(persons, trade.columns[held], rows[held[trade.column[rows]]], expected)


def _near(trade: Trade, rows: Longs, held: Bools) -> Bools:
    """Mark the places of the columns, and those where two members or more bought."""
    person, place = trade.sold.person[rows], trade.sold.place[rows]
    n_places = trade.sold.n_places
    pairs = np.unique(person * np.int64(n_places) + place)
    near = np.bincount(pairs % n_places, minlength=n_places) > 1
    near[trade.place[held]] = True
    return np.asarray(near)


def _columns(
    trade: Trade, rows: Longs, near: Bools, share: Floats, held: Bools, bounds: Bounds
) -> Bools:
    """Mark the columns that members buy beyond chance."""
    bought = np.bincount(trade.column[rows], minlength=len(trade.columns))
    visits = np.bincount(trade.sold.place[rows], minlength=trade.sold.n_places)
    expected = visits[trade.place] * share
    here = near[trade.place]
    among = int(here.sum())
    p = upper_tail(bought, expected)
    keep = here & ((p <= STAY) & held | (p * among <= bounds.join))
    members = len(np.unique(trade.sold.person[rows]))
    return np.asarray(keep & _alike(bought, expected, members, held, among))


def _persons(trade: Trade, persons: Ints, share: Floats, bounds: Bounds) -> Ints:
    """Return the persons who buy the columns beyond chance, at enough places and enough goods.

    share: of the columns in their places' trade, 0 for those that are not the block's.
    """
    sold, pull = trade.sold, _by_place(trade, share)
    expected = np.bincount(sold.person, pull[sold.place], sold.n_persons).astype(np.float64)
    rows = np.flatnonzero((share > 0)[trade.column])
    bought = np.bincount(sold.person[rows], minlength=sold.n_persons)
    buyers = np.flatnonzero(bought)
    named = np.isin(buyers, persons)
    among = max(1, int((expected > 0).sum()))
    p = upper_tail(bought[buyers], expected[buyers])
    full = int((share > 0).sum())
    like = _alike(bought[buyers], expected[buyers], full, named, among)
    places = _variety(sold.person[rows], sold.place[rows], sold.n_persons)[buyers]
    goods = _variety(sold.person[rows], sold.good[rows], sold.n_persons)[buyers]
    enough = (places >= bounds.places) & (goods >= bounds.goods)
    return np.asarray(buyers[(p <= STAY) & like & enough], dtype=np.int32)


def _alike(bought: Longs, expected: Floats, full: int, named: Bools, among: int) -> Bools:
    """Say who is as the block is rather than as others are: posterior odds above one.

    Each of `full` cells of the block is filled or not; inside as often as those named fill theirs,
    outside as the trade has it. The prior odds are those named among all that could be.
    """
    if not full or not named.any():
        return np.zeros(len(named), bool)
    filled = min(0.95, bought[named].sum() / (full * int(named.sum())))
    chance = np.minimum(-np.expm1(-expected / full), filled)
    chance = np.maximum(chance, 1e-9)
    odds = bought * np.log(filled / chance)
    odds += (full - bought) * np.log((1 - filled) / (1 - chance))
    return np.asarray(odds > np.log(among / int(named.sum())))


def _by_place(trade: Trade, share: Floats) -> Floats:
    """Return per place what share of its trade the block's columns are."""
    return np.bincount(trade.place, share, minlength=trade.sold.n_places).astype(np.float64)


def _variety(person: Ints, what: Ints, people: int) -> Longs:
    """Return per person how many distinct values `what` takes."""
    pairs = np.unique(np.stack((person, what)), axis=1)
    return np.bincount(pairs[0], minlength=people)
