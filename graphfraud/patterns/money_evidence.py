"""Do a provider's payments to persons follow those persons' own claims? One provider, one route.

When: cycles in which a person is paid against cycles in which the fund paid for their claims there
(hypergeometric, given how often each happens). How much: sums against the fund's sums, inside each
person. Who: customers among the payees of layers against the region's persons with accounts, told
beside it. A lump for many cards: returned sums against the card holders' claims (money_holders).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.coincidence import (
    combined,
    correlation_tail,
    overlap_law,
    tail,
    within_correlation,
)
from graphfraud.patterns.money_cycles import Cycles

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Route:
    """Returns of one provider account over one kind of route ('direct' or 'layered')."""

    provider: int
    kind: str
    table: pd.DataFrame  # rows of returns(), with column excuse
    claims: pd.DataFrame  # the payees' claims there, unrefunded, with column payee


@dataclass(frozen=True)
class Evidence:
    """One route tested under one clock.

    cells: payee, cycle, returned, fund (fen), excuse: the cycles with both, one unit each.
    overlaps: m, n, k, o, fixed by payee; law: of the sum of o under the null.
    correlation, freedom: inside persons; who: customers among the payees, payees, and how many
    customers chance gives (told, not tested: who works or lives next door is a customer anyway).
    sums_p: of the returned sums against a wider circle's claims; tests: how many times all was
    tried, over all providers.
    """

    route: Route
    cycles: Cycles
    clock: str
    cells: pd.DataFrame
    overlaps: pd.DataFrame
    law: Floats
    correlation: float
    freedom: int
    who: tuple[int, int, float] | None = None
    sums_p: float = 1.0
    holders: pd.DataFrame | None = None
    tests: int = 1

    @property
    def units(self) -> int:
        """Return in how many cases a person was paid after a cycle with claims of theirs."""
        return len(self.cells)

    @property
    def fixed(self) -> int:
        """Return how many of these cases the null model does not exchange."""
        return int(self.overlaps["fixed"].sum())

    @property
    def expected(self) -> float:
        """Return how many of these cases chance gives."""
        return self.fixed + float(np.arange(len(self.law)) @ self.law)

    @property
    def share(self) -> float:
        """Return the share of the fund's money that returned (1.0 is all), the median of cells."""
        if self.holders is not None:
            whole = self.holders[self.holders["cycle"].isin(self.cells["cycle"])]["fund"].sum()
            return float(self.cells["returned"].sum() / max(1, int(whole)))
        return float((self.cells["returned"] / self.cells["fund"]).median())

    def chance(self, units: int) -> float:
        """Return the family-wise p-value, were only `units` of the cases left."""
        if units <= 0:
            return 1.0
        part = min(1.0, units / max(1, self.units))
        parts = [tail(self.law, units - self.fixed)]
        much = correlation_tail(self.correlation, int(self.freedom * part))
        parts.append(min(1.0, 2 * min(much, self.sums_p)) if self.sums_p < 1 else much)
        return min(1.0, self.tests * combined(parts))


def evidence(
    route: Route, cycles: Cycles, clock: str, tests: int, *, lumps: bool = False
) -> Evidence | None:
    """Test one route; None where no person was ever paid after a cycle with claims.

    lumps: payees may get more than the fund paid for them, because they collect for others.
    """
    table, claims = route.table, route.claims
    returned = _by_cycle(table["payee"], cycles.of_returns(table["left"].to_numpy()), table)
    settled = cycles.of_claims(claims["second"].to_numpy())
    fund = _by_cycle(claims["payee"], settled, claims.rename(columns={"fund": "amount"}))
    if not lumps:
        returned = _at_most_what_was_paid(returned, fund)
    cells = pd.concat({"returned": returned, "fund": fund}, axis=1, join="inner").reset_index()
    if cells.empty:
        return None
    excuse = table.groupby("payee")["excuse"].agg(_most_common)
    cells["excuse"] = cells["payee"].map(excuse)
    overlaps = _overlaps(returned, fund)
    m, n, k = (overlaps[name].to_numpy(np.int64) for name in ("m", "n", "k"))
    log = [np.log(cells[name].to_numpy(float)) for name in ("returned", "fund")]
    group = np.unique(cells["payee"], return_inverse=True)[1].astype(np.int64)
    found, free = within_correlation(group, log[0], log[1])
    return Evidence(
        route=route,
        cycles=cycles,
        clock=clock,
        cells=cells,
        overlaps=overlaps,
        law=overlap_law(m, n, k),
        correlation=found,
        freedom=free,
        tests=tests,
    )


def who(evidence: Evidence, rates: Mapping[tuple[int, int], float]) -> tuple[int, int, float]:
    """Return customers among the payees, payees, and the former's expectation, payees dealt anew.

    rates: (provider, payee) -> share of customers among the persons with an account in the
    payee's region.
    """
    payees = sorted(set(evidence.route.table["payee"]))
    customers = len(set(evidence.route.claims["payee"]) & set(payees))
    return customers, len(payees), sum(rates[evidence.route.provider, one] for one in payees)


def _by_cycle(payee: pd.Series, cycle: NDArray[np.int64], rows: pd.DataFrame) -> pd.Series:
    """Return the sums of amount by (payee, cycle), inside the cycles only."""
    inside = np.asarray(cycle) >= 0
    keys = [payee[inside].rename("payee"), pd.Series(cycle[inside], payee.index[inside])]
    sums = rows["amount"][inside].groupby(keys).sum()
    return sums.rename_axis(["payee", "cycle"])


def _at_most_what_was_paid(returned: pd.Series, fund: pd.Series) -> pd.Series:
    """Drop payees who got more than the fund ever paid for them: that is no part of it."""
    paid = fund.groupby(level=0).sum()
    got = returned.groupby(level=0).sum()
    kept = got.index[got <= paid.reindex(got.index).fillna(0)]
    return returned[returned.index.get_level_values(0).isin(kept)].copy()


def _overlaps(returned: pd.Series, fund: pd.Series) -> pd.DataFrame:
    """Return for each payee: m cycles exchanged, n with claims, k with payments, o with both.

    Only the cycles between a person's first and last payment are exchanged: who works or lives
    there for a season is both paid and a customer in that season. fixed: overlaps at these ends.
    """
    claimed, all_paid = _cycles_of(fund), _cycles_of(returned)
    rows = []
    for payee, paid in sorted(all_paid.items()):
        own, inside = claimed.get(payee, set()), set(range(min(paid) + 1, max(paid)))
        numbers = (len(inside), len(own & inside), len(paid & inside), len(own & paid & inside))
        rows.append((payee, *numbers, len((paid - inside) & own)))
    return pd.DataFrame(rows, columns=["payee", "m", "n", "k", "o", "fixed"])


def _cycles_of(sums: pd.Series) -> dict[int, set[int]]:
    """Return for each payee the cycles of sums by (payee, cycle)."""
    found: dict[int, set[int]] = {}
    for payee, cycle in sums.index.tolist():
        found.setdefault(int(payee), set()).add(int(cycle))
    return found


def _most_common(codes: pd.Series) -> str:
    counts = codes.value_counts()
    return str(min(counts.index[counts == counts.max()]))
