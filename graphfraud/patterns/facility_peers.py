"""Who a facility's peers are: strata from the finest (kind, level, region) to the kind alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine

Ints = NDArray[np.int64]

STRATA = (("kind", "level", "region"), ("kind", "level"), ("kind",))


@dataclass(frozen=True)
class Facilities:
    """ids: sorted; table: facility_id, kind, level, region; strata: codes, finest first."""

    ids: list[str]
    table: pd.DataFrame
    strata: tuple[Ints, ...]

    def codes(self, facility_ids: pd.Series) -> Ints:
        """Return the position of each id, which must be known."""
        return np.asarray(pd.Index(self.ids).get_indexer(pd.Index(facility_ids)), np.int64)

    def kinds(self) -> list[str]:
        """Return hospital, clinic or pharmacy for each facility."""
        return self.table["kind"].tolist()


def facilities(engine: Engine) -> Facilities:
    """Return every facility of the attached snapshot with its strata."""
    table = engine.frame("patterns/facility_kinds")
    strata = tuple(
        np.asarray(table.groupby(list(names)).ngroup(), np.int64).reshape(-1) for names in STRATA
    )
    return Facilities(table["facility_id"].tolist(), table, strata)
