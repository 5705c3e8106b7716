"""Every picture can be drawn from tables made by hand, where matplotlib is there to draw."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.detection.baseline_plot import draw_baselines
from benchmarks.detection.baselines import CLEAN, OURS, baseline_table
from benchmarks.detection.calibration import GRID, family_wise_table, least_values
from benchmarks.detection.calibration_plot import draw_family_wise, draw_groups, draw_pairs
from benchmarks.detection.difficulty import AXES
from benchmarks.detection.power import recall_table
from benchmarks.detection.power_plot import draw_power, draw_sweep
from tests.benchmarks.detection.test_baselines import row
from tests.benchmarks.detection.test_calibration import alone, clean
from tests.benchmarks.detection.test_power import answer

pytest.importorskip("matplotlib", reason="belongs to the extra `bench`")
PNG = b"\x89PNG"


def test_power_and_sweep(tmp_path: Path) -> None:
    power = recall_table([answer("power", at, 3, 4) for at in (0.0, 1.0)])
    draw_power(power, tmp_path / "power.png", "about")
    swept = recall_table([answer(axis, at, 3, 4) for axis in AXES for at in (0.0, 1.0)])
    draw_sweep(swept, tmp_path / "sweep.png", "about")
    assert all(path.read_bytes().startswith(PNG) for path in tmp_path.iterdir())


def test_baselines(tmp_path: Path) -> None:
    kinds = ("default", "hard", CLEAN)
    rows = [row(kind, method, "s", 0, 3) for kind in kinds for method in (OURS, "M")]
    draw_baselines(baseline_table([{"rows": rows}]), tmp_path / "b.png", "about")
    assert (tmp_path / "b.png").read_bytes().startswith(PNG)


def test_calibration(tmp_path: Path) -> None:
    draw_family_wise(family_wise_table([clean(co_visit=1)], {}), tmp_path / "f.png", "about")
    draw_groups(least_values([alone(co_visit=0.2), alone()]), tmp_path / "g.png", "about")
    uniform = (GRID * 1000).astype(np.int64)
    below = {
        f"{pattern}.{series}": uniform * (pattern == "co_visit")
        for pattern in ("co_visit", "group_admission")
        for series in ("alone", "dates exchanged")
    }
    draw_pairs(below, tmp_path / "p.png", "about")
    assert all(path.read_bytes().startswith(PNG) for path in tmp_path.iterdir())
