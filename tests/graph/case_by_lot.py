"""A crowded workspace, drawn so that every saved question finds a lot, and ties to be ordered."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, Tables
from tests.graph.case_rows import (
    RING,
    facility,
    item,
    member,
    paid,
    person,
    published,
    related,
    support,
    tie,
    twins,
    visit,
    watched,
)

PERSONS = [f"p{n}" for n in range(40)]
FACILITIES = [f"F{n}" for n in range(6)]
ACCOUNTS = [f"A{n}" for n in range(25)]
CLAIMS = [f"c{n:03}" for n in range(500)]
RINGS = ["R1", "R2", "R3"]
PARTIES = {
    "person": PERSONS,
    "facility": FACILITIES,
    "account": ACCOUNTS,
    "doctor": ["D1", "D2"],
    "operator": ["O1", "O2"],
}
FIRST = datetime.fromisoformat("2025-02-28 22:00")  # a quarter of what happens is at midnight


def by_lot(path: Path, seed: int) -> WorkspaceFolder:
    draw = random.Random(seed)  # noqa: S311  a case to look at, no secret
    return published(path, _tables(draw), _found(draw))


def _tables(draw: random.Random) -> Tables:
    kinds = ["pharmacy", "hospital"]
    return {
        "persons": [_person(draw, name) for name in PERSONS],
        "facilities": [
            facility(name, draw.choice(kinds), bank_account=ACCOUNTS[n], address=f"甲路{n}")
            for n, name in enumerate(FACILITIES)
        ],
        "doctors": [{"doctor_id": "D1", "name": "冯", "facility_id": "F1"}],
        "claims": [_claim(draw, n) for n in range(len(CLAIMS))],
        "claim_items": [
            item(draw.choice(CLAIMS), str(n), f"T{draw.randrange(150)}") for n in range(400)
        ],
        "payments": [
            paid(f"y{n:03}", draw.choice(ACCOUNTS), draw.choice(ACCOUNTS), _time(draw, 60), n)
            for n in range(250)
        ],
        "relations": [
            related(draw.choice(PERSONS), word, draw.choice(PERSONS), draw.choice(["person", "船"]))
            for word in ("relative", "agent", "shareholder", "godparent") * 5
        ],
        "watchlist": [
            watched(kind, draw.choice(known), "2025-01-01") for kind, known in PARTIES.items()
        ],
    }


def _found(draw: random.Random) -> Mapping[str, Sequence[Row]]:
    return {
        "rings": [{**RING, "ring_id": ring} for ring in RINGS],
        "ring_members": [
            member(ring, kind, name, draw.choice(["holder", ""]))
            for ring in RINGS
            for kind, known in PARTIES.items()
            for name in draw.sample(known, 2)
        ],
        "ring_ties": [tie(ring, *draw.sample(PERSONS, 2)) for ring in RINGS for _ in range(5)],
        "ring_claims": [
            support(ring, event, draw.choice(CLAIMS)) for ring in RINGS for event in range(40)
        ],
        "duplicate_claims": [_twins(draw) for _ in range(15)],
    }


def _twins(draw: random.Random) -> Row:
    one, other = sorted(draw.sample(CLAIMS, 2))
    return twins(one, other, f"{draw.randrange(4)}.00")


def _time(draw: random.Random, days: int) -> str:
    return f"{FIRST + timedelta(days=draw.randrange(days), hours=draw.randrange(4))}"


def _person(draw: random.Random, person_id: str) -> Row:
    def maybe(prefix: str, many: int) -> str | None:
        return draw.choice([None, f"{prefix}{draw.randrange(many)}", f"{prefix}0"])

    birth = draw.choice(["", "1980-01-01", "1990-02-02"])
    return person(
        person_id, draw.choice("王李𠮷Ａ"), birth, id_number=maybe("X", 30),
        region=maybe("1", 3), phone=maybe("5", 12), address=maybe("甲路", 9),
        employer=maybe("公司", 3), bank_account=draw.choice([None, *ACCOUNTS]),
    )  # fmt: skip


def _claim(draw: random.Random, n: int) -> Row:
    time = _time(draw, 12)
    end = datetime.fromisoformat(time) + timedelta(days=draw.randrange(4))
    return visit(
        CLAIMS[n], draw.choice(PERSONS), time, draw.choice(FACILITIES),
        med_type=draw.choice(["pharmacy", "outpatient", "inpatient"]),
        end_time=draw.choice([None, end]), total_amount=draw.choice([1000, 2000]),
        fund_amount=draw.choice([None, 700, 800]), settle_region=draw.choice([None, "11", "12"]),
        doctor_id=draw.choice([None, "D1", "D2"]), operator_id=draw.choice([None, "O1", "O2"]),
        invoice_no=draw.choice([None, "I1"]),
        refund_of=draw.choice(CLAIMS[:n]) if n and not n % 10 else None,
    )  # fmt: skip
