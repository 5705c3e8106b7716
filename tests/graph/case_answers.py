"""What every saved question must answer on the workspace written by hand, worked out by hand."""

from collections.abc import Mapping
from datetime import date, datetime

from graphfraud.graph.contract import Value
from graphfraud.model.keys import digest

Row = tuple[Value | None, ...]


def _t(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}")


C1, C2, C3 = _t("03-01 10:00"), _t("03-01 10:10"), _t("03-02 10:00")
A1, A2 = ("p1", "王一"), ("p2", "王一")
B3, B4 = ("p3", "李三"), ("p4", "李三")
PLACE, PERSON = "Facility", "InsuredPerson"
LISTED = [date(2025, 1, n) for n in range(1, 5)]
SEPTEMBER = _t("09-01 00:00")
AT_ONCE = ("H", 2, "m6;m7", "H;G", SEPTEMBER, SEPTEMBER, 100, 100)
WAGE = (1, "y1", _t("11-01 00:00"), _t("11-01 00:00"), 100, 100, "货款")
CHAIN = (2, "y2;y3", _t("11-02 00:00"), _t("11-03 00:00"), 300, 290, "货款")
TWINS = "D" + digest("c1", "c2")[:15]
BOX = ("X01", "阿司匹林")
BY_HAND: list[tuple[str, Mapping[str, Value], list[Row]]] = [
    ("ring_members", {}, [
        ("R1", PLACE, "F1", "机构F1", "place", 3, 1500, C1, C3),
        ("R1", PERSON, *A1, "holder", 2, 700, C1, C3),
        ("R1", PERSON, *A2, "holder", 1, 800, C2, C2),
        ("R2", PERSON, "p6", "钱六", None, 0, 0, None, None),
    ]),
    ("busiest_days", {"ring": "R1"}, [
        ("R1", date(2025, 3, 1), 2, 2, 1, 1500), ("R1", date(2025, 3, 2), 1, 1, 1, 0),
    ]),
    ("shared_in_rings", {}, [
        ("R1", "Address", "甲路1号", 3, "F1", "机构F1"),
        ("R1", "Address", "甲路1号", 3, *A1), ("R1", "Address", "甲路1号", 3, *A2),
        ("R1", "Account", "AC1", 2, *A1), ("R1", "Account", "AC1", 2, *A2),
    ]),
    ("who_else_was_there", {}, [("R1", *B3, 2, 1, _t("03-01 10:40"), _t("03-02 09:30"))]),
    ("who_else_was_there", {"minutes": 31}, [
        ("R1", *B3, 2, 1, _t("03-01 10:40"), _t("03-02 09:30")),
        ("R1", *B4, 1, 1, _t("03-01 10:40:01"), _t("03-01 10:40:01")),
    ]),
    ("operators_of_rings", {"claims": 1}, [
        ("R1", "O1", 2, 3, 2, 1, C1, C2), ("R1", "O2", 1, 1, 1, 1, C3, C3),
    ]),
    ("watchlist_neighbours", {}, [
        (1, "R1", "lead", PLACE, "F1", "举报", LISTED[3]),
        (1, "R2", "explained", PERSON, "p6", "举报", LISTED[2]),
        (3, "R1", "lead", PERSON, "p3", "举报", LISTED[0]),
    ]),
    ("watchlist_neighbours", {"steps": 4, "rows": 9}, [
        (1, "R1", "lead", PLACE, "F1", "举报", LISTED[3]),
        (1, "R2", "explained", PERSON, "p6", "举报", LISTED[2]),
        (3, "R1", "lead", PERSON, "p3", "举报", LISTED[0]),
        (4, "R1", "lead", PERSON, "p5", "举报", LISTED[1]),
    ]),
    ("shared_accounts", {}, [("AC1", 2, *A1, "11"), ("AC1", 2, *A2, "12")]),
    ("shared_phones", {}, [("555", 2, *A1, "11"), ("555", 2, *B3, "11")]),
    ("two_identities", {}, [
        ("id_number", "X3", 2, 1, *B3, "11"), ("id_number", "X3", 2, 1, *B4, "11"),
        ("name_and_birth_date", "王一 1980-01-01", 2, 2, *A1, "11"),
        ("name_and_birth_date", "王一 1980-01-01", 2, 2, *A2, "12"),
        ("name_and_birth_date", "李三 1990-02-02", 2, 1, *B3, "11"),
        ("name_and_birth_date", "李三 1990-02-02", 2, 1, *B4, "11"),
    ]),
    ("two_identities", {"regions": 2, "rows": 1}, [
        ("name_and_birth_date", "王一 1980-01-01", 2, 2, *A1, "11"),
    ]),
    ("duplicate_sets", {}, [
        (TWINS, 500, 2, "c1", *A1, "F1", None, C1, 1000, None),
        (TWINS, 500, 2, "c2", *A2, "F1", None, C2, 1000, None),
    ]),
    ("cross_region_claims", {}, [
        (1440, *B4, "d1", "F1", "11", _t("04-01 08:00"), "d2", "F2", "12", _t("04-02 08:00")),
    ]),
    ("overlapping_stays", {}, [
        (*A2, "s1", "F3", _t("05-01 09:00"), _t("05-05 10:00"), *rest)
        for rest in (("s2", "inpatient", "F4", _t("05-01 09:00")),
                     ("o3", "pharmacy", "F1", _t("05-03 10:00")))
    ]),
    ("refund_loops", {}, [
        ("p7", "孙七", "F2", 5000, "r1", _t("06-01 10:00"), "r2", _t("06-01 11:00"),
         "r3", _t("06-02 11:00")),
    ]),
    ("box_resold", {}, [
        ("T1", 2, 2, 0, *BOX, "b1", "p5", "F1", None, _t("07-01 10:00")),
        ("T1", 2, 2, 0, *BOX, "b2", "p6", "F2", None, _t("07-02 10:00")),
        ("T4", 2, 2, 0, *BOX, "b1", "p5", "F1", None, _t("07-01 10:00")),
        ("T4", 2, 2, 0, *BOX, "b2", "p6", "F2", None, _t("07-02 10:00")),
        ("T5", 2, 1, 2, *BOX, "b6", "p5", "F1", "11", _t("07-21 10:00")),
        ("T5", 2, 1, 2, *BOX, "b7", "p6", "F1", "12", _t("07-22 10:00")),
    ]),
    ("doctor_one_pharmacy", {"purchases": 3}, [("D1", "冯大夫", "F1", "机构F1", 2, 3, 2)]),
    ("doctor_one_pharmacy", {"purchases": 3, "percent": 67}, []),
    ("doctor_one_pharmacy", {"purchases": 4}, []),
    ("circular_payments", {}, [
        ("A", 3, "m1;m2;m3", "A;B;C", SEPTEMBER, _t("09-03 00:00"), 100, 80), AT_ONCE,
        ("D", 2, "m4;m5", "D;E", _t("09-01 08:00"), _t("10-01 08:00"), 100, 100),
    ]),
    ("circular_payments", {"days": 1}, [AT_ONCE]),
    ("money_back_to_insured", {"payments": 2}, [
        ("F1", *A1, 2, *CHAIN), ("F1", *A2, 4, *CHAIN),
    ]),
    ("money_back_to_insured", {}, [
        ("F1", *A1, 2, *CHAIN), ("F1", *A2, 4, *CHAIN),
        ("F1", *A1, 2, *WAGE), ("F1", *A2, 4, *WAGE),
    ]),
]  # fmt: skip
