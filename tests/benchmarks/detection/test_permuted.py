"""A gang in hand-made claims is a lead as delivered, and none once its dates are dealt anew."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.detection.permuted import (
    lead_table,
    mapping_file,
    permuted_cells,
    permuted_run,
    permuted_table,
)
from benchmarks.detection.sizes import few_replicates

GANG, DAYS = 6, 15


def write_gang(folder: Path) -> None:
    """Write claims: two hundred persons who come alone, and six who come together fifteen times."""
    rng = np.random.default_rng(11)
    alone = pd.DataFrame(
        {
            "person_id": [f"p{n:03}" for n in rng.integers(0, 200, 3_000)],
            "day": rng.integers(0, 120, 3_000),
            "second": rng.integers(8 * 3600, 18 * 3600, 3_000),
            "facility_id": rng.choice(["P1", "P2", "P3"], 3_000),
        }
    )
    on = rng.choice(120, DAYS, replace=False)
    at = rng.integers(9 * 3600, 17 * 3600, DAYS)
    joint = pd.DataFrame(
        [
            {"person_id": f"g{who}", "day": day, "second": second + 60 * who, "facility_id": "P1"}
            for day, second in zip(on, at, strict=True)
            for who in range(GANG)
        ]
    )
    claims = pd.concat([alone, joint], ignore_index=True)
    start = pd.Timestamp("2025-01-01") + pd.to_timedelta(claims.pop("day"), "D")
    claims["start_time"] = start + pd.to_timedelta(claims.pop("second"), "s")
    claims = claims.assign(med_type="pharmacy", total_amount=rng.integers(5, 90, len(claims)))
    claims.insert(0, "claim_id", [f"C{n:05}" for n in range(len(claims))])
    folder.mkdir()
    claims.to_csv(folder / "claims.csv", index=False)


def test_company_is_gone_once_dates_are_dealt_anew(tmp_path: Path) -> None:
    write_gang(tmp_path / "data")
    asked = {"data": str(tmp_path / "data"), "mapping": None, "parameters": few_replicates()}
    answers = [permuted_run(**asked, seed=seed) for seed in (None, 1)]  # type: ignore[arg-type]
    table, leads = permuted_table(answers), lead_table(answers)
    assert table["leads"].tolist() == [1, 0]
    assert table["leads_by_pattern"].tolist() == ["co_visit 1", "-"]
    assert leads["n_persons"].tolist() == [GANG]
    assert "persons were together" in leads["summary_en"].iloc[0]
    assert "money_circle" in answers[0]["not_looked_for"]


def test_each_dealing_is_a_cell_beside_the_data_as_delivered(tmp_path: Path) -> None:
    cells = permuted_cells(tmp_path, "medicare", {}, seed=4, repeats=2)
    assert [cell.asked["seed"] for cell in cells] == [None, 4, 5]
    found = mapping_file("medicare")
    assert found is not None
    assert found.is_file()
