from pathlib import Path
from typing import Any

import pytest

Run = Any


def test_sample_can_be_loaded_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "population"
    told = run("sample", "--out", out, "--persons", 300, "--days", 60, "--seed", 5, "--json")
    assert told.document["persons"] == 300
    assert (out / "truth" / "rings.csv").is_file()
    loaded = run("load", out, "-w", tmp_path / "ws", "--json").document
    assert loaded["read"] == loaded["loaded"] > 300


def test_clean_sample_has_no_planted_ring(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "clean"
    told = run("sample", "--out", out, "--persons", 300, "--days", 60, "--clean")
    assert told.code == 0
    assert "graphfraud load" in told.out
    assert (out / "truth" / "rings.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["--persons", "5"], ["--difficulty", "odd"], ["--days", "0"]]
)
def test_impossible_sample_ends_with_2(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    told = run("sample", "--out", tmp_path / "x", *arguments)
    assert (told.code, told.out) == (2, "")
    assert not (tmp_path / "x").exists()


def test_tables_of_another_format_are_not_mixed_in(run: Run, tmp_path: Path) -> None:
    size = ("--persons", 200, "--days", 30)
    assert run("sample", "--out", tmp_path, *size).code == 0
    told = run("sample", "--out", tmp_path, *size, "--format", "parquet")
    assert told.code == 2
    assert "is a table of another format" in told.err
