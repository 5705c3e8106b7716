"""Runs the command line in this process and gives back what it told."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from graphfraud.cli import main


@dataclass(frozen=True)
class Told:
    """An exit code, and what went to standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """Return the last line of standard error, behind any progress of a slow machine."""
        return self.err.splitlines()[-1] if self.err else ""

    @property
    def document(self) -> dict[str, Any]:
        """Return standard output as the one JSON document it must be."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Told]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English unless told otherwise, whatever this machine speaks."""
    monkeypatch.setenv("GRAPHFRAUD_LANG", "en")
    monkeypatch.delenv("GRAPHFRAUD_DEBUG", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command line."""

    def call(*arguments: object) -> Told:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return call
