from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace, open_workspace
from tests.quick import OPTIONS

Run = Any


def second(run: Run, case: Workspace, *more: object) -> str:
    """Make another run and return its id."""
    told = run("detect", "-w", case.path, "--pattern", "same_invoice", *more, "--json")
    assert told.code == 0, told.err
    return str(told.document["run"]["run_id"])


def test_runs_are_listed_newest_first(run: Run, case: Workspace) -> None:
    newest = second(run, case)
    first, second_ = run("runs", "-w", case.path, "--json").document["runs"]
    assert (first["run_id"], first["patterns"], first["leads"]) == (newest, "same_invoice", 0)
    assert second_["run_id"] == case.runs()[1].run_id
    assert run("runs", "list", "-w", case.path, "--json").document["runs"] == [first, second_]
    assert newest in run("runs", "-w", case.path).out


def test_a_workspace_without_runs_says_so(run: Run, tmp_path: Path) -> None:
    open_workspace(tmp_path / "new")
    assert "No run yet" in run("runs", "-w", tmp_path / "new").out


@pytest.mark.parametrize("before", [True, False])
def test_runs_are_compared_wherever_the_workspace_is_named(
    run: Run, case: Workspace, before: bool
) -> None:
    newest, first = second(run, case), case.runs()[-1].run_id
    where, ids = ("-w", case.path), ("compare", first, newest)
    told = run("runs", *where, *ids, "--json") if before else run("runs", *ids, *where, "--json")
    assert told.document["counts"]["both"] == 0
    assert told.document["counts"]["only_a"] == len(case.results(first).rings) > 0
    differing = {row["parameter"].split(".")[0] for row in told.document["parameters"]}
    parameters = case.results(first).run["parameters"]
    assert differing == {name for name, values in parameters.items() if values} - {"same_invoice"}


@pytest.mark.parametrize(("lang", "said"), [("en", "only in A"), ("zh", "仅甲有")])
def test_comparison_reads_in_both_languages(
    run: Run, case: Workspace, lang: str, said: str
) -> None:
    told = run(
        "runs", "compare", "-w", case.path, second(run, case), case.runs()[0].run_id, "--lang", lang
    )
    assert told.code == 0
    assert said in told.out


def test_unknown_run_ends_with_a_hint(run: Run, case: Workspace) -> None:
    told = run("runs", "compare", "-w", case.path, "nope", case.runs()[0].run_id)
    assert told.code == 1
    assert "no run 'nope'" in told.err
    assert "graphfraud status" in told.err


def test_parameters_come_from_a_file_and_set_wins(
    run: Run, case: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("same_invoice.largest_block = 40\n", encoding="utf-8")
    given = ("--parameters", file)
    assert _largest_block(case, second(run, case, *given)) == 40
    assert (
        _largest_block(case, second(run, case, *given, "--set", "same_invoice.largest_block=30"))
        == 30
    )


def _largest_block(case: Workspace, run_id: str) -> int:
    return int(case.results(run_id).run["parameters"]["same_invoice"]["largest_block"])


def test_unknown_parameter_of_a_file_has_a_suggestion(
    run: Run, case: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("co_visit: {replicate: 19}\n", encoding="utf-8")
    told = run("detect", "-w", case.path, *OPTIONS, "--parameters", file)
    assert told.code == 2
    assert "Did you mean co_visit.replicates" in told.err
