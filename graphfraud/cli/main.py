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
from graphfraud.cli.centrality import centrality
from graphfraud.cli.communities import communities
from graphfraud.cli.demo import demo
from graphfraud.cli.detect import detect
from graphfraud.cli.doctor import doctor
from graphfraud.cli.evaluate import evaluate
from graphfraud.cli.export import neo4j_import
from graphfraud.cli.graph import ask, check, fill, find, remove
from graphfraud.cli.interrupt import one_interrupt
from graphfraud.cli.judge import judge, judgements
from graphfraud.cli.load import load
from graphfraud.cli.neo4j import neo4j
from graphfraud.cli.options import Language
from graphfraud.cli.output import language, named_language, print_json, tell_error, use_utf8
from graphfraud.cli.patterns import patterns
from graphfraud.cli.peers import peers
from graphfraud.cli.refused import RefusedError
from graphfraud.cli.rejects import rejects
from graphfraud.cli.runs import bare, compare, lineage, runs
from graphfraud.cli.sample import sample
from graphfraud.cli.show import show
from graphfraud.cli.status import status
from graphfraud.cli.verify_store import verify_store
from graphfraud.cli.version import version
from graphfraud.cli.words import say
from graphfraud.errors import GraphfraudError
from graphfraud.settings import DEBUG_VARIABLE, MEMORY_VARIABLE

INTERRUPTED = 130
PROGRAM = "graphfraud"

GROUPS = {
    "runs": "List the runs, compare two of them, or follow rings from one to the next.",
    "graph": "Fill a graph store, embedded or Neo4j, and look into it.",
    "export": "Write files for other tools.",
}
BARE: dict[str, Callable[..., None]] = {"runs": bare}  # what a group does without a command
COMMANDS: dict[str, Callable[..., None]] = {
    "load": load,
    "detect": detect,
    "show": show,
    "peers": peers,
    "evaluate": evaluate,
    "runs list": runs,
    "runs compare": compare,
    "runs lineage": lineage,
    "judge": judge,
    "judgements": judgements,
    "sample": sample,
    "patterns": patterns,
    "status": status,
    "rejects": rejects,
    "verify-store": verify_store,
    "graph fill": fill,
    "graph find": find,
    "graph ask": ask,
    "graph check": check,
    "graph remove": remove,
    "communities": communities,
    "centrality": centrality,
    "export neo4j-import": neo4j_import,
    "neo4j": neo4j,
    "doctor": doctor,
    "demo": demo,
    "app": open_app,
    "version": version,
}


def application() -> typer.Typer:
    """Return the Typer application with every command."""
    app = _typer(PROGRAM)
    app.callback(invoke_without_command=True)(_program)
    groups = {"": app} | {name: _typer(name) for name in GROUPS}
    for name in GROUPS:
        groups[name].callback(invoke_without_command=True)(BARE.get(name, _group))
    for name, command in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        groups[group].command(last)(command)
    for name, about in GROUPS.items():
        app.add_typer(groups[name], name=name, help=about)
    return app


def _typer(name: str) -> typer.Typer:
    return typer.Typer(
        name=name,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )


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
        return _tell(error, language(named_language(given)), as_json="--json" in given)


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


def _ending(error: BaseException, lang: Language) -> Ending:
    """Return how the command failed; what the library says of it is English in every language."""
    if _was_interrupted(error):
        return _said("Interrupted", "interrupted", INTERRUPTED, lang)
    if isinstance(error, RefusedError):
        return Ending("UsageError", *error.told(lang), error.exit_code)
    if isinstance(error, GraphfraudError):
        return Ending(type(error).__name__, error.message, error.hint, error.exit_code)
    if isinstance(error, TyperException):
        return _misused(error, lang)
    return _unforeseen(error, lang)


def _unforeseen(error: BaseException, lang: Language) -> Ending:
    """Return what the machine refused, or else that the tool has a bug."""
    if isinstance(error, OSError) and error.filename is not None:
        return _said("FileError", "file", 1, lang, file=error.filename, reason=error.strerror)
    if isinstance(error, MemoryError):
        return _said("MemoryError", "memory", 1, lang, variable=MEMORY_VARIABLE)
    about = {"kind": type(error).__name__, "message": error, "variable": DEBUG_VARIABLE}
    return _said("InternalError", "bug", 1, lang, **about)


def _said(kind: str, key: str, code: int, lang: Language, /, **values: object) -> Ending:
    message, hint = (say(lang, f"error.{one}", **values) for one in (key, f"{key}_hint"))
    return Ending(kind, message, hint, code)


def _misused(error: TyperException, lang: Language) -> Ending:
    context = getattr(error, "ctx", None)
    hint = say(lang, "error.usage_hint", command=context.command_path if context else PROGRAM)
    return Ending("UsageError", error.format_message(), hint, error.exit_code)


def _was_interrupted(error: BaseException | None) -> bool:
    """Say whether Ctrl-C is at the root, behind whatever a library made of it."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "InterruptException":
            return True
        error = error.__cause__ or error.__context__
    return False


def _tell(error: BaseException, lang: Language, *, as_json: bool) -> int:
    """Tell people in their language and programs in English; return the exit code."""
    ending, plain = _ending(error, lang), _ending(error, Language.EN)
    if ending.kind == "InternalError" and os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    if ending.message:
        tell_error(ending.kind, ending.message, ending.hint, lang=lang)
    if ending.message and as_json:
        told = {"kind": plain.kind, "message": plain.message, "hint": plain.hint}
        print_json({"error": told, "exit_code": plain.code})
    return ending.code


def _program(context: typer.Context) -> None:
    """Find collusion rings and cross-region duplicate claims in settlement data."""
    _group(context)


def _group(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _closed_pipe() -> int:
    """Stop quietly when the reader of our output has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
