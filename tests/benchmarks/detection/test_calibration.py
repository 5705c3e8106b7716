"""False leads and p-values of clean runs, by hand and by closed forms."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.detection.calibration import (
    ANY,
    GRID,
    family_wise_table,
    group_table,
    least_values,
    levels,
    pair_table,
)
from benchmarks.detection.uniformity import distance, rate


def by(table: pd.DataFrame, key: str) -> dict[str, dict[str, Any]]:
    """Return the rows by the value of one column."""
    rows = table.to_dict(orient="records")
    return {str(row[key]): {str(name): value for name, value in row.items()} for row in rows}


def clean(**leads: int) -> dict[str, object]:
    """Return a clean run with these leads, and one ring of co_visit that a reason explained."""
    return {"run": "clean", "leads": leads, "explained": {"co_visit": 1}}


def test_runs_with_a_lead_count_once_however_many_they_show() -> None:
    runs = [clean(co_visit=3, dense_block=1), clean(dense_block=1), clean(), clean()]
    table = by(family_wise_table(runs, {}), "pattern")
    one, every = table["co_visit"], table[ANY]
    assert (one["with_lead"], one["leads"], one["explained"]) == (1, 3, 4)
    assert (every["runs"], every["with_lead"], every["leads"]) == (4, 2, 5)
    assert (every["low"], every["high"]) == rate(2, 4)[2:]


def test_level_of_all_patterns_is_their_sum_and_at_most_one_in_twenty() -> None:
    table = by(family_wise_table([clean()], {}), "pattern")
    assert table[ANY]["level"] == pytest.approx(sum(levels({}).values()))
    assert sum(levels({}).values()) <= 0.05
    assert levels({"co_visit.ring_level": "0.03"})["co_visit"] == 0.03


def alone(drawn: dict[str, list[int]] | None = None, **least: float) -> dict[str, object]:
    """Return a run in which nobody is in company."""
    return {"run": "alone", "least": least, "drawn": drawn or {}}


def test_run_without_a_group_has_the_p_value_one() -> None:
    runs = [alone(co_visit=0.2), alone(co_visit=0.6), alone()]
    assert least_values(runs)["co_visit"].tolist() == [0.2, 0.6, 1.0]
    row = by(group_table(runs), "pattern")["co_visit"]
    assert (row["runs"], row["with_group"], row["least"]) == (3, 2, 0.2)
    assert row["too_small"] == pytest.approx(distance([0.2, 0.6, 1.0]).too_small)


def test_uniform_pairs_are_as_many_as_expected_and_halved_p_values_too_many() -> None:
    p = (np.arange(100_000) + 0.5) / 100_000
    drawn = {
        f"co_visit.{name}": np.searchsorted(np.sort(values), GRID, "right").tolist()
        for name, values in (("alone", p), ("dates exchanged", p / 2))
    }
    table = pair_table([alone(drawn), alone(drawn)])
    one, half = by(table, "series").values()
    assert one["pairs"] == 200_000
    assert one["at_0.001"] == pytest.approx(1.0, rel=0.01)
    assert one["too_small"] < 0.001
    assert half["at_0.01"] == pytest.approx(2.0, rel=0.01)
    assert half["too_small"] == pytest.approx(0.5, abs=0.001)


def test_pattern_without_such_pairs_is_told() -> None:
    nobody = {"co_visit.alone": [0] * len(GRID)}
    assert pair_table([alone(nobody)])["pairs"].tolist() == [0]
