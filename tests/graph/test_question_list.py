"""The list of saved questions: it agrees with their statements, and takes only what it can use."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest

from graphfraud.errors import UsageError
from graphfraud.graph.contract import Value
from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.questions import QUESTIONS, checked, has_statements, read_questions
from graphfraud.sql import statement as sql


def test_statements_and_list_agree() -> None:
    steps = {
        Path(path.name).stem for path in files("graphfraud.sql").joinpath("questions").iterdir()
    }
    assert steps == set(QUESTIONS)
    assert {n.removeprefix("questions/") for n in names() if "questions/" in n} == set(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_headers_say_everything(question: str) -> None:
    """Whoever pastes the statement finds each parameter explained, and its default to paste."""
    known, text = QUESTIONS[question], statement(f"questions/{question}")
    whole = re.fullmatch(r"((?://.*\n)+)([^/][\s\S]*)", text)
    assert whole
    head, body = whole.groups()
    defaults = {n: f"'{v}'" if v == "" else f"{v}" for n, v in checked(question)[1].items()}
    pasted = dict(re.findall(r"^// :param (\w+) => (.*)$", head, re.MULTILINE))
    assert pasted == {"graph": "1", **defaults}
    said = [head.index(word) for word in ("Purpose: ", "用途：", "Parameters: ", "Returns: ")]
    assert said == sorted(said)
    assert all(f"${n}:" in head for n in pasted)
    assert set(re.findall(r"\$(\w+)", body)) == set(pasted)
    returned = " ".join(re.split(r"\n// *", head[said[3] : head.index("Paste first")]))
    assert all(re.search(rf"\b{column}\b", returned) for column in known.columns)


@pytest.mark.parametrize("question", QUESTIONS)
def test_steps_say_everything(question: str) -> None:
    text = sql(f"questions/{question}")
    head = re.match(r"(--.*\n)+", text)
    assert head
    flat = " ".join(re.split(r"\n-- *", head[0].removeprefix("-- ")))
    told = re.fullmatch(r"Purpose: +(.+\.) Parameters: (.+) Columns: +(.+)\n", flat)
    assert told
    assert re.findall(r"(?:^|[,;] )(\w+)", told[2]) == list(QUESTIONS[question].parameters)
    assert told[3].split(", ") == list(QUESTIONS[question].columns)
    assert set(re.findall(r"\$(\w+)", text)) == set(QUESTIONS[question].parameters)


@pytest.mark.parametrize(
    ("question", "parameters", "says"),
    [
        ("shared_account", {}, "Did you mean shared_accounts?"),
        ("?", {}, "There are: ring_members, "),
        ("shared_phones", {"person": 2}, "Did you mean persons?"),
        ("shared_phones", {"graph": 2}, "There are: persons, rows."),
        ("shared_phones", {"persons": "two"}, "Give a whole number from 1 to 1000000."),
        ("shared_phones", {"persons": 2.0}, "Give a whole number"),
        ("shared_phones", {"persons": True}, "Give a whole number"),
        ("shared_phones", {"rows": 0}, "Give a whole number from 1"),
        ("busiest_days", {"ring": 7}, "ring is 7. Hint: Give text."),
        ("busiest_days", {"ring": "\ud800"}, "Give text."),
    ],
)
def test_what_cannot_be_asked(question: str, parameters: Mapping[str, Value], says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        checked(question, parameters)


def test_defaults_are_filled_in() -> None:
    known, given = checked("watchlist_neighbours", {"steps": "2"})
    assert (known.name, given) == ("watchlist_neighbours", {"steps": 2, "rows": 200})
    assert checked("busiest_days")[1] == {"ring": "", "rows": 200}


TOML = """
[questions.q]
zh = "问"
en = "Q?"
parameters = ["rows"]
columns = ["day"]
[parameters.rows]
type = "integer"
default = 5
least = 1
most = 9
zh = "行"
en = "rows"
[columns.day]
type = "date"
zh = "日"
en = "day"
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('en = "Q?"', 'en = ""', "q has no sentence"),
        ('["rows"]', "[]", "q has no limit"),
        ('["rows"]', '["rows", "x"]', "q names x"),
        ('["day"]', '["day", "x"]', "q names x"),
        ('["day"]', "[]", "no question uses day"),
        ("default = 5", "default = 10", "out of its range"),
        ('type = "integer"', 'type = "date"', "parameter rows has no known type"),
        ('type = "date"', 'type = "list"', "column day has no known type"),
        ('type = "date"', 'type = "money"', "day: money ends in _fen"),
    ],
)
def test_a_list_that_does_not_hold_together(old: str, new: str, says: str) -> None:
    assert list(read_questions(TOML, lambda name: name == "q")) == ["q"]
    with pytest.raises(ValueError, match=says):
        read_questions(TOML.replace(old, new), lambda _name: True)


def test_a_question_needs_both_statements() -> None:
    with pytest.raises(ValueError, match="q has no statement for both stores"):
        read_questions(TOML, has_statements)
