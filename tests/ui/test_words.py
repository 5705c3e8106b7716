"""The catalogues agree with each other and with the code; no page speaks past them."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphfraud import ui
from graphfraud.ui.words import LANGUAGES, catalogue

PAGES = Path(ui.__file__).parent
SOURCES = sorted(path for path in PAGES.rglob("*.py") if path.name != "launch.py")
SCRIPTS = sorted(PAGES.rglob("*.js"))
# Commands to copy, classes of the style sheet, formats of times: no words in any language.
NOT_SAID = re.compile(r"graphfraud \w+.*| --\w+ \w+|(gf-\w+ ?)+|[-YMDHm: ]+")
# Sections whose keys are codes that come from results; the code names them by `words.name`.
CODED = {"status", "pattern", "kind", "role", "reason", "duplicate", "signal", "variant"}
CODED |= {"event", "judged", "standing"}
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|[\u3400-\u9fff]")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _constants(path: Path) -> Iterator[str]:
    """Yield the texts in a source file that are neither docstrings nor log messages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_LOG."):
            silent |= {id(argument) for argument in node.args}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def _keys_asked_for() -> set[str]:
    """Return what the pages ask the catalogue for; `{}` stands for a part known at run time."""
    asked = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "words":
                asked.add(_pattern(node.args[0]))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(node.value if node.value in catalogue("zh").texts else "")
    return asked - {""}


def _pattern(key: ast.expr) -> str:
    if isinstance(key, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in key.values)  # type: ignore[misc]
    return str(key.value) if isinstance(key, ast.Constant) else ""


def _matches(pattern: str, key: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\{\}", r"\w+"), key) is not None


def test_both_languages_have_the_same_keys_and_values_to_fill_in() -> None:
    zh, en = catalogue("zh").texts, catalogue("en").texts
    assert set(zh) == set(en)
    amounts = {key for key in zh if key.startswith("amount.")}  # each language has its own units
    differing = {key for key in zh if _placeholders(zh[key]) != _placeholders(en[key])} - amounts
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, text in catalogue(language).texts.items() if not text.strip()] == []


def test_every_chinese_text_is_chinese() -> None:
    texts = catalogue("zh").texts
    foreign = {key for key, text in texts.items() if not re.search(r"[\u3400-\u9fff、]", text)}
    assert foreign == set()


def test_every_key_that_pages_ask_for_is_known_and_every_known_key_is_asked_for() -> None:
    known = set(catalogue("zh").texts)
    patterns = _keys_asked_for()
    assert len(patterns) > 60
    assert {p for p in patterns if not any(_matches(p, key) for key in known)} == set()
    plain = {key for key in known if key.partition(".")[0] not in CODED}
    assert {key for key in plain if not any(_matches(p, key) for p in patterns)} == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_pages_hold_no_sentences_of_their_own(path: Path) -> None:
    names = set(LANGUAGES.values())
    spoken = [text for text in _constants(path) if SENTENCE.search(text)]
    assert [said for said in spoken if said not in names and not NOT_SAID.fullmatch(said)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_no_sentences_and_make_no_markup(path: Path) -> None:
    code = "\n".join(line.split("//")[0] for line in path.read_text(encoding="utf-8").splitlines())
    texts = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    svg_paths = re.compile(r"^M[\d. a-zA-Z-]+Z$")
    said = [a or b for a, b in texts if SENTENCE.search(a or b) and not svg_paths.match(a or b)]
    assert said == []
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|fetch\(", code
    )


def test_the_literal_test_would_notice() -> None:
    assert SENTENCE.search("Open the file")
    assert SENTENCE.search("线索")
    assert not SENTENCE.search("gf-title")
