"""Follow money through mixed accounts: to goals first, first in first out, while it is fresh.

Money in one account is mixed, and whoever follows it may choose what was spent on what (Re Oatway
[1903] 2 Ch 356): a payment towards a goal is made of followed money, any other payment of the
holder's other money, seen or not (Re Hallett's Estate (1880) 13 Ch D 696): trade does not use the
followed money up. Otherwise the earliest deposit is spent first (Clayton's case, 1816, 1 Mer 572).
This tells what can have come, at most; whether it follows anything is for a test to say. Money that
rests longer than the window is no longer followed: it has become the holder's own.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOWHERE = -1  # the origin of money that came from no start


@dataclass(frozen=True)
class Transfers:
    """Transfers sorted by time: payer and payee (account numbers), amount (fen), when (seconds)."""

    payer: Ints
    payee: Ints
    amount: Ints
    when: Ints
    n_accounts: int


@dataclass(frozen=True)
class Arrival:
    """Money of a start account at a goal: fen, the transfers it took (row numbers, in order)."""

    amount: int
    path: tuple[int, ...]


@dataclass
class _Lot:
    amount: int
    came: int
    path: tuple[int, ...]  # empty: money from no start


@dataclass(frozen=True)
class _Queues:
    """What lies in each account: followed money, and money from nowhere, in order of arrival."""

    followed: dict[int, deque[_Lot]]
    other: dict[int, deque[_Lot]]

    def arrive(self, account: int, lot: _Lot) -> None:
        kind = self.followed if lot.path else self.other
        kind.setdefault(account, deque()).append(lot)

    def leaving(
        self,
        account: int,
        row: int,
        amount: int,
        when: int,
        window: int,
        *,
        first: bool,
        level: bool,
    ) -> list[_Lot]:
        """Return the parts of one transfer by where they came from, each one step further.

        first: it is made of followed money before other money; level: after it; else not at all.
        """
        left, parts = amount, list[_Lot]()
        kinds = (self.followed, self.other) if first else (self.other, self.followed)
        for kind in kinds if first or level else (self.other,):
            for taken, path in _taken(kind.get(account, deque()), left, when - window):
                parts.append(_Lot(taken, when, (*path, row) if path else ()))
                left -= taken
        return [*parts, _Lot(left, when, ())] if left else parts


def _taken(queue: deque[_Lot], most: int, since: int) -> list[tuple[int, tuple[int, ...]]]:
    """Take at most so many fen off the queue, dropping what came before; sums and paths."""
    parts: list[tuple[int, tuple[int, ...]]] = []
    while queue and most > 0:
        lot = queue[0]
        taken = min(most, lot.amount)
        if lot.came < since or lot.amount == taken:
            queue.popleft()
        if lot.came >= since:
            parts.append((taken, lot.path))
            lot.amount -= taken
            most -= taken
    return parts


def traced(
    money: Transfers, *, start: Bools, stop: Bools, goal: Bools, window: int, layers: int
) -> list[Arrival]:
    """Return what reaches goal accounts from start accounts over at most `layers` others.

    start, stop, goal: bool[n_accounts]; money is not followed through start or stop accounts.
    window: seconds that money may rest in an account. Sorted by (last transfer, path).
    """
    away = _distance(money.payer, money.payee, start, start | stop, layers + 1)
    back = _distance(money.payee, money.payer, goal, start | stop, layers)
    between = ~start & ~stop & (away >= 1) & (back >= 1) & (away + back <= layers + 1)
    between |= ~start & ~stop & goal & (away >= 1) & (away <= layers) & _pays_goal(money, back)
    rows = between[money.payer] | between[money.payee] | (start[money.payer] & goal[money.payee])
    chosen = np.flatnonzero(rows)
    # On one moment (dates without times) money must arrive before it can leave.
    order = chosen[np.lexsort((chosen, away[money.payer[chosen]], money.when[chosen]))]
    nearer = goal[money.payee] | (back[money.payee] < back[money.payer])
    level = (back[money.payee] == back[money.payer]) & _one_way(money)
    arrivals: list[Arrival] = []
    queues = _Queues({}, {})
    for row in order.tolist():
        payer, amount, when = int(money.payer[row]), int(money.amount[row]), int(money.when[row])
        lots = (
            [_Lot(amount, when, (row,))]
            if start[payer]
            else queues.leaving(
                payer, row, amount, when, window, first=bool(nearer[row]), level=bool(level[row])
            )
        )
        for lot in lots:
            payee = int(money.payee[row])
            if goal[payee] and lot.path:
                arrivals.append(Arrival(lot.amount, lot.path))
            if between[payee]:
                whole = lot if len(lot.path) <= layers else _Lot(lot.amount, lot.came, ())
                queues.arrive(payee, whole)
    return sorted(arrivals, key=lambda one: (one.path[-1], one.path))


def _pays_goal(money: Transfers, back: Ints) -> Bools:
    """Return per account whether it pays a goal itself."""
    pays = np.zeros(money.n_accounts, bool)
    pays[money.payer[back[money.payee] == 0]] = True
    return pays


def _one_way(money: Transfers) -> Bools:
    """Return which transfers go to an account that never pays the payer: no partner in trade."""
    ways = money.payer * money.n_accounts + money.payee
    return ~np.isin(money.payee * money.n_accounts + money.payer, ways)


def _distance(source: Ints, target: Ints, begin: Bools, closed: Bools, most: int) -> Ints:
    """Return the least number of transfers from `begin` to each account (most + 1: farther).

    Only accounts that are not `closed` are passed through.
    """
    steps = np.where(begin, 0, most + 1).astype(np.int64)
    for step in range(1, most + 1):
        open_now = (steps == step - 1) & (begin | ~closed)
        reached = np.zeros(len(begin), bool)
        reached[target[open_now[source]]] = True
        steps[reached & (steps > step)] = step
    return steps
