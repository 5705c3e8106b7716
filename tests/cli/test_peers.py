"""`graphfraud peers` tells which facilities stand above their peers, and what was not assessed."""

import csv
from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace

Run = Any


def test_lines_are_listed_with_value_median_and_excess(run: Run, store: Workspace) -> None:
    told = run("peers", "-w", store.path)
    assert told.out.startswith("4 warning lines at 3 places")
    assert "level 1 by 20%, 2 by 50%, 3 by 100%" in told.out
    (line,) = (line for line in told.out.splitlines() if "share of visits at odd hours" in line)
    for text in ("F1", "25.0%", "10.0%", "+150%", "12 in the area", "400"):
        assert text in line
    assert "share of refunded claims: not assessed, the data lacks claims.refund_of" in told.out


def test_it_speaks_chinese(run: Run, store: Workspace) -> None:
    told = run("peers", "-w", store.path, "--lang", "zh").out
    assert told.startswith("机构 3 家，预警 4 条")
    assert "未评估“退费占比”：数据中没有 claims.refund_of" in told
    assert "异常时段占比" in told
    assert "同地区 12 家" in told


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--level", "2"), 3),
        (("--index", "same_minute,amount_per_claim"), 3),
        (("--index", "same_minute", "--facility", "F3"), 1),
    ],
)
def test_what_is_asked_for_is_kept(
    run: Run, store: Workspace, asked: tuple[str, ...], found: int
) -> None:
    assert len(run("peers", "-w", store.path, *asked, "--json").document["lines"]) == found


def test_programs_get_numbers_and_what_was_not_assessed(run: Run, store: Workspace) -> None:
    document = run("peers", "-w", store.path, "--json").document
    assert document["not_assessed"] == {"refund_share": ["claims.refund_of"]}
    first = document["lines"][0]
    assert (first["facility_id"], first["level"], first["excess"]) == ("=F2", 3, None)


def test_saved_lines_run_no_formula(run: Run, store: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "lines.csv"
    assert f"Saved to {out}" in run("peers", "-w", store.path, "--out", out).out
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["facility_id"] for row in rows] == ["'=F2", "F1", "F1", "F3"]


@pytest.mark.parametrize("wrong", [("--level", "4"), ("--index", "age")])
def test_what_there_is_not_is_a_usage_error(
    run: Run, store: Workspace, wrong: tuple[str, str]
) -> None:
    told = run("peers", "-w", store.path, *wrong)
    assert (told.code, told.out) == (2, "")


def test_lines_of_a_real_run_are_those_of_its_file(run: Run, case: Workspace) -> None:
    lines = run("peers", "-w", case.path, "--json").document["lines"]
    told = case.results().run["peer_lines"]
    levels = [row["level"] for row in lines]
    assert {f"level_{n}": levels.count(n) for n in (1, 2, 3)} == told
