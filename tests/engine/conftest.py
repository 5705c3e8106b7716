"""A fresh workspace, and steps that live for one test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphfraud.sql import statement
from graphfraud.workspace import WorkspaceFolder

Steps = Callable[[str, str], str]


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path / "workspace", create=True)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Return a way to add a step under a name for one test."""
    known: dict[str, str] = {}
    monkeypatch.setattr(
        "graphfraud.engine.duckdb.statement", lambda name: known.get(name) or statement(name)
    )

    def add(name: str, text: str) -> str:
        known[name] = text
        return name

    return add
