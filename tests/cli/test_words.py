"""The two languages agree with each other, with the page's words and with the library's codes."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphfraud
from graphfraud import cli, errors
from graphfraud.cli.options import Language
from graphfraud.cli.words import catalogue, counted, read_texts, say, stage, word
from graphfraud.findings.explanations import GENERAL
from graphfraud.findings.signals.registry import SIGNALS
from graphfraud.findings.variants import VARIANTS
from graphfraud.model.tables import TABLES
from graphfraud.ui import words as page

CLI = Path(cli.__file__).parent
ROOT = CLI.parents[1]
LIBRARY = ("graphfraud", "loaders", "sample_data")
# Sections of codes: `word` asks for them, and a code that is not there stands for itself.
CODED = {"column", "table", "state", "pattern", "duplicate", "entity", "role", "reason"}
CODED |= {"signal"}
CODED |= {"verdict", "outcome", "damage", "ending", "stage", "counted", "judged_pairs", "lookalike"}
CODED |= {"in_runs", "moved", "variant", "event", "judged", "standing"}
PAGE = {"state": "status", "entity": "kind"}
CHINESE = re.compile(r"[\u3400-\u9fff：、]")
SAME = {
    "ring.reason",
    "ring.called",
    "progress.of_total",
    "column.setting",
    "column.jaccard",
    "column.f1",
}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
            yield node


def _pattern(key: ast.expr) -> str:
    """Return a key as a pattern: what is known at run time only stands for any word."""
    if isinstance(key, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "*" for p in key.values)
        return re.escape("".join(str(part) for part in parts)).replace(r"\*", r"\w+")
    return re.escape(str(key.value)) if isinstance(key, ast.Constant) else ""


def _asked_for() -> set[str]:
    """Return patterns of the keys that the commands ask for, in a call or by a name they hold."""
    asked = {
        _pattern(call.args[1])
        for path in CLI.glob("*.py")
        for call in _calls(path, "say")
        if len(call.args) > 1
    }
    texts = (
        node.value
        for path in CLI.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    named = {re.escape(text) for text in texts if text in catalogue()}
    return {one for one in asked | named if one and not one.startswith(r"\w+")}


def _refusals() -> set[str]:
    calls = (call for path in CLI.glob("*.py") for call in _calls(path, "RefusedError"))
    return {f"refused.{ast.literal_eval(call.args[0])}" for call in calls}


def _stages() -> set[str]:
    """Return the first words of every stage that the library reports."""
    found = set()
    for path in (path for package in LIBRARY for path in (ROOT / package).rglob("*.py")):
        for call in _calls(path, "progress"):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.JoinedStr):
                first = first.values[0]
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def test_both_languages_have_the_same_values_to_fill_in() -> None:
    texts = catalogue()
    assert len(texts) > 100
    differing = {
        key: text
        for key, text in texts.items()
        if _placeholders(text["zh"]) != _placeholders(text["en"]) and key != "patterns.title"
    }
    assert differing == {}  # an English title names the code alone


def test_every_chinese_text_is_chinese_and_no_english_one_is() -> None:
    foreign = {key for key, text in catalogue().items() if not CHINESE.search(text["zh"])}
    assert foreign - SAME == set()
    assert [key for key, text in catalogue().items() if CHINESE.search(text["en"])] == []


@pytest.mark.parametrize(
    "toml", ['[a]\nb = { zh = "一" }', '[a]\nb = { en = "one" }', '[a]\nb = { zh = "", en = "b" }']
)
def test_text_in_one_language_alone_is_refused(toml: str) -> None:
    with pytest.raises(ValueError, match=r"a\.b is not there"):
        read_texts(toml)


def test_unknown_key_fails() -> None:
    with pytest.raises(KeyError):
        say(Language.ZH, "load.nothing")


def test_value_that_looks_like_a_placeholder_is_data() -> None:
    assert say(Language.ZH, "load.ignored", file="{feed}") == "未读取：{feed}"


def test_every_key_that_is_asked_for_is_known_and_every_known_key_is_asked_for() -> None:
    patterns, plain = _asked_for(), {k for k in catalogue() if k.partition(".")[0] not in CODED}
    keys = {key for key in plain if key.partition(".")[0] not in {"refused", "error"}}
    assert {p for p in patterns if not any(re.fullmatch(p, key) for key in catalogue())} == set()
    assert {key for key in keys if not any(re.fullmatch(p, key) for p in patterns)} == set()
    refused = {key for key in plain if key.startswith("refused.")}
    assert refused == {f"{key}{end}" for key in _refusals() for end in ("", "_hint")}


def test_every_error_has_a_hint_beside_it() -> None:
    told = {key for key in catalogue() if key.startswith("error.")}
    for key in ("interrupted", "file", "memory", "bug"):
        assert {f"error.{key}", f"error.{key}_hint"} <= told


def test_words_are_the_words_of_the_page() -> None:
    shown = page.catalogue("zh").texts
    differing: dict[str, tuple[str, str]] = {}
    for key, text in catalogue().items():
        section, _, code = key.partition(".")
        known = shown.get(f"{PAGE.get(section, section)}.{code}")
        if (
            section
            in {"state", "pattern", "variant", "duplicate", "entity", "role", "reason", "signal"}
            and known
        ):
            differing |= {} if known == text["zh"] else {key: (text["zh"], known)}
    assert differing == {}


def test_every_code_of_the_library_has_a_word() -> None:
    known = graphfraud.known_patterns()
    codes = {f"pattern.{one.description.name}" for one in known} | {f"table.{n}" for n in TABLES}
    codes |= {f"reason.{code}" for code in GENERAL} | {f"variant.{code}" for code in VARIANTS}
    codes |= {f"signal.{code}" for code in SIGNALS}
    codes |= {f"reason.{code}" for one in known for code in one.description.excuses}
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type))
    codes |= {f"ending.{kind.__name__}" for kind in kinds if kind is not errors.GraphfraudError}
    assert codes - set(catalogue()) == set()


def test_every_stage_of_the_work_has_a_word() -> None:
    stages = _stages()
    assert {"check files", "explain"} <= stages
    spoken = {one: stage(Language.ZH, one) for one in stages}
    assert [one for one, text in spoken.items() if not CHINESE.search(text)] == []


def test_unknown_codes_stand_for_themselves() -> None:
    assert word(Language.ZH, "pattern", "new_one") == "new_one"
    assert stage(Language.ZH, "new work") == "new work"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1000, "1,000 rows")]
)
def test_english_plurals(number: int, text: str) -> None:
    assert counted(number, "row") == text
    assert say(Language.EN, "rejects.counts", rows=number) == f"{text} not loaded."
    assert say(Language.ZH, "rejects.counts", rows=number) == f"{number:,} 行未装入。"
