"""From delivered files to a snapshot's tables: how rows are spread over files cannot matter."""

from pathlib import Path

import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.workspace import WorkspaceFolder
from loaders import load
from tests.engine.conftest import Steps
from tests.engine.feeds import engine_on

HEAD = "claim_id,person_id,facility_id,med_type,start_time,total_amount"
AGREED = "C2,008,F1,pharmacy,2025-03-03 09:00:00,5.00"
ROWS = [
    "C1,007,F1,pharmacy,2025-03-03 09:00:00,10.00",
    "C1,007,F1,pharmacy,2025-03-03 09:00:00,11.00",
    "C1,007,F1,pharmacy,2025-03-03 09:00:00,11.00",
    AGREED,
    AGREED,
    "C3,009,F2,outpatient,2025-03-04 09:00:00,7.00",
]


@pytest.mark.parametrize(
    "files", ["000000", "001111", "010101", "012345", "001000", "110110", "011222"]
)
def test_the_spread_of_rows_over_files_changes_no_claim(
    workspace: WorkspaceFolder, steps: Steps, tmp_path: Path, files: str
) -> None:
    paths = []
    for file in sorted(set(files)):
        rows = [row for row, place in zip(ROWS, files, strict=True) if place == file]
        # A claim of its own keeps two files with equal rows from being one delivery.
        own = f"X{file},1,F9,pharmacy,2025-03-05 09:00:00,1.00"
        paths.append(tmp_path / f"claims{file}.csv")
        paths[-1].write_text("\n".join([HEAD, *rows, own]) + "\n", encoding="utf-8")
    load(workspace, paths)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        step = steps("t/ids", "SELECT claim_id FROM claims WHERE facility_id <> 'F9' ORDER BY ALL")
        assert engine.arrays(step)["claim_id"].tolist() == ["C2", "C3"]
