"""The claims table, made in pieces so that memory stays bounded."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from .arrays import Ints
from .columns import Column, blank, padded, picked, seconds, together, yuan
from .diagnoses import CODES
from .ids import Ids, region_codes
from .rhythm import PHARMACY
from .settlement import Claims
from .world import World

PIECE = 500_000
MED_TYPES = ("pharmacy", "outpatient", "inpatient", "manual")


def claim_ids(claims: Claims, rows: Ints) -> Column:
    """Return the ids of the claims at `rows`: settling region, then the number of the row."""
    region = picked(region_codes(), claims.settle_region[rows])
    return together(region, padded(rows, 10))


def claims_table(world: World, claims: Claims, ids: Ids) -> Iterator[pa.Table]:
    """Yield the claims in their order, piece by piece."""
    row_of = rows_by_number(claims)
    for start in range(0, max(1, len(claims)), PIECE):
        rows = np.arange(start, min(start + PIECE, len(claims)))
        yield _piece(world, claims, rows, ids, row_of)


def rows_by_number(claims: Claims) -> Ints:
    """Return the row of each claim by its number; -1 where there is none."""
    row = np.full(int(claims.number.max(initial=0)) + 1, -1, dtype=np.int64)
    row[claims.number] = np.arange(len(claims))
    return row


def _piece(world: World, claims: Claims, rows: Ints, ids: Ids, row_of: Ints) -> pa.Table:
    part = claims.take(rows)
    refunds = part.refund_of >= 0
    reversed_rows = row_of[np.where(refunds, part.refund_of, 0)]
    return pa.table({
        "claim_id": claim_ids(claims, rows),
        "person_id": picked(ids.person, part.person),
        "facility_id": picked(ids.facility, part.place),
        "doctor_id": picked(ids.doctor, part.doctor),
        "med_type": picked(MED_TYPES, part.kind),
        "start_time": seconds(part.start),
        "end_time": seconds(part.end),
        "settle_time": seconds(part.settled),
        "diagnosis_code": picked(CODES, part.diagnosis),
        "total_amount": yuan(part.total),
        "fund_amount": yuan(part.fund),
        "cash_amount": yuan(part.cash),
        "invoice_no": _invoice_texts(world, part),
        "settle_region": picked(region_codes(), part.settle_region),
        "insurance_type": pa.array(part.insurance).cast(pa.string()),
        "encounter_id": together("E", padded(part.encounter, 10)),
        "operator_id": together("OP", padded(part.operator, 6)),
        "refund_of": blank(claim_ids(claims, reversed_rows), ~refunds),
    })  # fmt: skip


def _invoice_texts(world: World, part: Claims) -> Column:
    slip = world.places.kind[part.place] == PHARMACY
    national = together("35", padded(part.invoice, 18))
    text = pa.compute.if_else(pa.array(slip), padded(part.invoice, 8), national)
    return blank(text, part.invoice < 0)
