"""The joint visits of a group, one by one: what its numbers are counted from."""

import numpy as np
import pandas as pd

from graphfraud.engine.co_attendance import meetings_among
from graphfraud.engine.events import Events
from graphfraud.engine.visits import SECONDS_A_DAY, Ints, Visits
from graphfraud.patterns.company import in_company


def meetings(seen: Events, visits: Visits, persons: Ints, *, company: bool = False) -> pd.DataFrame:
    """Return every meeting of two of the persons, sorted by (a, b, day, facility).

    Columns: a, b (person ids), facility_id, kind (0 pharmacy, 1 outpatient, 2 inpatient), day
    (seconds of midnight of a's visit), start_a, start_b (seconds), scheduled (both visits).
    company: only those at which a third of the persons was met.
    """
    rows = visits.rows_of(persons)
    mine, everyone = visits.at(rows), np.ones(visits.n_persons, bool)
    first, second = (rows[at] for at in meetings_among(mine, everyone))
    if company:
        kept = in_company(first, second, visits.person)
        first, second = first[kept], second[kept]
    swap = visits.person[first] > visits.person[second]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    table = pd.DataFrame(
        {
            "a": visits.person[first],
            "b": visits.person[second],
            "day": visits.start[first] // SECONDS_A_DAY * SECONDS_A_DAY,
            "facility_id": seen.facility[first],
            "kind": seen.kind[first],
            "start_a": seen.start[first],
            "start_b": seen.start[second],
            "scheduled": seen.scheduled[first] & seen.scheduled[second],
        }
    ).sort_values(["a", "b", "day", "facility_id", "kind"], ignore_index=True)
    names = {"a": seen.person_ids, "b": seen.person_ids, "facility_id": seen.facility_ids}
    for column, ids in names.items():  # one by one: the snapshot has far more of them
        table[column] = np.array([ids[code] for code in table[column].tolist()], object)
    return table
