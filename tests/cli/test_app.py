import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from graphfraud.errors import UsageError

Run = Any
module: Any = sys.modules["graphfraud.cli.app"]


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int, bool]]:
    """Return what the app was launched with, instead of a server."""
    calls: list[tuple[Path, int, bool]] = []

    def launch(workspace: Path, port: int, *, headless: bool) -> int:
        calls.append((workspace, port, headless))
        return 0 if headless else 1

    monkeypatch.setattr("graphfraud.ui.launch.launch", launch)
    return calls


def test_app_is_served_on_the_named_port(
    run: Run, launched: list[tuple[Path, int, bool]], tmp_path: Path
) -> None:
    told = run("app", "-w", tmp_path, "--port", 8999, "--headless")
    assert told.code == 0
    assert "http://127.0.0.1:8999" in told.out
    assert launched == [(tmp_path, 8999, True)]


def test_server_that_fails_ends_with_1(
    run: Run, launched: list[tuple[Path, int, bool]], tmp_path: Path
) -> None:
    assert run("app", "-w", tmp_path, "--port", 8999).code == 1
    assert len(launched) == 1


def test_with_json_the_servers_words_go_to_standard_error(
    run: Run,
    launched: list[tuple[Path, int, bool]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "dup2", lambda source, target: moved.append((source, target)))
    monkeypatch.setattr(module, "descriptor", lambda stream: 2 if stream is sys.stderr else 1)
    told = run("app", "-w", tmp_path, "--port", 8999, "--headless", "--json")
    assert told.document["url"] == "http://127.0.0.1:8999"
    assert moved == [(2, 1)]
    assert launched


def test_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((module.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert module.free_port(range(port, port + 5)) != port
        with pytest.raises(UsageError, match="taken"):
            module.free_port(range(port, port + 1))
