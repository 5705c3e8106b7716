"""The command: what it refuses, and the smallest run that writes a report and goes on from it."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.detection.__main__ import arguments, main
from benchmarks.detection.cells import answers
from benchmarks.detection.markdown import markdown
from benchmarks.detection.parts import PARTS, Asked, write_report
from benchmarks.detection.power import power_cells
from benchmarks.detection.sizes import SIZES


def test_without_data_everything_but_the_permuted_part_is_run() -> None:
    assert arguments(["--no-plots"]).parts == [name for name in PARTS if name != "permuted"]
    assert arguments(["--no-plots", "--data", "x"]).parts == list(PARTS)
    assert arguments(["--no-plots", "--quick"]).size == "quick"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--parts", "permuted"], "--data FOLDER"),
        (["--clean-runs", "0"], "from 1 on"),
        (["--parts", "speed"], "invalid choice"),
    ],
)
def test_anything_else_is_refused(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments([*given, "--no-plots"])
    assert said in capsys.readouterr().err


def test_table_as_markdown_escapes_bars_and_dashes_what_is_missing() -> None:
    table = pd.DataFrame({"p_value": [0.01234, None], "what": ["a|b", "c"]})
    assert markdown(table).splitlines()[2:] == ["| 0.012 | a\\|b |", "| – | c |"]


@pytest.mark.slow
def test_smallest_calibration_writes_its_report_and_is_not_worked_out_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--size", "smallest", "--clean-runs", "1", "--parts", "calibration", "--no-plots"]
    given += ["--out", str(tmp_path), "--workers", "1", "--seed", "4"]
    assert main(given) == 0
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "## Calibration" in report
    family = pd.read_csv(tmp_path / "family_wise.csv").set_index("pattern")
    assert family["runs"].tolist() == [1] * len(family)
    pairs = pd.read_csv(tmp_path / "pair_p_values.csv")
    assert pairs.loc[pairs["pattern"] == "co_visit", "pairs"].min() > 0
    capsys.readouterr()
    assert main(given) == 0
    assert capsys.readouterr().err.strip() == "2 of 2 cells are there"


@pytest.mark.slow
def test_planted_rings_of_the_smallest_population_are_found_and_told(tmp_path: Path) -> None:
    size = replace(SIZES["smallest"], steps=(0.0,))
    asked = Asked(size=size, seed=1, out=tmp_path, plots=False, workers=1)
    report = write_report(asked, ["power"]).read_text(encoding="utf-8")
    (kept,) = answers(power_cells(size, 1), tmp_path)
    counts = {row["pattern"]: row for row in kept["counts"]}
    assert counts["co_visit"]["hits"] == counts["co_visit"]["rings"] == 2
    assert "| co_visit | 2/2 |" in report
