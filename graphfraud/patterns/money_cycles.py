"""Settlement cycles: which claims a fund's payment covers, and which returns follow it.

A fund pays a provider at intervals, some days after the claims were settled. The lag is taken from
what funds pay and what claims cost, over all providers, before anybody's account is looked at.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.patterns.money_flows import DAY, Books, by_number

Ints = NDArray[np.int64]

Floats = NDArray[np.float64]

PROVIDERS = 300  # the best paid ones are enough to read the lag from
LAGS = range(93)  # days; funds settle by the month or quarter


@dataclass(frozen=True)
class Cycles:
    """The cycles of one provider: ends of claims (seconds), and when money could return from.

    Claim at s lies in the first cycle m with ends[m] ≥ s, return at r in the last m with
    paid[m] ≤ r; -1 outside.
    """

    ends: Ints
    paid: Ints

    def __len__(self) -> int:
        """Return the number of cycles."""
        return len(self.ends)

    def of_claims(self, second: Ints) -> Ints:
        """Return the cycle of claims settled at these seconds, -1 for none."""
        at = np.searchsorted(self.ends, second, side="left")
        step = int(np.median(np.diff(self.ends))) if len(self.ends) > 1 else 31 * DAY
        early = second <= (self.ends[0] if len(self.ends) else 0) - step
        return np.where((at < len(self.ends)) & ~early, at, -1)

    def of_returns(self, second: Ints) -> Ints:
        """Return the cycle whose payment was the last one before these seconds, -1 for none."""
        return np.asarray(np.searchsorted(self.paid, second, side="right") - 1)


def fund_cycles(books: Books, daily: pd.DataFrame) -> tuple[dict[int, Cycles], int]:
    """Return the cycles of every provider that funds pay at least three times, and the lag in days.

    daily: rows of money_daily.sql, provider being the account's number.
    """
    paid = {provider: days for provider, days in _paydays(books).items() if len(days) > 2}
    owed = by_number(daily, "provider")
    size = {p: float(days["amount"].sum()) for p, days in paid.items() if p in owed}
    known = sorted(size, key=lambda p: (-size[p], p))[:PROVIDERS]
    misfit = sum((_misfit(paid[p], owed[p]) for p in known), np.zeros(len(LAGS)))
    lag = int(np.argmin(misfit))
    return {p: Cycles(_ends(days, lag), days["second"].to_numpy()) for p, days in paid.items()}, lag


def month_cycles(first: int, last: int) -> Cycles:
    """Return calendar months from `first` to `last` (seconds): claims and returns of one month."""
    months = pd.period_range(pd.Timestamp(first, unit="s"), pd.Timestamp(last, unit="s"), freq="M")
    begin = np.array([int(m.start_time.timestamp()) for m in months], np.int64)
    end = np.array([int((m + 1).start_time.timestamp()) - 1 for m in months], np.int64)
    return Cycles(end, begin)


def _paydays(books: Books) -> dict[int, pd.DataFrame]:
    """Return for each provider the days on which its main fund pays, with sums of all funds.

    Columns: second (first payment of the day), amount (of all funds until the next one).
    """
    rows = books.payments
    mine = books.fund[rows["payer_no"].to_numpy()]
    provider = books.marked(books.facilities)[rows["payee_no"].to_numpy()]
    rows = rows[mine & provider]
    result = {}
    for number, part in by_number(rows, "payee_no").items():
        sums = part.groupby("payer_no")["amount"].sum()
        main = part[part["payer_no"] == sums.idxmax()]
        days = main.groupby(main["second"] // DAY)["second"].min().to_numpy(np.int64)
        at = np.maximum(0, np.searchsorted(days // DAY * DAY, part["second"], side="right") - 1)
        amount = np.bincount(at, part["amount"].to_numpy(float), len(days))
        result[number] = pd.DataFrame({"second": days, "amount": amount})
    return result


def _ends(days: pd.DataFrame, lag: int) -> Ints:
    """Return the last second of the claims that each payment covers."""
    return (days["second"].to_numpy(np.int64) // DAY - lag) * DAY - 1


def _misfit(days: pd.DataFrame, owed: pd.DataFrame) -> Floats:
    """Return for each lag how far payments are from a constant multiple of what claims cost."""
    upto = np.concatenate(([0.0], np.cumsum(owed["fund"].to_numpy(float))))
    begin = days["second"].to_numpy(np.int64) // DAY - np.array(LAGS)[:, None]
    cost = np.diff(upto[np.searchsorted(owed["day"].to_numpy(), begin, side="left")], axis=1)
    amount = days["amount"].to_numpy()[1:]
    slope = (cost @ amount) / np.maximum(1.0, (cost * cost).sum(axis=1))
    error = np.abs(amount - slope[:, None] * cost).sum(axis=1)
    return np.asarray(error / max(1.0, float(amount.sum())))
