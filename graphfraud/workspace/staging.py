"""Staging: folders under `tmp/` in which work is prepared; they vanish unless published.

Each has a mark beside it that its owner keeps locked. A mark that can be locked has lost its
owner, so whatever a killed process left behind is recognised without guessing and cleaned away.
Marks are made and cleaned under the workspace's lock, so a fresh one is never taken for a stale.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from graphfraud.errors import WorkspaceError
from graphfraud.progress import Progress, silent
from graphfraud.workspace.durable import remove_tree
from graphfraud.workspace.faults import plain_errors, plain_full_disk
from graphfraud.workspace.locks import locked, try_lock

_MARK = ".owner"


class StagingArea:
    """The folder `tmp/` of a workspace, and the lock that orders those who publish from it."""

    def __init__(self, path: Path) -> None:
        """Work in `path`; nothing is made yet."""
        self.path = path
        self._lock = path / "workspace.lock"

    @contextmanager
    def guard(self, progress: Progress = silent) -> Iterator[None]:
        """Hold the workspace's lock; says so through `progress` while it waits."""
        with plain_errors(self.path), locked(self._lock, progress):
            yield

    @contextmanager
    def fresh(self, progress: Progress = silent) -> Iterator[Path]:
        """Give an empty folder; on leaving it is removed with all that is still in it."""
        folder = self.path / token_hex(8)
        with self.guard(progress):
            mark = _own(folder)
        try:
            with plain_errors(self.path):
                folder.mkdir()
            with plain_full_disk(folder):
                yield folder
        finally:
            remove_tree(folder)
            os.close(mark)
            _mark_of(folder).unlink(missing_ok=True)

    def clean(self) -> None:
        """Remove every folder whose owner is gone; what cannot be removed now stays for later."""
        if not any(self.path.glob(f"*{_MARK}")):
            return
        guard = try_lock(self._lock)
        if guard is None:  # another process is at work: it or the next one cleans
            return
        try:
            for mark in sorted(self.path.glob(f"*{_MARK}")):
                _remove_ownerless(mark)
        finally:
            os.close(guard)


def _mark_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _MARK)


def _own(folder: Path) -> int:
    mark = try_lock(_mark_of(folder))
    if mark is None:
        raise WorkspaceError(f"{folder} is taken.", hint="Run the same command again.")
    return mark


def _remove_ownerless(mark: Path) -> None:
    try:
        lock = try_lock(mark)
        if lock is None:
            return
        try:
            remove_tree(mark.with_name(mark.name.removesuffix(_MARK)))
        finally:
            os.close(lock)
        mark.unlink(missing_ok=True)
    except OSError:
        return  # another program holds a file open: the next opening tries again
