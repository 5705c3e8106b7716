"""A workspace in which a person can work out what every saved question must answer."""

from collections.abc import Mapping, Sequence
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
    stay,
    support,
    tie,
    twins,
    visit,
    watched,
)

PERSONS = [
    person("p1", "王一", "1980-01-01", id_number="X1", region="11", phone="555",
           address="甲路1号", employer="甲公司", bank_account="AC1"),
    person("p2", "王一", "1980-01-01", region="12", phone="556", address="甲路1号",
           bank_account="AC1"),
    person("p3", "李三", "1990-02-02", id_number="X3", region="11", phone="555"),
    person("p4", "李三", "1990-02-02", id_number="X3", region="11"),
    person("p5", "赵五", employer="甲公司"),
    person("p6", "钱六"),
    person("p7", "孙七", bank_account="FA"),
    person("p8", "周八", bank_account="AC8"),
]  # fmt: skip
CLAIMS = [
    # The ring, and who was there with it: 30 minutes are near, a second more is not.
    visit("c1", "p1", "2025-03-01 10:00", fund_amount=700, operator_id="O1"),
    visit("c2", "p2", "2025-03-01 10:10", fund_amount=800, operator_id="O1"),
    visit("c3", "p1", "2025-03-02 10:00", operator_id="O2"),
    visit("c4", "p3", "2025-03-01 10:40", operator_id="O1"),
    visit("c5", "p4", "2025-03-01 10:40:01"),
    visit("c6", "p5", "2025-03-01 10:00"),
    visit("c7", "p5", "2025-03-01 10:00", refund_of="c6"),
    visit("c8", "p3", "2025-03-01 10:00", "F2"),
    visit("c9", "p3", "2025-03-02 09:30"),
    # Two regions: 24 hours are near, half a minute more is not, a refund does not count.
    visit("d1", "p4", "2025-04-01 08:00", settle_region="11"),
    visit("d2", "p4", "2025-04-02 08:00", "F2", settle_region="12"),
    visit("d3", "p4", "2025-04-02 08:00:30", "F2", settle_region="12"),
    visit("d4", "p4", "2025-04-01 08:10", settle_region="13"),
    visit("d5", "p4", "2025-04-01 08:20", settle_region="13", refund_of="d4"),
    # A stay, and claims at its edges, inside it, and at the same place.
    stay("s1", "p2", "2025-05-01 09:00", "2025-05-05 10:00", "F3"),
    stay("s2", "p2", "2025-05-01 09:00", "2025-05-02 09:00", "F4"),
    visit("o1", "p2", "2025-05-01 09:00"),
    visit("o2", "p2", "2025-05-05 10:00"),
    visit("o3", "p2", "2025-05-03 10:00"),
    visit("o4", "p2", "2025-05-03 11:00", "F3"),
    # Refunded and filed again: same amount and place within a day.
    visit("r1", "p7", "2025-06-01 10:00", "F2", total_amount=5000),
    visit("r2", "p7", "2025-06-01 11:00", "F2", total_amount=-5000, refund_of="r1"),
    visit("r3", "p7", "2025-06-02 11:00", "F2", total_amount=5000),
    visit("r4", "p7", "2025-06-02 11:00:01", "F2", total_amount=5000),
    visit("r5", "p7", "2025-06-01 12:00", "F2", total_amount=4000),
    visit("r6", "p7", "2025-06-01 12:00", "F1", total_amount=5000),
    # Boxes: T1 at two places, T2 too but refunded, T3 at one, T4 on two lines, T5 in two regions.
    visit("b1", "p5", "2025-07-01 10:00"),
    visit("b2", "p6", "2025-07-02 10:00", "F2"),
    visit("b3", "p6", "2025-07-03 10:00", "F2"),
    visit("b4", "p6", "2025-07-03 10:00", "F2", refund_of="b3"),
    visit("b5", "p5", "2025-07-20 10:00"),
    visit("b6", "p5", "2025-07-21 10:00", settle_region="11"),
    visit("b7", "p6", "2025-07-22 10:00", settle_region="12"),
    # A doctor's patients, and where they buy the same day.
    visit("v1", "p5", "2025-08-01 09:00", "F3", med_type="outpatient", doctor_id="D1"),
    visit("v2", "p6", "2025-08-01 09:10", "F3", med_type="outpatient", doctor_id="D1"),
    visit("v3", "p7", "2025-08-02 09:00", "F3", med_type="outpatient", doctor_id="D1"),
    visit("v4", "p5", "2025-08-01 15:00", "F3", med_type="outpatient", doctor_id="D1"),
    visit("q1", "p5", "2025-08-01 10:00"),
    visit("q2", "p6", "2025-08-01 11:00"),
    visit("q3", "p7", "2025-08-02 11:00", "F2"),
    visit("q4", "p7", "2025-08-03 11:00"),
]
PAYMENTS = [
    # A circle of three; one of two that takes 30 days; one whose payments have one time.
    paid("m1", "A", "B", "2025-09-01", 100),
    paid("m2", "B", "C", "2025-09-02", 90),
    paid("m3", "C", "A", "2025-09-03", 80),
    paid("m4", "D", "E", "2025-09-01 08:00"),
    paid("m5", "E", "D", "2025-10-01 08:00"),
    paid("m7", "G", "H", "2025-09-01"),
    paid("m6", "H", "G", "2025-09-01"),
    # None: five payments, an account that pays itself, payments in the wrong order.
    *(paid(f"k{n}", f"K{n}", f"K{n % 5 + 1}", f"2025-09-0{n}") for n in range(1, 6)),
    paid("l1", "L", "L", "2025-09-01"),
    paid("l2", "L", "L", "2025-09-02"),
    paid("n1", "M", "N", "2025-09-03"),
    paid("n2", "N", "P", "2025-09-02"),
    paid("n3", "P", "M", "2025-09-01"),
    # From the pharmacy F1 to p1 and p2, straight and over Q; too late; to one who was never there.
    paid("y1", "FA", "AC1", "2025-11-01"),
    paid("y2", "FA", "Q", "2025-11-02", 300),
    paid("y3", "Q", "AC1", "2025-11-03", 290),
    paid("y4", "FA", "AC8", "2025-11-01"),
    paid("y5", "Q", "AC1", "2025-12-03"),
]
TABLES: Tables = {
    "persons": PERSONS,
    "facilities": [
        facility("F1", "pharmacy", bank_account="FA", address="甲路1号"),
        facility("F2", "pharmacy"),
        facility("F3", "hospital"),
        facility("F4", "hospital"),
    ],
    "doctors": [{"doctor_id": "D1", "name": "冯大夫", "facility_id": "F3"}],
    "claims": CLAIMS,
    "claim_items": [
        *(item("b1", str(n), code) for n, code in enumerate(("T1", "T2", "T3", "T4", "T4"))),
        *(item("b2", str(n), code) for n, code in enumerate(("T1", "T4"))),
        *(item(name, "1", code) for name, code in (("b3", "T2"), ("b5", "T3"))),
        *(item(name, "1", "T5") for name in ("b6", "b7")),
    ],
    "payments": PAYMENTS,
    "relations": [related("p5", "relative", "p3")],
    "watchlist": [
        watched("person", "p3", "2025-01-01"),
        watched("person", "p5", "2025-01-02"),
        watched("person", "p6", "2025-01-03"),
        watched("facility", "F1", "2025-01-04"),
    ],
}
FOUND: Mapping[str, Sequence[Row]] = {
    "rings": [{**RING, "ring_id": "R1"}, {**RING, "ring_id": "R2", "status": "explained"}],
    "ring_members": [
        member("R1", "person", "p1", "holder"),
        member("R1", "person", "p2", "holder"),
        member("R1", "facility", "F1", "place"),
        member("R2", "person", "p6"),
    ],
    "ring_ties": [tie("R1", "p1", "p2")],
    "ring_claims": [support("R1", 1, "c1"), support("R1", 1, "c2"), support("R1", 2, "c3")],
    "duplicate_claims": [twins("c1", "c2", "5.00")],
}


def by_hand(path: Path) -> WorkspaceFolder:
    return published(path, TABLES, FOUND)
