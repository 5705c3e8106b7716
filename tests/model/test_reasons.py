"""The closed list of reasons: every one told in both languages, and used in SQL under that name."""

import re
from pathlib import Path

import graphfraud.sql
from graphfraud.model.reasons import REASONS

SQL = Path(graphfraud.sql.__file__).parent
# Told by readers, the engine or the balance, not by a macro.
ELSEWHERE = {
    "undecodable_text", "unclosed_quote", "line_too_long", "field_too_long", "column_count",
    "missing_reference", "conflict", "duplicate", "id_number_checksum",
}  # fmt: skip


def test_both_languages() -> None:
    for reason in REASONS.values():
        assert re.search("[\u4e00-\u9fff]", reason.zh)
        assert reason.en.endswith(".")
        assert reason.en.isascii()
    assert [code for code, reason in REASONS.items() if reason.flag] == ["id_number_checksum"]


def test_macros_give_exactly_the_reasons_of_the_list() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (SQL / "macros").glob("*.sql"))
    named = set(re.findall(r"(?:THEN|ELSE) '([a-z]+_[a-z_]+)'", text))
    assert named == set(REASONS) - ELSEWHERE
