"""One real Neo4j server for a whole run, and an empty graph on it for each test that asks.

Tests that kill a server have another one, so that two processes of a run have their share.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.catalogue import statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.server_files import (
    is_complete,
    java,
    library_folder,
    write_configuration,
)
from graphfraud.graph.part import Part
from tests.commands.cut_bolt import empty
from tests.graph.loads import Parts, small_parts

Statements = Callable[[str, str], str]
# Which process of `pytest -n 2 --dist loadgroup` a server is in, with all that share it.
GROUPS = {"neo4j_server": "neo4j", "server_to_kill": "neo4j-killed"}


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share a server in one process."""
    for item in items:
        for server in GROUPS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(GROUPS[server]))


def why_not() -> str:
    """Return what this machine lacks to run Neo4j; nothing where it can."""
    try:
        java()
    except StoreError as error:
        return error.message
    if not is_complete(library_folder()) and shutil.which("mvn") is None:
        return "Fetching Neo4j needs Maven; there is no mvn here."
    return ""


@pytest.fixture(scope="session")
def neo4j_here() -> Iterator[Path]:
    """Return where the jars are, and make servers quick; a machine without Java skips, CI fails.

    Plans are compiled once each: the JVM's second compiler would never pay. Each graph of a test
    begins empty and soon outgrows its plans: they need not follow it.
    """
    if reason := why_not():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        patch.setattr("graphfraud.graph.neo4j.server_files.write_configuration", _settled)
        yield library_folder()


def _settled(home: Path, port: int) -> None:
    write_configuration(home, port)
    with (home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as file:
        file.write("dbms.cypher.min_replan_interval=1h\n")


@pytest.fixture(scope="session")
def neo4j_server(
    neo4j_here: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalServer]:
    """Return a running server of this run's own."""
    with LocalServer(tmp_path_factory.mktemp("neo4j"), library=neo4j_here, port=0) as server:
        yield server


@pytest.fixture(scope="session")
def server_to_kill(
    neo4j_here: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalServer]:
    """Return a running server that tests kill and start again."""
    with LocalServer(tmp_path_factory.mktemp("killed"), library=neo4j_here, port=0) as server:
        yield server


@pytest.fixture
def neo4j_driver(neo4j_server: LocalServer) -> Iterator[neo4j.Driver]:
    """Return the bare driver: tests look into the graph and write to it past the product.

    A new one for each test: the one before may have restarted the server.
    """
    login = neo4j_server.login
    with neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password)) as driver:
        yield driver


@pytest.fixture
def empty_neo4j(neo4j_server: LocalServer, neo4j_driver: neo4j.Driver) -> LocalServer:
    """Return the server without a node, a constraint or an index."""
    wipe(neo4j_driver)
    return neo4j_server


@pytest.fixture
def neo4j_connection(empty_neo4j: LocalServer) -> Iterator[Connection]:
    """Return a connection to an empty graph."""
    with Connection(empty_neo4j.login, retry_seconds=5) as connection:
        yield connection


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Return a small snapshot's graph part, two runs on it, and another snapshot's."""
    return small_parts(tmp_path_factory.mktemp("parts") / "workspace")


@pytest.fixture
def base(parts: Parts) -> Part:
    """Return the small snapshot's part."""
    return parts.base


@pytest.fixture
def login(neo4j_server: LocalServer) -> Server:
    """Return how to reach the server, which holds no node; constraints and indexes stay."""
    empty(neo4j_server.login)
    return neo4j_server.login


@pytest.fixture
def connection(login: Server) -> Iterator[Connection]:
    """Return a connection to that server, which soon gives up."""
    with Connection(login, retry_seconds=2) as connection:
        yield connection


def wipe(driver: neo4j.Driver) -> None:
    """Remove all that a test may have left; the names of labels and properties stay known."""
    with driver.session() as session:
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()
        for (name,) in session.run("SHOW CONSTRAINTS YIELD name").values():
            session.run("DROP CONSTRAINT $name", name=name).consume()
        kept = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
        for (name,) in session.run(kept).values():
            session.run("DROP INDEX $name", name=name).consume()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Return a way to add a statement to the catalogue for one test."""
    known: dict[str, str] = {}
    monkeypatch.setattr(
        "graphfraud.graph.neo4j.connection.statement",
        lambda name: known.get(name) or statement(name),
    )

    def add(name: str, text: str) -> str:
        known[name] = text
        return name

    return add
