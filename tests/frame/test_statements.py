"""Query text lives in its own files: none in Python, and each file says what it is for."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("graphfraud", "loaders", "sample_data")
SQL = re.compile(
    r"\bSELECT\s.+\sFROM\b|\bINSERT\s+INTO\b|\bCREATE\s+(OR\s+REPLACE\s+)?(TEMP\w*\s+)?"
    r"(TABLE|VIEW|MACRO|INDEX)\b|\bCOPY\s.+\sTO\b|\bDELETE\s+FROM\b|\bUPDATE\s+\w+\s+SET\b"
    r"|\bDROP\s+(TABLE|VIEW)\b",
    re.DOTALL,
)
CYPHER = re.compile(r"\bMATCH\s*\(|\bMERGE\s*\(|\bUNWIND\s+\$")


def sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def texts(source: str) -> list[tuple[int, str]]:
    """Return a module's string constants with their lines: all that are used, so no docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    unused = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    found = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in unused)
    return [(node.lineno, node.value) for node in found if isinstance(node.value, str)]


@pytest.mark.parametrize("pattern", [SQL, CYPHER], ids=["sql", "cypher"])
def test_no_query_text_in_python(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for line, text in texts(path.read_text(encoding="utf-8"))
        if pattern.search(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "text", ["SELECT a\nFROM b", "CREATE TEMP TABLE x", "INSERT INTO t VALUES", "MATCH (n)"]
)
def test_the_patterns_know_a_query(text: str) -> None:
    assert SQL.search(text) or CYPHER.search(text)


def test_every_statement_says_what_it_is_for() -> None:
    statements = sorted((ROOT / "graphfraud" / "sql").rglob("*.sql"))
    heads = {path.name: path.read_text(encoding="utf-8").lstrip()[:2] for path in statements}
    assert statements
    assert {name for name, head in heads.items() if head != "--"} == set()
