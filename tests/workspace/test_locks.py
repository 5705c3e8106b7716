import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import locks
from graphfraud.workspace.locks import WAITING, locked, try_lock

HOLDER = """
import sys, time
from pathlib import Path
from graphfraud.workspace.locks import try_lock
assert try_lock(Path(sys.argv[1])) is not None
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "some.lock"


def test_one_holder_at_a_time(lock: Path) -> None:
    with locked(lock):
        assert try_lock(lock) is None
    again = try_lock(lock)
    assert again is not None
    os.close(again)


def test_a_killed_holder_holds_nothing(lock: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert try_lock(lock) is None
        holder.kill()
    again = try_lock(lock)
    assert again is not None
    os.close(again)


def test_waiting_is_said_and_ends_with_the_lock(lock: Path) -> None:
    said: list[str] = []
    holder = try_lock(lock)
    assert holder is not None

    def let_go(stage: str, done: int, total: int | None) -> None:
        del done, total
        said.append(stage)
        os.close(holder)

    with locked(lock, let_go):
        assert said == [WAITING]


def test_patience_ends_with_a_plain_error(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE_SECONDS", 0.05)
    with (
        locked(lock),
        pytest.raises(WorkspaceError, match=r"some\.lock locked"),
        locked(lock),
    ):
        pass


def test_a_fault_of_the_lock_itself_is_not_taken_for_a_holder(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        del descriptor
        raise OSError(37, "No locks available")

    monkeypatch.setattr(locks, "_claim", fail)
    with pytest.raises(OSError, match="No locks available"):
        try_lock(lock)
