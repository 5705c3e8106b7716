"""A fresh workspace, and loaders as processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graphfraud.workspace import WorkspaceFolder

ROOT = Path(__file__).parents[2]

StartProcess = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path / "workspace", create=True)


@pytest.fixture
def start() -> Iterator[StartProcess]:
    """Start `python -m tests.workspace.<module> ARGUMENTS…`; whatever still runs ends here."""
    with ExitStack() as running:

        def started(module: str, *arguments: str | Path) -> "subprocess.Popen[str]":
            command = [sys.executable, "-m", f"tests.workspace.{module}", *map(str, arguments)]
            process = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            running.enter_context(process)
            running.callback(process.kill)
            return process

        yield started
