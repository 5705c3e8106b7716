"""What a pattern needs and a delivery lacks is told."""

import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.needs import missing
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

NEEDS = ("claims", "claims.doctor_id", "claims.refund_of", "payments", "persons.phone")


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def lacking(workspace: WorkspaceFolder, rows: dict[str, list[Row]]) -> tuple[str, ...]:
    deliver(workspace, rows)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return missing(engine, NEEDS)


def test_tables_and_columns_without_a_value_are_missing(workspace: WorkspaceFolder) -> None:
    rows = [claim("C1", "A", "2024-10-07 09:00:00", facility_id="P1", med_type="outpatient")]
    found = lacking(workspace, {"claims": rows})
    assert found == ("claims.doctor_id", "claims.refund_of", "payments", "persons.phone")


def test_one_value_is_enough(workspace: WorkspaceFolder) -> None:
    at = {"facility_id": "P1", "med_type": "outpatient"}
    rows = [claim("C1", "A", "2024-10-07 09:00:00", **at)]
    rows.append(claim("C2", "A", "2024-10-07 10:00:00", doctor_id="D1", refund_of="C1", **at))
    persons: list[Row] = [{"person_id": "A", "phone": "138"}]
    assert lacking(workspace, {"claims": rows, "persons": persons}) == ("payments",)


def test_without_a_claim_nothing_is_missing(workspace: WorkspaceFolder) -> None:
    assert lacking(workspace, {"persons": [{"person_id": "A"}]}) == ()
