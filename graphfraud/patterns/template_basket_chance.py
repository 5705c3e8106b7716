"""How often a basket recurs on one facility's day by chance.

The share of a basket is the larger of what it has elsewhere in the region (the facility left out,
backed off to all regions) and at the facility on its other days: a standard package is expected
where it is standard. Baskets come in bunches, campaigns and waves, so the count is beta-binomial:
as clustered as this basket is elsewhere, and at least as clustered as a day's baskets are anywhere.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from graphfraud.network.beta_binomial import upper_tail

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BACK_OFF = 100.0  # visits elsewhere in the region that weigh as much as all regions together
TRIMMED = 0.05  # of the days, those most alike, say nothing of the ordinary likeness of a day


@dataclass(frozen=True)
class Margins:
    """What could be tested: pairs of a facility and a basket; likeness: correlation of a day."""

    family: int
    likeness: float
    days: pd.Series


def margins(table: pd.DataFrame) -> Margins:
    """Return the family and the ordinary likeness from the rows of template_basket_margins."""
    once = table.drop_duplicates(["facility_id", "med_type"])
    days = once.set_index(["facility_id", "med_type"])["days"]
    return Margins(int(once["baskets"].sum()), _likeness(table), days)


def _likeness(table: pd.DataFrame) -> float:
    """Return the share of pairs alike beyond what the facility's own habits give, trimmed."""
    busy = table[table["seen"] > 1]
    if not len(busy):
        return 0.0
    pairs = (busy["seen"] * (busy["seen"] - 1.0)).to_numpy(np.float64)
    excess = busy["same"].to_numpy(np.float64) - busy["by_chance"].to_numpy(np.float64) * pairs
    share = excess / pairs
    kept = share <= np.quantile(share, 1 - TRIMMED)
    return float(np.clip(excess[kept].sum() / pairs[kept].sum(), 0.0005, 0.5))


@dataclass(frozen=True)
class Chance:
    """Per row: the share of the basket by chance, its correlation, and P(as many or more)."""

    share: Floats
    correlation: Floats
    p: Floats


def chance(days: pd.DataFrame, likeness: float, apart: Flags) -> Chance:
    """Return the chance of each row of template_basket_days; apart: rows that are no reference."""
    share = np.maximum(_elsewhere(days), _other_days(days, apart))
    correlation = np.maximum(likeness, _bunches(days))
    p = upper_tail(
        days["alike"].to_numpy(np.int64), days["seen"].to_numpy(np.int64), share, correlation
    )
    return Chance(share, correlation, p)


def _less(days: pd.DataFrame, whole: str, part: str) -> Floats:
    return (days[whole] - days[part]).to_numpy(np.float64)


def _elsewhere(days: pd.DataFrame) -> Floats:
    """Return the basket's share at other facilities, never less than half a person of all."""
    hits, seen = (
        _less(days, "anywhere", "at_facility"),
        _less(days, "all_anywhere", "all_at_facility"),
    )
    wide = (hits + 0.5) / (np.maximum(seen, days["all_at_facility"]) + 1)
    hits, seen = (
        _less(days, "in_area", "at_facility"),
        _less(days, "all_in_area", "all_at_facility"),
    )
    return np.asarray((hits + BACK_OFF * wide) / (seen + BACK_OFF))


def _other_days(days: pd.DataFrame, apart: Flags) -> Floats:
    """Return the basket's share at the facility without this day and the days set apart."""
    keys = [days["facility_id"], days["med_type"], days["basket"]]
    sums = [
        (days[name] * apart).groupby(keys).transform("sum").to_numpy(np.float64)
        + np.where(apart, 0, days[name])
        for name in ("alike", "seen")
    ]
    hits = days["at_facility"].to_numpy(np.float64) - sums[0]
    seen = days["all_at_facility"].to_numpy(np.float64) - sums[1]
    return np.asarray((np.maximum(hits, 0) + 0.5) / (np.maximum(seen, 0) + 1.0))


def _bunches(days: pd.DataFrame) -> Floats:
    """Return how strongly the basket clusters on single days at the other facilities."""
    hits, seen = (
        _less(days, "in_area", "at_facility"),
        _less(days, "all_in_area", "all_at_facility"),
    )
    share = np.clip(hits / np.maximum(1, seen), 1e-9, 1 - 1e-9)
    pairs = _less(days, "pairs", "own_pairs") / np.maximum(
        1, _less(days, "all_pairs", "own_all_pairs")
    )
    return np.asarray(np.clip((pairs - share**2) / (share * (1 - share)), 0.0, 0.95))


def log_ways(days: int, chosen: int) -> float:
    """Return the logarithm of in how many ways so many days can be chosen.

    >>> round(float(np.exp(log_ways(5, 2))))
    10
    """
    return float(-np.log(days + 1) - special.betaln(days - chosen + 1, chosen + 1))
