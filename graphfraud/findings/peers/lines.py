"""Warning lines of one index: 20, 50 or 100 per cent above the median of a facility's peers.

The median is over the others, so that a facility does not raise its own line. A line needs an
excess beyond the index's own sampling error: the ratio of two sums has the variance
n / (n − 1) · Σ (y − r·x)² / (Σ x)² (Cochran 1977, Sampling Techniques, chapter 6).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LINES = (0.2, 0.5, 1.0)  # above the median: levels 1, 2, 3
FEWEST_PEERS = 10  # with fewer, the median itself moves by half the spread between facilities
FEWEST_UNITS = 30  # from here on a mean's error is nearly normal; below, a place gets no line
ERRORS = 2.0  # standard errors that the excess must have: one honest place in forty by chance
COLUMNS = ("facility_id", "index", "value", "peer_median", "n_peers", "level", "peers", "n")
GROUPS = {"region": ["kind", "level", "area"], "all": ["kind", "level"]}

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]


def index_lines(
    name: str, sums: pd.DataFrame, facilities: pd.DataFrame, *, scale: float, least: float = 0.0
) -> pd.DataFrame:
    """Return the warning lines of one index, by facility_id; columns: COLUMNS.

    sums: facility_id, n (units), sx, sy, sxx, sxy, syy (sums over units of x, y and products);
    facilities: facility_id, kind, level, area. scale: of the
    value; least: values up to it get no line. peers tells where the peers are: region or all.
    """
    ratio = sums["sy"] / sums["sx"].where(sums["sx"] > 0)
    table = sums.assign(value=ratio * scale, error=_error(sums, ratio) * scale)
    table = table[(table["n"] >= FEWEST_UNITS) & table["value"].notna()]
    table = table.merge(facilities, on="facility_id").sort_values("facility_id", ignore_index=True)
    table["peers"], table["n_peers"], table["peer_median"] = "", 0, np.nan
    for where, keys in GROUPS.items():
        group: Longs = table.groupby(keys).ngroup().to_numpy().astype(np.int64)
        others, median = others_median(group, table["value"].to_numpy(float))
        new = (table["peers"] == "") & (others >= FEWEST_PEERS)
        table.loc[new, "peers"] = where
        table.loc[new, "n_peers"] = others[new]
        table.loc[new, "peer_median"] = median[new]
    table["level"] = _level(table) * (table["value"] > least)
    told = table[table["level"] > 0].assign(index=name)
    return told[list(COLUMNS)].reset_index(drop=True)


def no_lines() -> pd.DataFrame:
    """Return the table of warning lines without a row."""
    return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS})


def others_median(group: Longs, values: Floats) -> tuple[Longs, Floats]:
    """Return for each value how many others its group has, and their median (NaN for none)."""
    order = np.lexsort((values, group))
    ranked, sizes = values[order], np.bincount(group, minlength=1)
    size = sizes[group[order]]
    first = (np.cumsum(sizes) - sizes)[group[order]]
    rank, others = np.arange(len(values)) - first, size - 1
    # The k-th of the others is the k-th of all, one further from the value's own place on.
    picks = [np.maximum(0, others - 1) // 2, others // 2]
    last = np.maximum(0, len(values) - 1)
    ends = [ranked[np.minimum(last, first + k + (k >= rank))] for k in picks]
    median = np.where(others > 0, (ends[0] + ends[1]) / 2, np.nan)
    counts, medians = np.empty(len(values), np.int64), np.empty(len(values))
    counts[order], medians[order] = others, median
    return counts, medians


def _error(sums: pd.DataFrame, ratio: "pd.Series[float]") -> "pd.Series[float]":
    """Return the standard error of the ratio Σ y / Σ x."""
    n = sums["n"].where(sums["n"] > 1)
    spread = sums["syy"] - 2 * ratio * sums["sxy"] + ratio**2 * sums["sxx"]
    return (n / (n - 1) * spread.clip(lower=0)) ** 0.5 / sums["sx"]


def _level(table: pd.DataFrame) -> Longs:
    """Return 0 (no line) to 3 for each row."""
    value, median = table["value"].to_numpy(float), table["peer_median"].to_numpy(float)
    beyond = value - median > ERRORS * table["error"].to_numpy(float)
    steps = [value >= median * (1 + line) for line in LINES]
    level: Longs = np.sum(steps, axis=0, dtype=np.int64) * beyond
    return level
