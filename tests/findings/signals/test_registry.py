"""Every signal is documented, has its line of the table, its words, and its own test."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from graphfraud.cli.words import catalogue as cli_words
from graphfraud.findings import signals
from graphfraud.findings.signals.contract import Description
from graphfraud.findings.signals.registry import SIGNALS
from graphfraud.findings.weights import WEIGHTS
from graphfraud.model.tables import TABLES
from graphfraud.ui.words import catalogue as page_words
from tests.findings.signal_rows import Given

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(str(signals.__file__)).parent
MACHINERY = {"__init__", "assess", "contract", "reading", "registry", "rows"}


def test_the_table_of_points_has_a_line_for_every_signal_and_no_other() -> None:
    assert set(WEIGHTS) == set(SIGNALS)


def test_every_file_is_a_signal_by_its_own_name() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - MACHINERY == set(SIGNALS)
    assert {code: m.__name__.rpartition(".")[2] for code, m in SIGNALS.items()} == {
        code: code for code in SIGNALS
    }


@pytest.mark.parametrize("code", sorted(SIGNALS))
def test_a_signal_is_described_whole_and_tested(code: str) -> None:
    about = SIGNALS[code].DESCRIPTION
    texts = {field.name: getattr(about, field.name) for field in fields(Description)}
    assert [name for name, text in texts.items() if name != "needs" and not text.strip()] == []
    assert re.search("[\u3400-\u9fff]", about.title_zh)
    for need in about.needs:
        table, _, column = need.partition(".")
        assert column in {"", *TABLES[table].column_names}
    assert (Path(__file__).parent / f"test_{code}.py").is_file()


@pytest.mark.parametrize("code", sorted(SIGNALS))
def test_the_page_of_signals_tells_all(code: str) -> None:
    page = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8")
    about = SIGNALS[code].DESCRIPTION
    assert f"| `{code}` | {about.title_zh} | {WEIGHTS[code].points:g} |" in page
    assert all(text in page for text in (about.formula, about.source, about.excuse))


@pytest.mark.parametrize("code", sorted(SIGNALS))
def test_readers_see_the_same_words_everywhere(code: str) -> None:
    about = SIGNALS[code].DESCRIPTION
    assert cli_words()[f"signal.{code}"] == {"zh": about.title_zh, "en": about.title_en}
    assert page_words("zh").texts[f"signal.{code}"] == about.title_zh
    assert page_words("en").texts[f"signal.{code}"].lower() == about.title_en.lower()


@pytest.mark.parametrize("code", sorted(SIGNALS))
def test_an_empty_ring_gets_no_points_and_a_sentence(code: str) -> None:
    signal = SIGNALS[code].look(Given().rows())
    assert (signal.code, signal.points, signal.claims) == (code, 0, ())
    assert re.search("[\u3400-\u9fff]", signal.sentence_zh)
    assert re.fullmatch(r"[A-Z0-9].*\.", signal.sentence_en)
