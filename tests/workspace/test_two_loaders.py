from pathlib import Path

import pytest

from graphfraud.workspace import WorkspaceFolder
from graphfraud.workspace.locks import WAITING, locked
from tests.workspace.conftest import StartProcess
from tests.workspace.delivery import feed_of, leftovers

SHARED = [f"shared {number}" for number in range(12)]


def feed_ids(contents: list[str]) -> list[str]:
    return sorted(feed_of(content.encode()).feed_id for content in contents)


@pytest.mark.parametrize("processes", [2, 4])
def test_loaders_at_once_all_succeed_even_at_making_the_workspace(
    tmp_path: Path, start: StartProcess, processes: int
) -> None:
    folder, gate = tmp_path / "workspace", tmp_path / "gate"
    own = [[f"own {number} {part}" for part in range(6)] for number in range(processes)]
    running = [start("loading_process", folder, gate, *mine, *SHARED) for mine in own]
    gate.touch()
    for process, mine in zip(running, own, strict=True):
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        said = [line for line in output.splitlines() if line != WAITING]
        assert sorted(said) == feed_ids(mine + SHARED)
    workspace = WorkspaceFolder.open(folder)
    everything = [*SHARED, *(content for mine in own for content in mine)]
    assert [feed.feed_id for feed in workspace.feeds()] == feed_ids(everything)
    assert workspace.verify() == []
    assert leftovers(workspace) == []


def test_a_loader_that_must_wait_says_so_and_then_succeeds(
    tmp_path: Path, workspace: WorkspaceFolder, start: StartProcess
) -> None:
    loader = start("loading_process", workspace.path, tmp_path, "one")
    with locked(workspace.tmp / "workspace.lock"):
        assert loader.stdout is not None
        assert loader.stdout.readline() == f"{WAITING}\n"
        assert workspace.feeds() == []
    output, errors = loader.communicate(timeout=60)
    assert (output.split(), errors) == (feed_ids(["one"]), "")
