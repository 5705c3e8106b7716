"""Follow money through accounts: first in, first out, while it is fresh.

Money in one account is mixed; the rule that takes the earliest deposit as spent first is Clayton's
case (Devaynes v Noble, 1816, 1 Mer 572). Money that rests longer than the window is no longer
followed: it has become the holder's own. Everything that flows into a followed account, from
wherever, stands in the queue, so that an honest income is spent before later money.
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
    arrivals: list[Arrival] = []
    queues: dict[int, deque[_Lot]] = {}
    for row in order.tolist():
        for lot in _leaving(money, row, start, queues, window):
            payee = int(money.payee[row])
            if goal[payee] and lot.path:
                arrivals.append(Arrival(lot.amount, lot.path))
            if between[payee]:
                whole = lot if len(lot.path) <= layers else _Lot(lot.amount, lot.came, ())
                queues.setdefault(payee, deque()).append(whole)
    return sorted(arrivals, key=lambda one: (one.path[-1], one.path))


def _pays_goal(money: Transfers, back: Ints) -> Bools:
    """Return per account whether it pays a goal itself."""
    pays = np.zeros(money.n_accounts, bool)
    pays[money.payer[back[money.payee] == 0]] = True
    return pays


def _leaving(
    money: Transfers, row: int, start: Bools, queues: dict[int, deque[_Lot]], window: int
) -> list[_Lot]:
    """Return the parts of one transfer by where they came from, each one step further."""
    payer, left, when = int(money.payer[row]), int(money.amount[row]), int(money.when[row])
    if start[payer]:
        return [_Lot(left, when, (row,))]
    queue = queues.get(payer, deque())
    parts: list[_Lot] = []
    while queue and left > 0:
        lot = queue[0]
        if lot.came < when - window:
            queue.popleft()
            continue
        taken = min(left, lot.amount)
        parts.append(_Lot(taken, when, (*lot.path, row) if lot.path else ()))
        lot.amount -= taken
        left -= taken
        if lot.amount == 0:
            queue.popleft()
    return [*parts, _Lot(left, when, ())] if left else parts


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
