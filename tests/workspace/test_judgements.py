"""Judgements in the catalog: kept in order, never changed, by several processes at once."""

import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from graphfraud.errors import UsageError
from graphfraud.workspace import Judgement, WorkspaceFolder
from graphfraud.workspace import catalog as shape
from tests.workspace.conftest import StartProcess
from tests.workspace.delivery import deliver, deliver_run, run_of


@pytest.fixture
def with_run(workspace: WorkspaceFolder) -> WorkspaceFolder:
    deliver(workspace, b"claims")
    deliver_run(workspace, run_of(workspace.snapshot().snapshot_id))
    return workspace


def said(reason: str, verdict: str = "unsure") -> Judgement:
    return Judgement("R1", "run1", verdict, reason, "Li", frozenset({("person", "中"), ("a", "b")}))


def test_what_is_kept_comes_back_newest_first(with_run: WorkspaceFolder) -> None:
    kept = [with_run.judge(said(f"reason {n}", v)) for n, v in enumerate(("unsure", "excluded"))]
    assert WorkspaceFolder.open(with_run.path).judgements() == kept[::-1]
    assert kept[0].judged_at


@pytest.mark.parametrize("change", ["UPDATE judgements SET reason = 'x'", "DELETE FROM judgements"])
def test_nothing_is_changed_or_removed(with_run: WorkspaceFolder, change: str) -> None:
    with_run.judge(said("seen"))
    with (
        closing(sqlite3.connect(with_run.path / "catalog.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="judgements are never"),
    ):
        connection.execute(change)


def test_only_a_known_run_can_be_judged(with_run: WorkspaceFolder) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        with_run.judge(Judgement("R1", "other", "unsure", "seen", "Li"))
    assert with_run.judgements() == []


@pytest.mark.parametrize(
    ("verdict", "reason", "by"),
    [("guilty", "seen", "Li"), ("unsure", " ", "Li"), ("unsure", "x", "")],
)
def test_what_is_no_judgement_is_refused(verdict: str, reason: str, by: str) -> None:
    with pytest.raises(UsageError):
        Judgement("R1", "run1", verdict, reason, by)


@pytest.mark.parametrize("processes", [2, 4])
def test_processes_that_judge_at_once_all_succeed(
    with_run: WorkspaceFolder, tmp_path: Path, start: StartProcess, processes: int
) -> None:
    gate = tmp_path / "gate"
    reasons = [[f"{number}-{part}" for part in range(8)] for number in range(processes)]
    running = [start("judging_process", with_run.path, gate, *mine) for mine in reasons]
    gate.touch()
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    kept = [one.reason for one in reversed(with_run.judgements())]
    assert sorted(kept) == sorted(chain(*reasons))
    for mine in reasons:  # each process's own came in its order
        assert [reason for reason in kept if reason in mine] == mine


def test_a_catalog_of_the_first_shape_is_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "old" / "catalog.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dict(shape.migrations())[1])
    assert WorkspaceFolder.open(path.parent).judgements() == []
