"""Locks between processes, kept by the operating system: a dead owner holds none.

A lock is an open file. The system lets go of it when the process ends, however it ends, so there
is never a process number to guess about.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphfraud.errors import WorkspaceError
from graphfraud.progress import Progress, silent

WAITING = "waiting for another process"
PATIENCE_SECONDS = 120.0
_PAUSE_SECONDS = 0.02

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _claim(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _claim(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(path: Path) -> int | None:
    """Lock the file `path` (made where missing); return its descriptor, None if another has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _claim(descriptor)
    except (BlockingIOError, PermissionError):  # the second is what Windows raises
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def locked(path: Path, progress: Progress = silent) -> Iterator[None]:
    """Hold the lock `path`; say so while waiting; WorkspaceError after PATIENCE_SECONDS."""
    descriptor = try_lock(path)
    if descriptor is None:
        descriptor = _wait(path, progress)
    try:
        yield
    finally:
        os.close(descriptor)


def _wait(path: Path, progress: Progress) -> int:
    give_up = time.monotonic() + PATIENCE_SECONDS
    progress(WAITING, 0, None)
    while (descriptor := try_lock(path)) is None:
        if time.monotonic() > give_up:
            raise WorkspaceError(
                f"Another process has kept {path} locked for {PATIENCE_SECONDS:.0f} seconds.",
                hint="Wait until it is done, or end it, and run the same command again.",
            )
        time.sleep(_PAUSE_SECONDS)
    return descriptor
