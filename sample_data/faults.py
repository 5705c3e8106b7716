"""The rows of the fixture that are broken on purpose: each common reason at least once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Row = dict[str, str]
REJECTED, DUPLICATE, CONFLICT, FLAGGED = "rejected", "duplicate", "conflict", "flagged"


@dataclass(frozen=True)
class Fault:
    """One broken row: where it goes, what the loader must say, and how it is made from a good one.

    `changes` overwrite columns; `layout` breaks the line itself.
    """

    region: str
    table: str
    reason: str
    changes: Mapping[str, str] = field(default_factory=dict)
    layout: str = ""  # "", "short", "quote", "open quote", "byte" or "copy"
    outcome: str = REJECTED


WRONG_CHECK = {"id_number": "110105194912310021"}
LATE = {"start_time": "2099-01-01 08:00:00", "end_time": "2099-01-01 09:00:00"}
FAULTS = (
    Fault("south", "claims", "column_count", layout="short"),
    Fault("south", "claims", "unclosed_quote", layout="quote"),
    Fault("south", "claims", "missing_id", {"claim_id": ""}),
    Fault("south", "claims", "malformed_id", {"claim_id": "9" * 65}),
    Fault("south", "claims", "missing_value", {"total_amount": ""}),
    Fault("south", "claims", "unknown_code", {"med_type": "99"}),
    Fault("south", "claims", "amount_format", {"total_amount": "12元"}),
    Fault("south", "claims", "amount_precision", {"total_amount": "12.345"}),
    Fault("south", "claims", "amount_overflow", {"total_amount": "1234567890123.00"}),
    Fault("south", "claims", "amount_negative", {"total_amount": "-5.00"}),
    Fault("south", "claims", "date_format", {"start_time": "2025-02-30 10:00:00"}),
    Fault("south", "claims", "date_ambiguous", {"start_time": "03/04/2025"}),
    Fault("south", "claims", "date_range", {"start_time": "1024-01-01 08:00:00"}),
    Fault("south", "claims", "date_future", LATE),
    Fault("south", "claims", "date_order", {"end_time": "2024-01-01 08:00:00"}),
    Fault("south", "claims", "duplicate", layout="copy", outcome=DUPLICATE),
    Fault("south", "claims", "conflict", {"claim_id": "CONFLICT-1"}, outcome=CONFLICT),
    Fault(
        "south",
        "claims",
        "conflict",
        {"claim_id": "CONFLICT-1", "total_amount": "88.00"},
        outcome=CONFLICT,
    ),
    Fault("south", "claims", "unclosed_quote", layout="open quote"),
    Fault("south", "persons", "undecodable_text", layout="byte"),
    Fault("south", "persons", "unknown_code", {"sex": "X"}),
    Fault("south", "persons", "id_number_checksum", WRONG_CHECK, outcome=FLAGGED),
    Fault("north", "claims", "undecodable_text", layout="byte"),
    Fault("north", "claims", "unknown_code", {"med_type": "99"}),
    Fault("north", "claims", "date_format", {"start_time": "2025-13-01 10:00:00"}),
    Fault("north", "claims", "amount_format", {"total_amount": "壹佰元"}),
    Fault("north", "claims", "missing_id", {"person_id": ""}),
    Fault("south", "claim_items", "number_format", {"quantity": "两盒"}),
    Fault("south", "claim_items", "missing_reference", {"claim_id": "NOWHERE-1"}, outcome=FLAGGED),
)  # fmt: skip
ID_COLUMNS = {"claims": "claim_id", "persons": "person_id", "claim_items": "line_no"}


def broken(fault: Fault, number: int, good: Row) -> Row:
    """Return the row of a fault: a good one under an id of its own, with the fault's changes."""
    if fault.layout == "copy":
        return dict(good)
    return {**good, ID_COLUMNS[fault.table]: f"BROKEN-{number}", **fault.changes}


def line(fault: Fault, fields: list[str], encoding: str) -> bytes:
    """Return the line of a broken row as it stands in the file (no field needs quotes)."""
    if fault.layout == "short":
        fields = fields[:-1]
    elif fault.layout == "quote":
        fields = [f'"{fields[0]}"x', *fields[1:]]
    elif fault.layout == "open quote":
        fields = [*fields[:-1], '"never closed']
    data = ",".join(fields).encode(encoding)
    return (data + b"\xff" if fault.layout == "byte" else data) + b"\n"
