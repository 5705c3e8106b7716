import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.errors import WorkspaceError
from graphfraud.model.keys import digest
from graphfraud.workspace import RunRecord, WorkspaceFolder
from graphfraud.workspace.durable import relative_files
from tests.workspace.delivery import deliver, deliver_all, deliver_run, run_of

CONTENTS = [bytes([letter]) * 3 for letter in b"abcde"]


def test_a_missing_workspace_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="is no workspace"):
        WorkspaceFolder.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(WorkspaceError, match="other things"):
        WorkspaceFolder.open(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="file"):
        WorkspaceFolder.open(tmp_path / "file", create=True)


def test_an_empty_folder_with_hidden_files_will_do(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    assert WorkspaceFolder.open(tmp_path, create=True).feeds() == []


def test_a_relative_path_stays_right_when_the_process_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = WorkspaceFolder.open(Path("here"), create=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    deliver(workspace, b"one")
    assert WorkspaceFolder.open(tmp_path / "here").feeds() == workspace.feeds()


def test_feeds_are_found_again_in_order(workspace: WorkspaceFolder) -> None:
    feeds = deliver_all(workspace, CONTENTS)
    again = WorkspaceFolder.open(workspace.path)
    assert again.feeds() == sorted(feeds, key=lambda feed: feed.feed_id)
    assert again.feed("never") is None


def test_nothing_published_can_be_written_to(workspace: WorkspaceFolder) -> None:
    folder = workspace.feed_folder(deliver(workspace, b"one").feed_id)
    modes = [(folder / path).stat().st_mode for path in relative_files(folder)]
    assert len(modes) == 4
    assert not any(mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) for mode in modes)


@settings(max_examples=8, deadline=None)
@given(st.permutations(CONTENTS), st.permutations(CONTENTS[:3]))
def test_a_snapshot_does_not_depend_on_the_order(loading: list[bytes], again: list[bytes]) -> None:
    with TemporaryDirectory() as place:
        workspace = WorkspaceFolder.open(Path(place), create=True)
        feed_ids = [feed.feed_id for feed in deliver_all(workspace, [*loading, *again])]
        whole = workspace.snapshot()
        assert whole.snapshot_id == digest(*sorted(set(feed_ids)))
        assert workspace.snapshot(feed_ids) == whole
        assert workspace.snapshot(reversed(feed_ids)) == whole
        assert workspace.snapshots() == [whole]


def test_each_set_of_feeds_has_its_own_snapshot(workspace: WorkspaceFolder) -> None:
    feed_ids = [feed.feed_id for feed in deliver_all(workspace, CONTENTS)]
    kept = [workspace.snapshot(feed_ids[:size]) for size in range(1, 6)]
    assert len({snapshot.snapshot_id for snapshot in kept}) == 5
    assert workspace.snapshots() == kept


def test_a_snapshot_is_found_by_id_and_by_name(workspace: WorkspaceFolder) -> None:
    deliver(workspace, b"one")
    snapshot = workspace.snapshot(name="三季度")
    assert workspace.get_snapshot(snapshot.snapshot_id) == snapshot
    assert workspace.get_snapshot("三季度") == snapshot
    assert workspace.snapshot() == snapshot, "no name given keeps the name"


def test_a_name_means_one_snapshot(workspace: WorkspaceFolder) -> None:
    deliver(workspace, b"one")
    workspace.snapshot(name="first")
    deliver(workspace, b"two")
    with pytest.raises(WorkspaceError, match="'first' stands for"):
        workspace.snapshot(name="first")


def test_a_snapshot_may_be_renamed(workspace: WorkspaceFolder) -> None:
    deliver(workspace, b"one")
    workspace.snapshot(name="draft")
    workspace.snapshot(name="final")
    assert [snapshot.name for snapshot in workspace.snapshots()] == ["final"]


def test_unknown_snapshots_are_said_with_those_there_are(workspace: WorkspaceFolder) -> None:
    deliver(workspace, b"one")
    workspace.snapshot(name="known")
    for unknown in ("unknown", ""):
        with pytest.raises(WorkspaceError, match="No snapshot") as caught:
            workspace.get_snapshot(unknown)
        assert "known" in caught.value.hint


def test_no_feeds_give_no_snapshot(workspace: WorkspaceFolder) -> None:
    with pytest.raises(WorkspaceError, match="no feeds yet"):
        workspace.snapshot()
    deliver(workspace, b"one")
    with pytest.raises(WorkspaceError, match="Unknown feeds: other"):
        workspace.snapshot(["other"])


def test_a_snapshot_has_a_folder_for_what_is_derived(workspace: WorkspaceFolder) -> None:
    deliver(workspace, b"one")
    folder = workspace.snapshot_folder(workspace.snapshot().snapshot_id)
    assert folder.is_dir()
    assert folder.parent == workspace.path / "snapshots"
    assert workspace.verify() == []


@pytest.fixture
def run(workspace: WorkspaceFolder) -> RunRecord:
    deliver(workspace, b"one")
    return deliver_run(workspace, run_of(workspace.snapshot().snapshot_id))


def test_a_run_is_found_again(workspace: WorkspaceFolder, run: RunRecord) -> None:
    assert WorkspaceFolder.open(workspace.path).runs() == [run]
    assert relative_files(workspace.run_folder(run.run_id)) == list(run.files) == ["rings.csv"]


def test_the_same_run_again_is_no_news(workspace: WorkspaceFolder, run: RunRecord) -> None:
    assert deliver_run(workspace, run_of(run.snapshot_id)) == run
    assert workspace.runs() == [run]


def test_a_run_with_another_result_is_refused(workspace: WorkspaceFolder, run: RunRecord) -> None:
    with pytest.raises(WorkspaceError, match="not reproducible"):
        deliver_run(workspace, run_of(run.snapshot_id, result_hash="bb"), "other\n")
    assert workspace.runs() == [run]
    assert workspace.verify() == []


def test_a_damaged_run_is_replaced_by_running_again(
    workspace: WorkspaceFolder, run: RunRecord
) -> None:
    (workspace.run_folder(run.run_id) / "rings.csv").unlink()
    deliver_run(workspace, run_of(run.snapshot_id))
    assert workspace.verify() == []
    assert workspace.runs() == [run]


def test_runs_come_newest_first(workspace: WorkspaceFolder, run: RunRecord) -> None:
    others = [
        deliver_run(workspace, run_of(run.snapshot_id, run_id)) for run_id in ("zz", "aa", "mm")
    ]
    assert workspace.runs() == [*reversed(others), run]


def test_a_run_on_an_unknown_snapshot_is_refused(workspace: WorkspaceFolder) -> None:
    with pytest.raises(WorkspaceError, match="No snapshot 'never'"):
        deliver_run(workspace, run_of("never"))
    assert workspace.verify() == []


@pytest.mark.parametrize("name", ["", "..", "a/b", f"a{os.sep}b", "a.b"])
def test_ids_cannot_lead_out_of_the_workspace(workspace: WorkspaceFolder, name: str) -> None:
    for place in (workspace.feed_folder, workspace.run_folder, workspace.snapshot_folder):
        with pytest.raises(WorkspaceError, match="is no id"):
            place(name)
