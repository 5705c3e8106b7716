"""Card holders behind a recipient: whose claims' fund money a lump sum is made of.

When money returns to one hand for many cards, the cards' claims are for the recipients' own basket,
and the returned sums follow the fund's sums for those claims, cycle by cycle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.coincidence import correlation_tail
from graphfraud.patterns.money_cycles import Cycles

Floats = NDArray[np.float64]

BASKETS = 5  # the payees' most frequent baskets are tried
SEEN = 2  # claims of a basket that make a habit
ROUNDING = 1e-6  # of the squared error: fen and fees
EXCHANGED = 80  # candidates up to whom exchanges are tried as well
LEVEL = 0.01  # of the sums' correlation, after the baskets tried


@dataclass(frozen=True)
class Holders:
    """claims: person_id, facility_id, cycle, claim_id, fund of the card holders.

    p: of the sums' correlation.
    """

    claims: pd.DataFrame
    p: float


def card_holders(
    returned: pd.Series, payees: Sequence[str], baskets: pd.DataFrame, cycles: Cycles
) -> Holders | None:
    """Return the card holders whose claims the returned sums follow best, None without any.

    returned: fen by cycle; payees: person ids; baskets: rows of money_baskets.sql for this
    provider. Tried are the baskets that the payees have most claims of, in all facilities of the
    account together and in each alone.
    """
    rows = baskets.assign(cycle=cycles.of_claims(baskets["second"].to_numpy()))
    habits = _habits(rows[rows["cycle"] >= 0], payees)
    target = np.zeros(len(cycles))
    target[returned.index.to_numpy()] = returned.to_numpy()
    options = []
    for number, rows in enumerate(habits):
        table, sums = _sums(rows, len(cycles))
        p = correlation_tail(_correlation(target, sums.sum(axis=0)), len(cycles) - 2)
        options.append((p * len(habits), number, table, sums))
    if not options:
        return None
    p, _, table, sums = min(options, key=lambda option: option[:2])
    if p > LEVEL:
        return None
    own_number = table.loc[table["person_id"].isin(payees), "holder"].unique()
    begins = [np.ones(len(sums), bool), np.isin(np.arange(len(sums)), own_number)]
    kept = table["holder"].isin(min(_best(target, sums, begin) for begin in begins)[1])
    return Holders(table.loc[kept, ["person_id", "facility_id", "cycle", "claim_id", "fund"]], p)


def _habits(rows: pd.DataFrame, payees: Sequence[str]) -> list[pd.DataFrame]:
    """Return the claims of each basket to be tried: everywhere, and place by place if several."""
    often = rows.groupby(["basket", "person_id"])["claim_id"].transform("size")
    rows = rows[often >= SEEN]
    own = rows[rows["person_id"].isin(payees)]
    size = own.groupby("basket").size().sort_index()
    habits = []
    for basket in sorted(size.sort_values(ascending=False, kind="stable").index[:BASKETS]):
        mine = rows[rows["basket"] == basket]
        places = sorted(set(own.loc[own["basket"] == basket, "facility_id"]))
        alone = [mine[mine["facility_id"] == place] for place in places]
        habits += [mine, *(part for part in alone if len(part) < len(mine))]
    return habits


def _sums(rows: pd.DataFrame, cycles: int) -> tuple[pd.DataFrame, Floats]:
    """Return the rows with their holder's number, and the fund's fen by holder and cycle."""
    holder, people = pd.factorize(rows["person_id"], sort=True)
    sums = np.zeros((len(people), cycles))
    np.add.at(sums, (holder, rows["cycle"].to_numpy()), rows["fund"].to_numpy(float))
    return rows.assign(holder=holder), sums


def _correlation(a: Floats, b: Floats) -> float:
    if a.std() < 1e-9 or b.std() < 1e-9:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _best(target: Floats, sums: Floats, inside: NDArray[np.bool_]) -> tuple[float, list[int]]:
    """Return the error, and the holders whose claims the sums are made of.

    From `inside` on one is dropped, added or exchanged until no such move fits better by
    Akaike's criterion (1974): a holder of the habit stays unless the sums speak against it.
    """
    now = _misfit(target, sums[inside].sum(axis=0))
    for _ in range(4 * len(sums)):
        moves = _moves(inside)
        errors = np.array([_misfit(target, one) for one in moves @ sums])
        if (
            not len(errors)
            or len(target) * np.log((now + ROUNDING) / (errors.min() + ROUNDING)) < 2
        ):
            break
        inside, now = moves[int(errors.argmin())], float(errors.min())
    return round(now, 9), [int(n) for n in np.flatnonzero(inside)]


def _moves(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return every set that is one drop, one addition or one exchange away; never the empty one."""
    size = len(inside)
    flips = inside[None, :] ^ np.eye(size, dtype=bool)
    kept, out = np.flatnonzero(inside), np.flatnonzero(~inside)
    swaps = np.repeat(inside[None, :], len(kept) * len(out) if size <= EXCHANGED else 0, axis=0)
    if len(swaps):
        drop, add = (part.ravel() for part in np.meshgrid(kept, out, indexing="ij"))
        rows = np.arange(len(swaps))
        swaps[rows, drop], swaps[rows, add] = False, True
    moves = np.concatenate((flips, swaps))
    return moves[moves.any(axis=1)]


def _misfit(target: Floats, sums: Floats) -> float:
    """Return the squared error of the best constant share, relative to the target."""
    share = float(sums @ target) / max(1.0, float(sums @ sums))
    return float(((target - share * sums) ** 2).sum() / max(1.0, float(target @ target)))
