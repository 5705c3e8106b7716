"""Every statement under cypher/: what follows from the ontology, what its head says, its plan."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import neo4j
import pytest

from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.neo4j.connection import Connection

ROOT = Path(__file__).resolve().parents[2]
CYPHER = ROOT / "cypher"
HEAD = re.compile(r"// Purpose: .+?^// Parameters: .+?^// Returns: ", re.DOTALL | re.MULTILINE)
QUIET = {
    "01N00",  # deprecated
    "03N90",  # a Cartesian product
    "03N91",  # an unbounded pattern
    "01N50",  # a label that is not there
    "01N51",  # a relationship type that is not there
    "01N52",  # a property that is not there
}
ON_SCHEMA = re.compile(r"^(SHOW|DROP) ", re.MULTILINE)  # cannot be explained
FOLDERS = {"schema", "load", "read", "publish", "questions", "source"}


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("statements", ROOT / "docs" / "statements.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_statements_follow_from_the_ontology() -> None:
    """Run `make docs` where this fails."""
    module = generator()
    wanted: dict[str, str] = module.statements()
    written = {name: statement(name) for name in names() if statement(name).startswith(module.NOTE)}
    assert written == wanted


def test_every_statement_lies_on_its_shelf() -> None:
    assert {name.partition("/")[0] for name in names()} == FOLDERS


@pytest.mark.parametrize("name", names())
def test_every_statement_says_what_it_is_for(name: str) -> None:
    assert HEAD.search(statement(name)), "Purpose, Parameters, Returns"


@pytest.mark.parametrize("name", [name for name in names() if not name.startswith("source/")])
def test_labels_and_types_are_literal(name: str) -> None:
    """Only the user's own graph is read by labels that are values: nobody knows them before."""
    code = re.sub(r"//.*", "", statement(name))
    assert not re.search(r"[:|&]\s*\$\s*(any|all)?\s*\(", code)
    patterns = re.findall(r"\((\w*)([^()]*)\)", code)
    assert patterns or name.startswith(("schema/", "read/")) or "DROP INDEX" in code


def test_every_statement_plans_without_a_warning(
    neo4j_connection: Connection, neo4j_driver: neo4j.Driver
) -> None:
    """Planned on a database that was prepared but holds nothing: every name is known."""
    for name in names():
        if name.startswith("schema/"):
            neo4j_connection.schema(name)
    told: dict[str, list[str]] = {}
    with neo4j_driver.session() as session:
        for name in names():
            if name.startswith(("schema/", "source/")) or ON_SCHEMA.search(statement(name)):
                continue
            summary = session.run(f"EXPLAIN {statement(name)}", _nothing(name)).consume()
            found = {one.gql_status for one in summary.gql_status_objects} & QUIET
            if found:
                told[name] = sorted(found)
    assert told == {}


def _nothing(name: str) -> dict[str, object]:
    code = re.sub(r"//.*", "", statement(name))
    return dict.fromkeys(re.findall(r"\$(\w+)", code))
