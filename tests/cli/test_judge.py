"""Judging and lineage at the command line, in both languages and for programs."""

from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace
from graphfraud.model.results import RESULTS
from tests.api.test_judging import published

Run = Any


@pytest.fixture
def two_runs(store: Workspace) -> Workspace:
    """Return a workspace with a run and a later one on more data."""
    published(store, "one", {"R1": "abcd", "R2": "wxyz"})
    store.judge("R1", "confirmed", "Cards at one shop.", judged_by="Li")
    published(store, "two", {"R3": "abcdef", "R4": "pqrs"}, b"more")
    return store


def test_a_ring_is_judged_and_listed(run: Run, two_runs: Workspace) -> None:
    told = run("judge", "R4", "--as", "excluded", "--reason", "One home.", "-w", two_runs.path)
    assert (told.code, told.out.split(":")[0]) == (0, "kept")
    rows = run("judgements", "-w", two_runs.path, "--json").document["judgements"]
    assert [(row["ring_id"], row["verdict"]) for row in rows] == [
        ("R4", "excluded"),
        ("R3", "confirmed"),
    ]
    assert (rows[1]["given_on"], rows[1]["members_then"], rows[1]["members_same"]) == ("R1", 5, 5)
    assert "5/5" in run("judgements", "-w", two_runs.path).out


def test_a_judgement_is_told_to_programs(run: Run, two_runs: Workspace) -> None:
    given = ("--as", "unsure", "--reason", "?", "--by", "王", "--run", "one")
    kept = run("judge", "R2", *given, "-w", two_runs.path, "--json").document
    assert (kept["ring_id"], kept["run_id"], kept["judged_by"]) == ("R2", "one", "王")
    assert ["person", "w"] in kept["members"]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("R4", "--as", "guilty", "--reason", "x"), 2, "guilty"),
        (("R4", "--as", "unsure"), 2, "--reason"),
        (("R4", "--as", "unsure", "--reason", " "), 2, "needs a reason"),
        (("R9", "--as", "unsure", "--reason", "x"), 2, "No ring"),
        (("R4", "--as", "unsure", "--reason", "x", "--run", "nope"), 1, "no run 'nope'"),
    ],
)
def test_what_cannot_be_judged_ends_with_a_sentence(
    run: Run, two_runs: Workspace, given: tuple[str, ...], code: int, said: str
) -> None:
    told = run("judge", *given, "-w", two_runs.path)
    assert told.code == code
    assert said in told.err
    assert "Traceback" not in told.err


def test_lineage_is_told_to_people_and_programs(run: Run, two_runs: Workspace) -> None:
    told = run("runs", "lineage", "-w", two_runs.path, "--json").document
    assert (told["run"], told["earlier_run"]) == ("two", "one")
    assert {row["ring_id"]: row["event"] for row in told["rings"]} == {"R3": "grown", "R4": "born"}
    assert [row["ring_id"] for row in told["gone"]] == ["R2"]
    assert "born 1" in run("runs", "lineage", "-w", two_runs.path).out
    assert "新出现 1 组" in run("runs", "lineage", "two", "-w", two_runs.path, "--lang", "zh").out
    assert "no earlier run" in run("runs", "lineage", "one", "-w", two_runs.path).out


@pytest.mark.parametrize(
    ("lang", "mark", "line", "same"),
    [
        ("en", "confirmed · grown", "grown, from R1; 2 joined", "5 of 5 members the same"),
        ("zh", "确认 · 扩大", "扩大，前身 R1；加入 2 人", "当时 5 个成员中 5 个仍在"),
    ],
)
def test_the_list_and_the_ring_show_both(
    run: Run, two_runs: Workspace, lang: str, mark: str, line: str, same: str
) -> None:
    complete(two_runs.folder.run_folder("two"))
    assert mark in run("show", "-w", two_runs.path, "--lang", lang).out
    ring = run("show", "R3", "-w", two_runs.path, "--lang", lang).out
    assert line in ring
    assert same in ring
    document = run("show", "R3", "-w", two_runs.path, "--json").document
    assert [row["event"] for row in document["lineage"]] == ["grown"]
    assert [row["verdict"] for row in document["judgements"]] == ["confirmed"]


def complete(folder: Path) -> None:
    """Add the result files that a run by hand lacks, empty."""
    for table in RESULTS.values():
        path = folder / table.file
        if not path.exists():
            path.write_text(",".join(table.columns) + "\n", encoding="utf-8")
