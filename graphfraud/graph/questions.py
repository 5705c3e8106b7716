"""The saved questions of an investigator: what they are called, take and return, in two languages.

Every question has one statement for each store; a test shows that both answer alike.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from typing import Any, TypeVar

from graphfraud.errors import UsageError
from graphfraud.graph.contract import Value
from graphfraud.graph.near import has_bytes
from graphfraud.resources import bundled

FOLDER = "questions"
ROWS = "rows"
TYPES = ("text", "integer", "money", "time", "date")


@dataclass(frozen=True)
class Column:
    """One column of an answer: its name, its type (money in fen) and its heading."""

    name: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True)
class Parameter:
    """What a question may be given: text, or a whole number from `least` to `most`."""

    name: str
    type: str
    default: str | int
    least: int
    most: int
    zh: str
    en: str


T = TypeVar("T", Parameter, Column)


@dataclass(frozen=True)
class Question:
    """One saved question; parameters and columns by name, columns in the answer's order."""

    name: str
    zh: str
    en: str
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]

    @property
    def statement(self) -> str:
        """Return what its Cypher statement and its SQL step are called.

        >>> QUESTIONS["ring_members"].statement
        'questions/ring_members'
        """
        return f"{FOLDER}/{self.name}"


def checked(
    question: str, parameters: Mapping[str, Value] | None = None
) -> tuple[Question, dict[str, Value]]:
    """Return a question and a value for each of its parameters, those not given by default.

    Numbers may come as text. UsageError for an unknown question or parameter, or a wrong value.

    >>> checked("shared_phones", {"persons": "3"})[1]
    {'persons': 3, 'rows': 200}
    """
    if question not in QUESTIONS:
        hint = _nearest(question, QUESTIONS)
        raise UsageError(f"There is no question {question!r}.", hint=hint)
    known = QUESTIONS[question]
    given = dict(parameters or {})
    for name in given:
        if name not in known.parameters:
            hint = _nearest(name, known.parameters)
            raise UsageError(f"{question} has no parameter {name!r}.", hint=hint)
    return known, {n: _value(one, given.get(n)) for n, one in known.parameters.items()}


def _nearest(word: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."


def _value(parameter: Parameter, given: Value | None) -> str | int:
    if given is None:
        return parameter.default
    return _text(parameter, given) if parameter.type == "text" else _whole(parameter, given)


def _text(parameter: Parameter, given: Value) -> str:
    if isinstance(given, str) and has_bytes(given):
        return given
    raise UsageError(f"{parameter.name} is {given!r}.", hint="Give text.")


def _whole(parameter: Parameter, given: Value) -> int:
    """Return a whole number; a float or a truth is none, though Python would make it one."""
    try:
        number = int(given) if type(given) in {int, str} else None  # type: ignore[arg-type]
    except ValueError:
        number = None
    if number is None or not parameter.least <= number <= parameter.most:
        raise UsageError(
            f"{parameter.name} is {given!r}.",
            hint=f"Give a whole number from {parameter.least} to {parameter.most}.",
        )
    return number


def read_questions(text: str, statements: Callable[[str], bool]) -> dict[str, Question]:
    """Read questions by name; ValueError names the first thing that does not hold together.

    statements: says whether a question has both its statements.
    """
    raw = tomllib.loads(text)
    parameters = {name: _parameter(name, entry) for name, entry in raw["parameters"].items()}
    columns = {name: _column(name, entry) for name, entry in raw["columns"].items()}
    found = {
        name: Question(
            name,
            entry["zh"],
            entry["en"],
            _chosen(name, entry["parameters"], parameters),
            _chosen(name, entry["columns"], columns),
        )
        for name, entry in raw["questions"].items()
    }
    for question in found.values():
        _check(question, statements)
    used = {name for one in found.values() for name in (*one.parameters, *one.columns)}
    for name in (*parameters, *columns):
        _must(name in used, f"no question uses {name}")
    return found


def _check(question: Question, statements: Callable[[str], bool]) -> None:
    _must(statements(question.name), f"{question.name} has no statement for both stores")
    _must(ROWS in question.parameters, f"{question.name} has no limit")
    _must(bool(question.zh and question.en), f"{question.name} has no sentence")


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    default, least, most = entry["default"], entry.get("least", 0), entry.get("most", 0)
    _must(entry["type"] in {"text", "integer"}, f"parameter {name} has no known type")
    if entry["type"] == "integer":
        _must(least <= default <= most, f"the default of {name} is out of its range")
    return Parameter(name, entry["type"], default, least, most, entry["zh"], entry["en"])


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    _must(entry["type"] in TYPES, f"column {name} has no known type")
    _must((entry["type"] == "money") == name.endswith("_fen"), f"{name}: money ends in _fen")
    return Column(name, entry["type"], entry["zh"], entry["en"])


def _chosen(question: str, names: list[str], known: Mapping[str, T]) -> dict[str, T]:
    for name in names:
        _must(name in known, f"{question} names {name}, which is nowhere described")
    return {name: known[name] for name in names}


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001  reads as a sentence at its calls
    if not holds:
        raise ValueError(f"questions.toml: {otherwise}.")


def has_statements(question: str) -> bool:
    """Say whether a question has a statement for both stores."""
    cypher = bundled("cypher") / FOLDER / f"{question}.cypher"
    return (
        cypher.is_file() and files("graphfraud.sql").joinpath(FOLDER, f"{question}.sql").is_file()
    )


QUESTIONS: Mapping[str, Question] = read_questions(
    files("graphfraud.graph").joinpath("questions.toml").read_text(encoding="utf-8"),
    has_statements,
)
