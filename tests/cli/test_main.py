import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphfraud.cli import main as main_module
from graphfraud.cli.main import COMMANDS, GROUPS
from graphfraud.cli.options import JsonOption
from graphfraud.errors import FeedError

Run = Any


def break_version(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def version(*, as_json: JsonOption = False) -> None:
        """Fail."""
        assert as_json in {True, False}
        raise error

    monkeypatch.setitem(COMMANDS, "version", version)


def test_no_command_lists_the_commands(run: Run) -> None:
    told = run()
    assert told.code == 0
    assert all(name.split()[0] in told.out for name in COMMANDS)


@pytest.mark.parametrize("group", sorted(set(GROUPS) - {"runs"}))  # it lists the runs by itself
def test_a_group_without_a_command_lists_its_commands(run: Run, group: str) -> None:
    told = run(group)
    inside = [name.split()[1] for name in COMMANDS if name.startswith(f"{group} ")]
    assert inside
    assert all(name in told.out for name in inside)
    assert (told.code, told.err) == (0, "")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_json(run: Run, name: str) -> None:
    told = run(*name.split(), "--help")
    assert told.code == 0
    assert "--json" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["status", "--nope"],
        ["load"],
        ["detect", "--seed", "x"],
        ["load", ".", "--max-rejects", "-1"],
        ["load", ".", "--max-rejects", "1.5"],
        ["detect", "--set", "novalue"],
        ["status", "--lang", "fr"],
    ],
)
def test_what_cannot_be_understood_ends_with_2(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("UsageError: ")
    assert told.err.count("\n") == 1


def test_expected_error_is_one_line_with_a_hint(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_version(monkeypatch, FeedError("a.csv is empty.", hint="Deliver it again."))
    told = run("version")
    assert (told.code, told.out) == (1, "")
    assert told.err == "FeedError: a.csv is empty. Hint: Deliver it again.\n"


def test_error_with_json_is_a_document_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_version(monkeypatch, FeedError("a.csv is empty.", hint="Deliver it again."))
    told = run("version", "--json")
    error = {"kind": "FeedError", "message": "a.csv is empty.", "hint": "Deliver it again."}
    assert told.document == {"error": error, "exit_code": 1}


def test_bug_is_one_line_and_how_to_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_version(monkeypatch, ZeroDivisionError("ratio"))
    told = run("version")
    assert told.code == 1
    assert told.err.startswith("InternalError: ")
    assert "ZeroDivisionError: ratio" in told.err
    assert "GRAPHFRAUD_DEBUG=1" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (PermissionError(13, "Permission denied", "out"), "FileError: out: Permission denied."),
        (OSError(28, "No space left on device", "ws"), "FileError: ws: No space left on device."),
        (MemoryError(), "MemoryError: There is not enough memory."),
    ],
)
def test_what_the_machine_refuses_is_no_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, line: str
) -> None:
    break_version(monkeypatch, error)
    told = run("version")
    assert told.code == 1
    assert told.err.startswith(line)
    assert told.err.count("\n") == 1


def test_debug_shows_where_the_bug_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_version(monkeypatch, ZeroDivisionError("ratio"))
    monkeypatch.setenv("GRAPHFRAUD_DEBUG", "1")
    assert "Traceback" in run("version").err


def test_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_version(monkeypatch, KeyboardInterrupt())
    told = run("version")
    assert told.code == 130
    assert told.err.startswith("Interrupted: ")
    assert told.err.count("\n") == 1


def test_interrupt_that_a_library_wrapped_is_one_all_the_same(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped = FeedError("the step failed")
    wrapped.__cause__ = KeyboardInterrupt()
    break_version(monkeypatch, wrapped)
    assert run("version").code == 130


def test_control_characters_of_data_do_not_reach_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_version(monkeypatch, FeedError("bad \x1b[2J\nname"))
    assert run("version").err == "FeedError: bad \\x1b[2J\\nname\n"


def test_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "graphfraud", "version"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_module_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graphfraud", "status", "-w", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("WorkspaceError: ")


def test_entry_point_reads_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["graphfraud", "version"])
    assert main_module() == 0
