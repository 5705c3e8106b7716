"""What several tests begin with is made once in a run, whichever of its processes asks first."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graphfraud.workspace.locks import try_lock

_PAUSE_SECONDS = 0.1


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` filled, for every process of this run: nobody writes to it."""
    own = factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, made = common / name, common / f"{name}.made"
    lock = _wait_for(common / f"{name}.lock")
    try:
        if not made.exists():
            folder.mkdir()
            make(folder)
            made.touch()
    finally:
        os.close(lock)
    return folder


def _wait_for(path: Path) -> int:
    while (lock := try_lock(path)) is None:  # who makes it may have to compile kernels first
        time.sleep(_PAUSE_SECONDS)
    return lock
