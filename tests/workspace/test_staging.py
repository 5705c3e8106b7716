import errno
import os
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import WorkspaceFolder, staging
from graphfraud.workspace.locks import locked
from tests.workspace.conftest import StartProcess
from tests.workspace.delivery import leftovers


def test_a_staging_folder_is_empty_and_vanishes(workspace: WorkspaceFolder) -> None:
    with workspace.staging() as folder:
        assert list(folder.iterdir()) == []
        assert folder.parent == workspace.tmp
        (folder / "half.parquet").write_bytes(b"half")
    assert leftovers(workspace) == []


def test_it_vanishes_when_the_work_fails(workspace: WorkspaceFolder) -> None:
    def fail_half_way() -> None:
        with workspace.staging() as folder:
            (folder / "half.parquet").write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert leftovers(workspace) == []


def test_two_at_once_do_not_meet(workspace: WorkspaceFolder) -> None:
    with workspace.staging() as one, workspace.staging() as two:
        assert one != two
    assert leftovers(workspace) == []


def test_what_a_killed_process_left_is_cleaned_at_the_next_opening(
    workspace: WorkspaceFolder, start: StartProcess
) -> None:
    process = start("staging_process", workspace.path)
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    WorkspaceFolder.open(workspace.path)
    assert (folder / "half.parquet").exists(), "its owner lives"
    process.kill()
    process.wait()
    assert (folder / "half.parquet").exists()
    WorkspaceFolder.open(workspace.path)
    assert leftovers(workspace) == []


def test_what_cannot_be_removed_now_waits_for_the_next_opening(
    workspace: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace.tmp / "old").mkdir()
    (workspace.tmp / "old.owner").touch()

    def in_use(folder: Path) -> None:
        raise PermissionError(errno.EACCES, "in use", str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(staging, "remove_tree", in_use)
        WorkspaceFolder.open(workspace.path)
    assert leftovers(workspace) == ["old", "old.owner"]
    WorkspaceFolder.open(workspace.path)
    assert leftovers(workspace) == []


def test_opening_does_not_wait_for_another_process(workspace: WorkspaceFolder) -> None:
    (workspace.tmp / "old.owner").touch()
    with locked(workspace.tmp / "workspace.lock"):
        WorkspaceFolder.open(workspace.path)
    assert leftovers(workspace) == ["old.owner"]


def test_a_name_taken_twice_is_refused(
    workspace: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "token_hex", lambda length: "a" * length)
    with (
        workspace.staging(),
        pytest.raises(WorkspaceError, match="is taken"),
        workspace.staging(),
    ):
        pass


def test_a_full_disk_while_staging_is_a_sentence(workspace: WorkspaceFolder) -> None:
    with pytest.raises(WorkspaceError, match="No room left"), workspace.staging():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_other_faults_of_the_work_pass_through(workspace: WorkspaceFolder) -> None:
    with pytest.raises(FileNotFoundError), workspace.staging() as folder:
        (folder / "never").read_bytes()
