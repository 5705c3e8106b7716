from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from graphfraud.api import TableTotal, Workspace, check_rejects, open_workspace
from graphfraud.errors import RejectLimitError, WorkspaceError

if TYPE_CHECKING:
    from loaders import LoadReport


def report(read: int, rejected: int) -> "LoadReport":
    return cast("LoadReport", SimpleNamespace(read=read, rejected=rejected))


def test_status_counts_rows_by_table(store: Workspace) -> None:
    status = store.status()
    assert status.tables == {"claims": TableTotal(read=3, loaded=2, rejected=1)}
    assert [run.run_id for run in status.runs] == ["run1"]
    assert [snapshot.name for snapshot in status.snapshots] == ["first"]


def test_rejects_carry_feed_and_every_reason(store: Workspace) -> None:
    rows = store.rejects()
    assert rows["file_name"].tolist() == ["claims.csv"]
    assert rows["reasons"].tolist() == ["amount_format missing_id"]
    assert store.rejects(["another"]).empty


def test_claim_is_read_where_it_was_delivered(store: Workspace) -> None:
    claim = store.claim("C1")
    assert claim[["record_no", "total_amount"]].to_numpy().tolist() == [[1, 1005]]
    assert store.claim("C7").empty


def test_untouched_store_verifies(store: Workspace) -> None:
    assert store.verify() == []


def test_missing_workspace_is_not_made_for_readers(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        open_workspace(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


def test_no_run_yet_says_what_next(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no run yet") as caught:
        open_workspace(tmp_path / "new").results()
    assert "graphfraud detect" in caught.value.hint


def test_unknown_run_is_named(store: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no run 'run2'"):
        store.results("run2")


def test_environment_names_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHFRAUD_WORKSPACE", str(tmp_path / "env"))
    assert open_workspace().path == tmp_path / "env"


@pytest.mark.parametrize(
    ("rejected", "limit", "fails"),
    [(0, 0, False), (1, 0, True), (1, 0.01, False), (2, 0.01, True), (5, 5, False), (6, 5, True)],
)
def test_reject_limit_is_a_share_below_one_and_a_count_above(
    rejected: int, limit: float, fails: bool
) -> None:
    if not fails:
        check_rejects(report(100, rejected), limit)
        return
    with pytest.raises(RejectLimitError) as caught:
        check_rejects(report(100, rejected), limit)
    assert caught.value.exit_code == 3
