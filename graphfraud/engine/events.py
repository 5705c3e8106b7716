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
from graphfraud.engine.event_order import day_events
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


def events(engine: Engine, scheduled: Sequence[str] = SCHEDULED_CODES) -> Events:
    """Return the events of the attached snapshot; the same whatever the order of its rows.

    scheduled: how the diagnosis codes of scheduled treatments begin (see model/scheduled.toml).
    """
    facility_ids = engine.arrow("events/facilities")["facility_id"].to_pylist()
    place, start, person, treated, names = _visits(engine, scheduled)
    rank, ordered = names.ranked()
    sizes = len(EVENT_KINDS) * len(facility_ids), len(rank)
    place, start, person, treated = day_events(place, start, rank[person], treated, *sizes)
    kinds = np.int32(len(EVENT_KINDS))
    return Events(
        person, place // kinds, (place % kinds).astype(np.int8), start, treated,
        ordered.to_pylist(), facility_ids,
    )  # fmt: skip


_Parts = tuple[
    NDArray[np.int32], NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_], TextCodes
]


def _visits(engine: Engine, scheduled: Sequence[str]) -> _Parts:
    """Return (place, start, person code, scheduled) of the visits, and who the codes are."""
    source = "claims"
    if engine.arrays("events/refunded")["refunds"][0]:
        engine.run("events/not_refunded")
        source = "claims_not_refunded"
    names, parts = TextCodes(), []
    pattern = {"scheduled": _beginning_with(scheduled)}
    for batch in engine.batches("events/visits", pattern, names={"visit_claims": source}):
        person = names.add(batch["person_id"], batch["person_hash"].to_numpy())
        columns = batch["place"].to_numpy(), batch["start"].to_numpy(), person
        parts.append((*columns, batch["scheduled"].to_numpy(zero_copy_only=False)))
    kinds = np.int32, np.int64, np.int32, np.bool_
    empty = [np.empty(0, kind) for kind in kinds]
    place, start, person, treated = (
        np.concatenate(column) for column in zip(empty, *parts, strict=True)
    )
    return place, start, person, treated, names


def _beginning_with(codes: Sequence[str]) -> str:
    """Return the regular expression for dotless codes that begin with one of `codes`.

    >>> _beginning_with(["N18.6", "z49"])
    '^(?:N186|Z49)'
    """
    plain = sorted(re.escape(code.replace(".", "").upper()) for code in codes)
    return f"^(?:{'|'.join(plain)})" if plain else r"\b\B"
