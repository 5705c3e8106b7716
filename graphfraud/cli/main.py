"""Puts the commands together and turns every ending into an exit code and a sentence.

0 ok, 1 failed, 2 usage, 3 rejected beyond --max-rejects, 130 interrupted. No traceback reaches a
user: a bug prints one line and how to report it; GRAPHFRAUD_DEBUG=1 shows where it happened.
"""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import typer
from typer.exceptions import TyperException

from graphfraud.cli.app import app as open_app
from graphfraud.cli.demo import demo
from graphfraud.cli.detect import detect
from graphfraud.cli.interrupt import one_interrupt
from graphfraud.cli.load import load
from graphfraud.cli.output import print_json, tell_error, use_utf8
from graphfraud.cli.patterns import patterns
from graphfraud.cli.rejects import rejects
from graphfraud.cli.sample import sample
from graphfraud.cli.show import show
from graphfraud.cli.status import status
from graphfraud.cli.verify_store import verify_store
from graphfraud.cli.version import version
from graphfraud.errors import GraphfraudError
from graphfraud.settings import DEBUG_VARIABLE, MEMORY_VARIABLE

INTERRUPTED = 130
PROGRAM = "graphfraud"
REPORT_HINT = f"Set {DEBUG_VARIABLE}=1, run it again, and report what it prints with the command."

COMMANDS: dict[str, Callable[..., None]] = {
    "load": load,
    "detect": detect,
    "show": show,
    "sample": sample,
    "patterns": patterns,
    "status": status,
    "rejects": rejects,
    "verify-store": verify_store,
    "demo": demo,
    "app": open_app,
    "version": version,
}


def application() -> typer.Typer:
    """Return the Typer application with every command."""
    app = typer.Typer(
        name=PROGRAM,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(_program)
    for name, command in COMMANDS.items():
        app.command(name)(command)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    use_utf8()
    try:
        with one_interrupt():
            return _run(given)
    except BrokenPipeError:
        return _closed_pipe()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  no traceback reaches a user
        ending = _ending(error)
        if ending.message:
            _tell(ending, as_json="--json" in given)
        return ending.code


def _run(arguments: list[str]) -> int:
    code = int(application()(args=arguments, prog_name=PROGRAM, standalone_mode=False) or 0)
    if code == INTERRUPTED:  # Typer turns Ctrl-C into a code
        raise KeyboardInterrupt
    return code


@dataclass(frozen=True)
class Ending:
    """How a command failed: the kind of error, what and where, what next, and the exit code."""

    kind: str
    message: str
    hint: str
    code: int


def _ending(error: BaseException) -> Ending:
    if _was_interrupted(error):
        hint = "The same command again finishes the job."
        return Ending("Interrupted", "What was finished is kept.", hint, INTERRUPTED)
    if isinstance(error, GraphfraudError):
        return Ending(type(error).__name__, error.message, error.hint, error.exit_code)
    if isinstance(error, TyperException):
        context = getattr(error, "ctx", None)
        hint = f"See {context.command_path if context else PROGRAM} --help"
        return Ending("UsageError", error.format_message(), hint, error.exit_code)
    if isinstance(error, OSError) and error.filename is not None:
        hint = "Check the path, its permissions and the free space."
        return Ending("FileError", f"{error.filename}: {error.strerror}.", hint, 1)
    if isinstance(error, MemoryError):
        hint = f"Close other programs, or give less with {MEMORY_VARIABLE}."
        return Ending("MemoryError", "There is not enough memory.", hint, 1)
    return _bug(error)


def _bug(error: BaseException) -> Ending:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    message = f"This is a bug in graphfraud: {type(error).__name__}: {error}"
    return Ending("InternalError", message, REPORT_HINT, 1)


def _was_interrupted(error: BaseException | None) -> bool:
    """Say whether Ctrl-C is at the root, behind whatever a library made of it."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "InterruptException":
            return True
        error = error.__cause__ or error.__context__
    return False


def _tell(ending: Ending, *, as_json: bool) -> None:
    tell_error(ending.kind, ending.message, ending.hint)
    if as_json:
        error = {"kind": ending.kind, "message": ending.message, "hint": ending.hint}
        print_json({"error": error, "exit_code": ending.code})


def _program(context: typer.Context) -> None:
    """Find collusion rings and cross-region duplicate claims in settlement data."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _closed_pipe() -> int:
    """Stop quietly when the reader of our output has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
