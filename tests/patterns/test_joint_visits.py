"""Joint visits and the claims behind them, down to the source row."""

import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns.joint_visits import joint_visits, visit_claims
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import claim, deliver, engine_on
from tests.findings.groups import meetings

FIRST, SECOND = "2024-10-07", "2024-10-08"


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def test_each_visit_stands_once_under_its_occasion() -> None:
    one = meetings({("A", "B"): 2, ("A", "C"): 1, ("B", "C"): 1})
    two = meetings({("A", "D"): 1}, facility="P2")
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
    visits = joint_visits([meetings({("A", "B"): 1})])
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        found = visit_claims(engine, visits)
    assert found["claim_id"].tolist() == ["C1", "C3", "C2"]
    assert found["person_id"].tolist() == ["A", "B", "A"]
    assert found["doctor_id"].tolist() == ["", "D1", ""]
    assert set(found["event"]) == {1}
