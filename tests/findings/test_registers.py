"""What registers know of members, and the deciding claims down to the source row."""

import dataclasses
from datetime import date, timedelta

import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.registers import read_registers, ring_claims
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on
from tests.findings.groups import group_of, meetings

FIRST = "2024-10-07"
AT = {"facility_id": "P1", "med_type": "outpatient"}


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def test_deciding_claims_are_told_down_to_their_rows(workspace: WorkspaceFolder) -> None:
    rows = [
        claim("C1", "A", f"{FIRST} 09:00:00", fund_amount=700, settle_region="130600", **AT),
        claim("C2", "A", f"{FIRST} 17:00:00", **AT),
        claim("C3", "B", f"{FIRST} 09:05:00", doctor_id="D1", **AT),
    ]
    deliver(workspace, {"claims": rows})
    one = pd.DataFrame({"event": [1, 1], "claim_id": ["C1", "C3"]})
    two = pd.DataFrame({"event": [1, 2], "claim_id": ["C2", "C1"]})
    groups = [dataclasses.replace(group_of("AB"), claims=claims) for claims in (one, two)]
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        found = ring_claims(engine, groups)
    keys = zip(found["ring"], found["event"], found["claim_id"], strict=True)
    assert list(keys) == [(0, 1, "C1"), (0, 1, "C3"), (1, 1, "C2"), (1, 2, "C1")]
    assert found["fund_amount"].tolist() == [700, 0, 0, 700]
    assert found["doctor_id"].tolist() == ["", "D1", "", ""]
    assert found["record_no"].tolist() == [1, 3, 2, 1]
    assert found["region"].tolist() == ["130600", "", "", "130600"]
    assert set(found["feed_id"]) == {feed.feed_id for feed in workspace.feeds()}


def test_registers_know_homes_kin_and_colleagues(workspace: WorkspaceFolder) -> None:
    home = {"address": " 1 River Road ", "phone": "138", "region": "130600"}
    people: list[Row] = [
        {"person_id": "A", "birth_date": date(1950, 1, 1), **home},
        {"person_id": "B", "birth_date": date(1960, 1, 1), "address": "1 River Road"},
        {"person_id": "Z", "birth_date": date(1940, 1, 1), "address": "1 River Road"},
        *({"person_id": f"W{n}", "employer": "Mill"} for n in range(4)),
    ]
    kin = {"from_type": "person", "to_type": "person"}
    relations = [
        kin | {"from_id": "B", "relation": "relative", "to_id": "A"},
        kin | {"from_id": "A", "relation": "employer", "to_id": "W0"},
        kin | {"from_id": "A", "relation": "relative", "to_id": "Z"},
    ]
    claims = [claim(f"C{n}", f"W{n}", f"{FIRST} 10:00:00", **AT) for n in range(3)]
    claims.append(claim("C9", "W3", f"{FIRST} 10:00:00", facility_id="P1"))
    deliver(workspace, {"persons": people, "relations": relations, "claims": claims})
    group = group_of(["A", "B", "W0"], meetings({("A", "B"): 1}))
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, [group])
    assert known.persons.index.tolist() == ["A", "B", "W0"]
    assert known.persons["address"].tolist() == ["1 River Road", "1 River Road", ""]
    assert known.persons["address_size"].tolist() == [3, 3, 0]
    assert known.persons["address_born"].tolist() == [1950, 1950, 0]
    assert known.persons.loc["A", "phone_size"] == 1
    assert known.kin == {("A", "B")}
    assert known.colleagues == {("P1", pd.Timestamp(FIRST), "Mill"): 3}


def test_a_phone_of_four_who_all_live_apart_is_no_familys(workspace: WorkspaceFolder) -> None:
    """Five strangers on one phone; a couple, her parents and a son on another; no addresses."""
    phones = {"A": "138", "B": "139", "C": "137"}
    homes = {"A": "vwxyz", "B": "vvxxz"}
    members = [f"{group}{n}" for group in phones for n in range(5)]
    people: list[Row] = [
        {"person_id": name, "phone": phones[name[0]],
         "address": f"{homes[name[0]][int(name[1])]} road" if name[0] in homes else None}
        for name in members
    ]  # fmt: skip
    deliver(workspace, {"persons": people})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, [group_of(members)])
    assert known.persons["phone"].tolist() == [""] * 5 + ["139"] * 5 + ["137"] * 5


def test_the_fixed_day_of_a_doctor_is_where_half_of_the_patients_come(
    workspace: WorkspaceFolder,
) -> None:
    """D1 sees 20 of 35 on Mondays, D2 a fifth on each working day, D3 has too few patients."""
    monday = date(2024, 10, 7)
    rows: list[Row] = []

    def seen(person: str, doctor: str, day: int) -> None:
        when = f"{monday + timedelta(days=day)} 09:00:00"
        rows.append(claim(f"C{len(rows)}", person, when, doctor_id=doctor, **AT))

    for week in range(20):
        seen("A" if week < 2 else f"W{week}", "D1", 7 * week)
    for day in range(15):
        seen(f"V{day}", "D1", 1 + day % 4)
    for week in range(10):
        for day in range(5):
            seen("B" if week == day == 0 else f"U{week}{day}", "D2", 7 * week + day)
    seen("B", "D3", 0)
    deliver(workspace, {"claims": rows})
    group = group_of(["A", "B"], meetings({("A", "B"): 8}))
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, [group])
    first = pd.Timestamp(FIRST)
    assert known.clinic_visits == {("A", "P1", first), ("A", "P1", first + pd.Timedelta(days=7))}


def test_an_operating_day_is_where_most_other_patients_of_its_kind_come(
    workspace: WorkspaceFolder,
) -> None:
    """Eyes are done on Thursdays, twelve others' of thirteen; hearts on any day; hips only theirs.

    A and B come for an eye, B once a day late, and for hearts and hips on one day each.
    """
    thursday = date(2024, 10, 10)
    rows: list[Row] = []

    def admitted(person: str, code: str, day: int) -> None:
        when = f"{thursday + timedelta(days=day)} 09:00:00"
        more = AT | {"med_type": "inpatient", "diagnosis_code": code}
        rows.append(claim(f"C{len(rows)}", person, when, **more))

    for week in range(12):
        admitted(f"E{week}", "H25.9", 7 * week)
        admitted(f"K{week}", "I21.0", week)
    admitted("E99", "H26.1", 1)
    admitted("E98", "H25.0", 2)
    for person, late in (("A", 0), ("B", 1)):
        admitted(person, "h25.1", 0)
        admitted(person, "H25.1", 7 + late)
        admitted(person, "I21.9", 14)
        for week in range(3, 15):
            admitted(person, "M16.0", 7 * week)
    deliver(workspace, {"claims": rows})
    days = meetings({("A", "B"): 120})
    days["day"] += 3 * 86_400
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, [group_of(["A", "B"], days)])
    found = {(person, (day.date() - thursday).days) for person, _, day in known.operations}
    of_a, of_b = {0, 1, 6, 7, 8}, {0, 1}
    assert found == {("A", day) for day in of_a} | {("B", day) for day in of_b}


def test_an_admission_continues_one_for_the_same_within_a_month(workspace: WorkspaceFolder) -> None:
    """An eye a fortnight after the other; not after six weeks, for a hip, elsewhere, or a third."""
    first = date(2024, 10, 7)
    rows: list[Row] = []

    def admitted(person: str, code: str, day: int, place: str = "P1") -> None:
        when = f"{first + timedelta(days=day)} 09:00:00"
        more = AT | {"med_type": "inpatient", "diagnosis_code": code, "facility_id": place}
        rows.append(claim(f"C{len(rows)}", person, when, **more))

    for day in (0, 14, 35):  # the third: five weeks after the first, three after the second
        admitted("A", "H25.1" if day else "h25.9", day)
    admitted("B", "H25.1", 0)
    admitted("B", "H25.1", 32)
    admitted("C", "H25.1", 0)
    admitted("C", "M16.0", 14)
    admitted("D", "H25.1", 0, "P2")
    admitted("D", "H25.1", 14)
    admitted("E", "H25.1", 0)
    admitted("E", "H25.1", 31)
    deliver(workspace, {"claims": rows})
    group = group_of("ABCDE", meetings({("A", "B"): 40}))
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, [group])
    start = pd.Timestamp(first)
    assert known.courses == {
        (person, "P1", start + pd.Timedelta(days=day + late))
        for person, day in (("A", 14), ("E", 31))
        for late in (-1, 0, 1)
    }
