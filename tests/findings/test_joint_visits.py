"""Joint visits and the claims behind them, down to the source row."""

from datetime import date

import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.joint_visits import joint_visits, ring_claims
from graphfraud.findings.registers import read_registers
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on
from tests.findings.groups import group_of, meetings

FIRST, SECOND = "2024-10-07", "2024-10-08"


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def test_each_visit_stands_once_under_its_occasion() -> None:
    one = group_of("ABC", meetings({("A", "B"): 2, ("A", "C"): 1, ("B", "C"): 1}))
    two = group_of("AD", meetings({("A", "D"): 1}, facility="P2"))
    table = joint_visits((one, two))
    rows = list(zip(table["ring"], table["event"], table["person_id"], strict=True))
    assert rows == [
        (0, 1, "A"), (0, 1, "B"), (0, 1, "C"), (0, 2, "A"), (0, 2, "B"), (1, 1, "A"), (1, 1, "D"),
    ]  # fmt: skip
    assert set(table["kind"]) == {"outpatient"}
    assert table["facility_id"].tolist() == ["P1"] * 5 + ["P2"] * 2
    assert table["day"].tolist() == [
        pd.Timestamp(day) for day in [FIRST] * 3 + [SECOND] * 2 + [FIRST] * 2
    ]


def test_claims_of_a_joint_visit_and_no_others(workspace: WorkspaceFolder) -> None:
    at = {"facility_id": "P1", "med_type": "outpatient"}
    deliver(
        workspace,
        {
            "claims": [
                claim(
                    "C1", "A", f"{FIRST} 09:00:00", fund_amount=700, settle_region="130600", **at
                ),
                claim("C2", "A", f"{FIRST} 17:00:00", **at),
                claim("C3", "B", f"{FIRST} 09:05:00", doctor_id="D1", **at),
                claim("X1", "A", f"{SECOND} 09:00:00", **at),
                claim("X2", "A", f"{FIRST} 09:00:00", **at | {"facility_id": "P2"}),
                claim("X3", "A", f"{FIRST} 09:00:00", **at | {"med_type": "pharmacy"}),
                claim("X4", "C", f"{FIRST} 09:00:00", **at),
                claim("X5", "B", f"{FIRST} 09:06:00", **at),
                claim("X6", "B", f"{FIRST} 09:07:00", refund_of="X5", **at),
            ]
        },
    )
    visits = joint_visits((group_of("AB", meetings({("A", "B"): 1})),))
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        found = ring_claims(engine, visits)
    assert found["claim_id"].tolist() == ["C1", "C3", "C2"]
    assert found["fund_amount"].tolist() == [700, 0, 0]
    assert found["doctor_id"].tolist() == ["", "D1", ""]
    assert found["record_no"].tolist() == [1, 3, 2]
    assert found["region"].tolist() == ["130600", "", ""]
    assert set(found["event"]) == {1}
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
    at = {"facility_id": "P1", "med_type": "outpatient"}
    claims = [claim(f"C{n}", f"W{n}", f"{FIRST} 10:00:00", **at) for n in range(3)]
    claims.append(claim("C9", "W3", f"{FIRST} 10:00:00", facility_id="P1"))
    deliver(workspace, {"persons": people, "relations": relations, "claims": claims})
    group = group_of(["A", "B", "W0"], meetings({("A", "B"): 1}))
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        known = read_registers(engine, (group,), joint_visits((group,)))
    assert known.persons.index.tolist() == ["A", "B", "W0"]
    assert known.persons["address"].tolist() == ["1 River Road", "1 River Road", ""]
    assert known.persons["address_size"].tolist() == [3, 3, 0]
    assert known.persons["address_born"].tolist() == [1950, 1950, 0]
    assert known.persons.loc["A", "phone_size"] == 1
    assert known.kin == {("A", "B")}
    assert known.colleagues == {("P1", pd.Timestamp(FIRST), "Mill"): 3}
