"""Constraints are made whatever a server that was killed amid making them left behind."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import schema
from graphfraud.graph.neo4j.catalogue import made_by, names, statement
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.server import LocalServer
from tests.graph.conftest import wipe
from tests.graph.loads import ask, fill_in, held, small_parts

CONSTRAINT = "schema/constraint_graph"
MANY = 200_000  # filling their index takes long enough to be met
_PATIENCE_SECONDS = 60.0
WITHOUT_OWNER = "SHOW INDEXES YIELD name, owningConstraint, type WHERE owningConstraint IS NULL"


def driver_of(server: LocalServer) -> neo4j.Driver:
    login = server.login
    return neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password))


def make_and_be_killed(server: LocalServer) -> None:
    """Begin to make a constraint on many nodes; kill the server while it fills the index."""

    def make() -> None:
        with Connection(server.login, retry_seconds=1) as connection, pytest.raises(StoreError):
            connection.write(CONSTRAINT)

    with driver_of(server) as driver, ThreadPoolExecutor(1) as pool:
        ask(driver, "UNWIND range(1, $n) AS n CREATE (:Graph {number: n})", n=MANY)
        making = pool.submit(make)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while made_by(CONSTRAINT) not in ask(driver, "SHOW INDEXES YIELD name RETURN name"):
            assert time.monotonic() < deadline, "the index was never begun"
        server.kill()
        making.result()


@pytest.mark.slow
def test_an_index_whose_constraint_never_came_to_be_is_made_anew(
    server_to_kill: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with driver_of(server_to_kill) as driver:
        wipe(driver)
    make_and_be_killed(server_to_kill)
    server_to_kill.start()
    part = small_parts(tmp_path / "workspace").base
    monkeypatch.setattr(schema, "_GLANCES", 2)
    with driver_of(server_to_kill) as driver, Connection(server_to_kill.login) as connection:
        assert made_by(CONSTRAINT) in ask(driver, f"{WITHOUT_OWNER} RETURN name")
        ask(driver, "MATCH (g:Graph) CALL (g) { DELETE g } IN TRANSACTIONS RETURN count(*)")
        with pytest.raises(neo4j.exceptions.ClientError, match="already exists"):
            ask(driver, statement(CONSTRAINT))
        schema.prepare(connection)
        wanted = {made_by(name) for name in names() if name.startswith("schema/constraint_")}
        assert wanted <= set(ask(driver, "SHOW CONSTRAINTS YIELD name RETURN name"))
        assert fill_in(connection, part)
        assert held(connection, part, tmp_path) == part.checksum.text
