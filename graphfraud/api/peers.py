"""Facilities above their peers as readers ask for them: by level, by index, by facility."""

from collections.abc import Collection

import pandas as pd

from graphfraud.errors import UsageError
from graphfraud.findings.peers.indices import INDICES, Index
from graphfraud.findings.peers.lines import LINES

__all__ = ["LEVELS", "Index", "known_indices", "sifted"]

LEVELS = dict(enumerate(LINES, 1))  # level -> excess over the peers' median from which it holds


def known_indices() -> tuple[Index, ...]:
    """Return every index that facilities are compared by.

    >>> known_indices()[0].en
    'claims per insured person'
    """
    return tuple(INDICES.values())


def sifted(
    lines: pd.DataFrame,
    *,
    level: int = 1,
    indices: Collection[str] = (),
    facilities: Collection[str] = (),
) -> pd.DataFrame:
    """Return the warning lines from `level` on, the gravest first, with the column `excess`.

    lines: peer_lines.csv; indices, facilities: names and ids to keep, all where none is given;
    excess: value over the peers' median, less one; missing where that median is 0. UsageError for
    a level or an index that there is not.
    """
    if level not in LEVELS:
        raise UsageError(f"There is no level {level}.", hint="Levels are 1, 2 and 3.")
    for name in indices:
        if name not in INDICES:
            raise UsageError(f"There is no index {name!r}.", hint=f"Known: {', '.join(INDICES)}.")
    median = lines["peer_median"].where(lines["peer_median"] > 0)
    table = lines.assign(excess=lines["value"] / median - 1)
    kept = table["level"] >= level
    for column, asked in (("index", indices), ("facility_id", facilities)):
        kept &= table[column].isin(list(asked)) if asked else True
    order = ["level", "excess", "facility_id", "index"]
    ranked = table[kept].sort_values(
        order, ascending=[False, False, True, True], na_position="first"
    )
    return ranked.reset_index(drop=True)
