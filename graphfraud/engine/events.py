"""The event projection: from a snapshot's claims to sorted arrays of who was where, and when.

An event is one (person, facility, kind of care, calendar day). Refunds, the claims they name and
reimbursements by hand are no events.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.event_order import Visits, day_events
from graphfraud.engine.text_codes import TextCodes
from graphfraud.model.scheduled import SCHEDULED_CODES

EVENT_KINDS = ("pharmacy", "outpatient", "inpatient")


@dataclass(frozen=True)
class Events:
    """Events sorted by (facility, kind, start, person); all arrays have one length n.

    person, facility: int32 positions in person_ids and facility_ids, which are sorted by bytes.
    kind: int8 position in EVENT_KINDS. start: int64 seconds since 1970, local time; an admission
    counts from midnight. scheduled: bool, a visit of that day belongs to a scheduled treatment.
    """

    person: NDArray[np.int32]
    facility: NDArray[np.int32]
    kind: NDArray[np.int8]
    start: NDArray[np.int64]
    scheduled: NDArray[np.bool_]
    person_ids: list[str]
    facility_ids: list[str]

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.person)

    def at(self, rows: NDArray[np.int64]) -> "Events":
        """Return the events at these positions, which must ascend; same persons and places."""
        return Events(
            self.person[rows],
            self.facility[rows],
            self.kind[rows],
            self.start[rows],
            self.scheduled[rows],
            self.person_ids,
            self.facility_ids,
        )


def events(engine: Engine, scheduled: Sequence[str] = SCHEDULED_CODES) -> Events:
    """Return the events of the attached snapshot; the same whatever the order of its rows.

    scheduled: how the diagnosis codes of scheduled treatments begin (see model/scheduled.toml).
    """
    facility_ids = engine.arrow("events/facilities")["facility_id"].to_pylist()
    parts, names = _visits(engine, scheduled)
    rank, ordered = names.ranked()
    kinds = np.int32(len(EVENT_KINDS))
    place, start, person, treated = day_events(parts, rank, int(kinds) * len(facility_ids))
    return Events(
        person, place // kinds, (place % kinds).astype(np.int8), start, treated,
        ordered.to_pylist(), facility_ids,
    )  # fmt: skip


def _visits(engine: Engine, scheduled: Sequence[str]) -> tuple[list[Visits], TextCodes]:
    """Return the visits in parts, as they are read, and who their person codes are."""
    source = "claims"
    if engine.arrays("events/refunded")["refunds"][0]:
        engine.run("events/not_refunded")
        source = "claims_not_refunded"
    engine.run("events/scheduled", {"scheduled": _beginning_with(scheduled)})
    names, parts = TextCodes(), []
    for batch in engine.batches("events/visits", names={"visit_claims": source}):
        person = names.add(batch["person_id"], batch["person_hash"].to_numpy())
        # Copies, because a column that lives on keeps its whole batch alive, texts included.
        place, start, treated = (
            batch[name].to_numpy().copy() for name in ("place", "start", "scheduled")
        )
        parts.append((place, start, person, treated.view(np.bool_)))
    return parts, names


def _beginning_with(codes: Sequence[str]) -> str:
    """Return the regular expression for dotless codes that begin with one of `codes`.

    >>> _beginning_with(["N18.6", "z49"])
    '^(?:N186|Z49)'
    """
    plain = sorted(re.escape(code.replace(".", "").upper()) for code in codes)
    return f"^(?:{'|'.join(plain)})" if plain else r"\b\B"
