"""Sequences: seen by a doctor, at a pharmacy the same day; and where the patients buy otherwise.

Dates without a clock compare by the day; with clocks, the purchase must not be earlier than the
visit. A place's own counter is no pharmacy that anybody is sent to.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.coded_claims import code_claims
from graphfraud.engine.duckdb import Engine
from graphfraud.model.scheduled import scheduled_expression

Codes = NDArray[np.int64]
COLUMNS = (
    "person", "seat", "doctor", "facility", "pharmacy", "area", "department", "season", "day",
    "scheduled",
)  # fmt: skip


@dataclass(frozen=True)
class Sequences:
    """One row a sequence, sorted by (seat, pharmacy, person, day); codes rank the ids' bytes.

    seat: a doctor at a facility. area, department, season: the strata of the visit, see the SQL.
    same_day: rows (person, facility, pharmacy), one a day on which both happened in any order.
    habit: rows (person, pharmacy, days bought there at all), pharmacy -1: any other.
    ids: for person, doctor, facility, pharmacy the ids by rank.
    """

    person: Codes
    seat: Codes
    doctor: Codes
    facility: Codes
    pharmacy: Codes
    area: Codes
    department: Codes
    season: Codes
    day: Codes
    scheduled: NDArray[np.bool_]
    same_day: NDArray[np.int64]
    habit: NDArray[np.int64]
    ids: dict[str, NDArray[np.object_]]

    def __len__(self) -> int:
        """Return the number of sequences."""
        return len(self.person)

    def at(self, rows: Codes) -> "Sequences":
        """Return the sequences at these positions, which must ascend; habits and ids stay."""
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns)

    @property
    def pharmacies(self) -> int:
        """Return how many pharmacies sequences end at."""
        return len(self.ids["pharmacy"])


def sequences(engine: Engine) -> Sequences:
    """Return the sequences of the attached snapshot, the same whatever the order of its rows."""
    code_claims(engine)
    rows = engine.arrays(
        "patterns/doctor_pharmacy_sequences", {"scheduled": scheduled_expression()}
    )
    habit = engine.arrays("patterns/doctor_pharmacy_habits")
    ids = engine.frame("patterns/doctor_pharmacy_ids")
    names = {
        kind: ids.loc[ids["kind"] == kind, "id"].to_numpy(object)
        for kind in ("person", "doctor", "facility", "pharmacy")
    }
    whole = {name: column.astype(np.int64) for name, column in rows.items()}
    once = np.stack([whole[name] for name in ("person", "facility", "pharmacy", "day")], axis=1)
    return _ordered(
        whole,
        same_day=np.unique(once, axis=0)[:, :3] if len(once) else np.zeros((0, 3), np.int64),
        habit=np.stack([habit[n].astype(np.int64) for n in ("person", "pharmacy", "days")], axis=1),
        ids=names,
    )


def _ordered(
    whole: dict[str, Codes],
    *,
    same_day: NDArray[np.int64],
    habit: NDArray[np.int64],
    ids: dict[str, NDArray[np.object_]],
) -> Sequences:
    """Return the rows that are sequences, seats numbered in the order of (doctor, facility)."""
    kept = np.flatnonzero(whole["sequence"] == 1)
    rows = {name: column[kept] for name, column in whole.items()}
    seat_key = rows["doctor"] * (len(ids["facility"]) + 1) + rows["facility"]
    _, seat = np.unique(seat_key, return_inverse=True)
    order = np.lexsort((rows["day"], rows["person"], rows["pharmacy"], seat))
    rows |= {"seat": seat}
    columns: dict[str, Any] = {name: rows[name][order] for name in COLUMNS}
    columns["scheduled"] = columns["scheduled"] == 1
    return Sequences(**columns, same_day=same_day, habit=habit, ids=ids)
