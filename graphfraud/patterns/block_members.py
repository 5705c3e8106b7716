"""Who belongs to a dense block: exactly the persons and columns beyond what chance gives them.

What a person buys of the block is compared with a Poisson law of mean Σ over places of (goods
bought there) × (the block's share of that place's trade, by those who are not members). Whoever
the search named stays at p ≤ STAY; an outsider joins at a family-wise level. The same for columns.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.network.significance import upper_tail
from graphfraud.patterns.purchases import Ints, Longs, Sales

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STAY = 0.01  # one in a hundred of those named would stay by chance
NOBODY = np.zeros(0, np.int32)
ROUNDS = 6  # more than were ever needed until nothing changes


@dataclass(frozen=True)
class Trade:
    """The sales at the places of a block; column: positions in `columns` (good × places + place).

    share: of each column in its place's trade, among those who are not members.
    """

    person: Ints
    place: Ints
    good: Ints
    column: Longs
    columns: Longs
    share: Floats


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
    sold: Sales, persons: Ints, columns: Longs, bounds: Bounds, barred: Ints = NOBODY
) -> Membership:
    """Return the block after members and columns are weighed until nothing changes.

    barred: persons who belong to another block.
    """
    for _ in range(ROUNDS):
        trade, rows = _trade(sold, persons, columns)
        member = np.isin(trade.person, persons)
        kept = _columns(trade, member, columns, bounds)
        people = np.setdiff1d(_persons(trade, persons, kept, bounds), barred)
        if np.array_equal(people, persons) and np.array_equal(kept, columns):
            break
        persons, columns = people, kept
        if not len(persons) or not len(columns):
            break
    trade, rows = _trade(sold, persons, columns)
    inside = np.isin(trade.columns, columns)[trade.column]
    mine = np.isin(trade.person, persons)
    held = _held(trade, inside)
    return Membership(persons, columns, rows[inside & mine], float(held[trade.place[mine]].sum()))


def _trade(sold: Sales, persons: Ints, columns: Longs) -> tuple[Trade, Longs]:
    """Return the trade of every place where two members or more bought, and its rows in sales."""
    member = np.zeros(sold.n_persons, bool)
    member[persons] = True
    own = np.flatnonzero(member[sold.person])
    pairs = np.unique(sold.person[own] * np.int64(sold.n_places) + sold.place[own])
    open_here = np.bincount(pairs % sold.n_places, minlength=sold.n_places) > 1
    open_here[columns % sold.n_places] = True
    rows = np.flatnonzero(open_here[sold.place])
    person, place, good = sold.person[rows], sold.place[rows], sold.good[rows]
    names, column = np.unique(good * np.int64(sold.n_places) + place, return_inverse=True)
    other = ~member[person]
    traffic = np.bincount(place[other], minlength=sold.n_places)
    bought = np.bincount(column[other], minlength=len(names))
    # One more of each: what no outsider bought is rare, not impossible.
    share = (bought + 1) / (traffic[names % sold.n_places] + 1)
    return Trade(person, place, good, column, names, share), rows


def _columns(trade: Trade, member: Bools, columns: Longs, bounds: Bounds) -> Longs:
    """Return the columns that members buy beyond chance."""
    n_places = int(trade.place.max(initial=0)) + 1
    bought = np.bincount(trade.column[member], minlength=len(trade.columns))
    visits = np.bincount(trade.place[member], minlength=n_places)
    place = np.zeros(len(trade.columns), np.int64)
    place[trade.column] = trade.place
    expected = visits[place] * trade.share
    p = upper_tail(bought, expected)
    named = np.isin(trade.columns, columns)
    keep = (p <= STAY) & named | (p * len(trade.columns) <= bounds.join)
    members = len(np.unique(trade.person[member]))
    keep &= _alike(bought, expected, members, named, len(trade.columns))
    return np.asarray(trade.columns[keep])


def _persons(trade: Trade, persons: Ints, columns: Longs, bounds: Bounds) -> Ints:
    """Return the persons who buy the columns beyond chance, at enough places and enough goods."""
    inside = np.isin(trade.columns, columns)[trade.column]
    people, person = np.unique(trade.person, return_inverse=True)
    chance = _held(trade, inside)[trade.place]
    expected = np.bincount(person, chance, minlength=len(people)).astype(np.float64)
    bought = np.bincount(person[inside], minlength=len(people))
    p = upper_tail(bought, expected)
    named = np.isin(people, persons)
    among = max(1, int((expected > 0).sum()))
    beyond = (p <= STAY) & _alike(bought, expected, len(columns), named, among)
    places = _variety(person[inside], trade.place[inside], len(people))
    goods = _variety(person[inside], trade.good[inside], len(people))
    return np.asarray(people[beyond & (places >= bounds.places) & (goods >= bounds.goods)])


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


def _held(trade: Trade, inside: Bools) -> Floats:
    """Return per place what share of its trade the block's columns are."""
    columns = np.unique(trade.column[inside])
    _, first = np.unique(trade.column, return_index=True)
    n_places = int(trade.place.max(initial=0)) + 1
    held = np.bincount(trade.place[first[columns]], trade.share[columns], minlength=n_places)
    return held.astype(np.float64)


def _variety(person: Longs, what: Ints, people: int) -> Longs:
    """Return per person how many distinct values `what` takes."""
    pairs = np.unique(np.stack((person, what)), axis=1)
    return np.bincount(pairs[0], minlength=people)
