import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from neo4j import exceptions

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import connection
from graphfraud.graph.neo4j.connection import AlreadyThereError, Connection, ServerInfo, UnsureError
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.server import LocalServer

Statements = Callable[[str, str], str]
SECRET = "s3cret/with:odd"  # noqa: S105 - invented


def test_values_go_out_and_come_back(neo4j_connection: Connection, statements: Statements) -> None:
    echo = statements("echo", "RETURN $v AS v, 2 AS two")
    for value in (1, None, "007", "仁爱\u202e`' OR 1=1 //", [1, [2.5, True]], {"a": {"b": None}}):
        assert neo4j_connection.rows(echo, {"v": value}) == [[value, 2]]
    assert neo4j_connection.server_info() == ServerInfo("5.26.31", "community")


def test_a_stream_hands_rows_over_as_they_come(
    neo4j_connection: Connection, statements: Statements
) -> None:
    many = statements("many", "UNWIND range(1, $n) AS x RETURN x")
    rows = neo4j_connection.stream(many, {"n": 10**12}, fetch_size=10)
    assert [next(rows) for _ in range(25)] == [[x] for x in range(1, 26)]
    rows.close()  # type: ignore[attr-defined]  # a generator, on purpose
    assert sum(1 for _ in neo4j_connection.stream(many, {"n": 2500})) == 2500


def test_a_write_is_whole_or_not_at_all(
    neo4j_connection: Connection, statements: Statements
) -> None:
    unique = "CREATE CONSTRAINT thing IF NOT EXISTS FOR (t:Thing) REQUIRE t.id IS UNIQUE"
    neo4j_connection.schema(statements("unique", unique))
    neo4j_connection.schema("unique")
    make = statements("make", "UNWIND $ids AS id CREATE (t:Thing {id: id}) RETURN id")
    count = statements("count", "MATCH (t:Thing) RETURN count(t)")
    assert neo4j_connection.write(make, {"ids": [1, 2]}) == [[1], [2]]
    with pytest.raises(AlreadyThereError, match="Statement make would write again"):
        neo4j_connection.write(make, {"ids": [3, 2]})
    assert neo4j_connection.rows(count) == [[2]]


def test_only_a_duplicate_counts_as_already_there(
    neo4j_connection: Connection, statements: Statements
) -> None:
    neo4j_connection.write(statements("tied", "CREATE (:Tied)-[:TO]->(:Tied)"))
    with pytest.raises(StoreError, match="still has relationships") as told:
        neo4j_connection.write(statements("untied", "MATCH (t:Tied) DELETE t"))
    assert not isinstance(told.value, AlreadyThereError)


def test_reading_cannot_write(neo4j_connection: Connection, statements: Statements) -> None:
    make = statements("make", "CREATE (:Thing)")
    with pytest.raises(StoreError, match="read access mode"):
        neo4j_connection.rows(make)
    with pytest.raises(StoreError, match="read access mode"):
        list(neo4j_connection.stream(make))


@pytest.mark.parametrize("number", range(3))
def test_a_name_the_graph_never_had_is_a_bug(
    neo4j_connection: Connection, statements: Statements, number: int
) -> None:
    neo4j_connection.write(statements("known", "CREATE (:Known)"))
    unknown = ("(n:Nowhere1)", "(n:Known)-[:NOWHERE2]->()", "(n:Known {nowhere3: 1})")[number]
    name = statements("unknown", f"MATCH {unknown} RETURN n")
    ways: list[Callable[[], object]] = [
        lambda: neo4j_connection.rows(name),
        lambda: neo4j_connection.write(name),
        lambda: list(neo4j_connection.stream(name)),
        lambda: neo4j_connection.schema(name),
    ]
    for way in ways:
        with pytest.raises(StoreError, match="Statement unknown asks for a name") as told:
            way()
        assert "bug in the statement" in told.value.hint


def test_other_notifications_are_no_fault(
    neo4j_connection: Connection, statements: Statements
) -> None:
    product = "UNWIND [1] AS x CREATE (:A), (:B) WITH x MATCH (a:A), (b:B) RETURN count(*)"
    assert neo4j_connection.write(statements("product", product)) == [[1]]


@pytest.mark.parametrize("value", [{1}, 2**70, "\ud800", object()])
def test_a_value_neo4j_cannot_hold_is_told(
    neo4j_connection: Connection, statements: Statements, value: object
) -> None:
    echo = statements("echo", "RETURN $v")
    with pytest.raises(StoreError, match="Statement echo was given what Neo4j cannot hold"):
        neo4j_connection.rows(echo, {"v": value})
    assert neo4j_connection.rows(echo, {"v": 1}) == [[1]]


@pytest.mark.parametrize("text", ["RETRUN 1", "RETURN 1 / 0", "RETURN $absent"])
def test_a_failing_statement_is_named(
    neo4j_connection: Connection, statements: Statements, text: str
) -> None:
    with pytest.raises(StoreError, match="Statement wrong failed at bolt://"):
        neo4j_connection.rows(statements("wrong", text))


def test_writers_in_each_others_way_all_get_through(
    neo4j_connection: Connection, statements: Statements
) -> None:
    neo4j_connection.write(statements("two", "CREATE (:Place {id: 1}), (:Place {id: 2})"))
    text = "UNWIND $ids AS id MATCH (p:Place {id: id}) SET p.n = coalesce(p.n, 0) + 1"
    add = statements("add", text)
    with ThreadPoolExecutor(2) as pool:
        orders = [{"ids": [1, 2] if turn % 2 else [2, 1]} for turn in range(40)]
        list(pool.map(lambda order: neo4j_connection.write(add, order), orders))
    total = statements("total", "MATCH (p:Place) RETURN sum(p.n)")
    assert neo4j_connection.rows(total) == [[80]]


def test_a_server_that_dies_under_a_stream_is_a_store_error(
    server_to_kill: LocalServer, statements: Statements
) -> None:
    many = statements("many", "UNWIND range(1, 100000000) AS x RETURN x")
    with Connection(server_to_kill.login, retry_seconds=1) as open_one:
        rows = open_one.stream(many, fetch_size=100)
        next(rows)
        server_to_kill.kill()
        try:
            with pytest.raises(StoreError, match="is not reachable"):
                list(rows)
            with pytest.raises(StoreError, match="is not reachable"):
                open_one.rows("read/server")
        finally:
            server_to_kill.start()
        assert len(open_one.rows("read/server")) == 1


def test_every_scheme_without_encryption_connects(neo4j_server: LocalServer) -> None:
    login = neo4j_server.login
    for scheme in ("neo4j", "bolt"):
        uri = f"{scheme}://127.0.0.1:{neo4j_server.port}"
        Connection(replace(login, uri=uri)).close()
    with pytest.raises(StoreError, match="is not reachable") as told:
        Connection(replace(login, uri=f"bolt+s://127.0.0.1:{neo4j_server.port}"))
    assert "TLS" in told.value.hint


def test_a_wrong_password_is_told_and_not_shown(neo4j_server: LocalServer) -> None:
    with pytest.raises(StoreError, match="does not accept user neo4j") as told:
        Connection(replace(neo4j_server.login, password=SECRET))
    assert SECRET not in str(told.value)
    assert SECRET not in repr(told.value.__cause__)


def test_a_server_that_is_too_old_is_refused(
    neo4j_server: LocalServer, statements: Statements
) -> None:
    statements("read/server", "RETURN '5.25.1' AS version, 'community' AS edition")
    with pytest.raises(StoreError, match=r"runs Neo4j 5\.25\.1") as told:
        Connection(neo4j_server.login)
    assert "5.26 or newer" in told.value.hint
    statements("read/server", "UNWIND [] AS x RETURN x")
    with pytest.raises(StoreError, match="does not say which Neo4j"):
        Connection(neo4j_server.login)


def test_nobody_there_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        uri = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StoreError, match=f"{uri} is not reachable"):
            Connection(Server(uri, "neo4j", SECRET))


def test_something_else_behind_the_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(100)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(StoreError, match="HTTP"):
            Connection(Server(f"bolt://127.0.0.1:{listener.getsockname()[1]}", "neo4j", SECRET))
        thread.join()


def server_error(code: str) -> exceptions.Neo4jError:
    return exceptions.Neo4jError._hydrate_neo4j(code=f"Neo.{code}", message="as the server says")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (server_error("ClientError.Security.AuthenticationRateLimit"), "too many wrong passwords"),
        (server_error("ClientError.Security.CredentialsExpired"), "choose a new password"),
        (server_error("TransientError.General.MemoryPoolOutOfMemoryError"), "out of memory"),
        (server_error("TransientError.Transaction.DeadlockDetected"), "busy for too long"),
        (server_error("TransientError.General.DatabaseUnavailable"), "not reachable"),
        (server_error("DatabaseError.General.UnknownError"), "failed at"),
        (exceptions.IncompleteCommit("lost"), "may have happened"),
        (exceptions.UnsupportedServerProduct("3.5"), "cannot be used"),
        (exceptions.ResultConsumedError(None, "gone"), "failed at"),
    ],
)
def test_what_servers_say_becomes_a_sentence(error: Exception, told: str) -> None:
    failure = connection._failure(error, Server("bolt://host", "neo4j", SECRET), "load/persons")
    assert told in failure.message
    assert "bolt://host" in failure.message
    assert SECRET not in str(failure)
    assert isinstance(failure, UnsureError) == isinstance(error, exceptions.IncompleteCommit)


def test_the_driver_says_nothing_past_us() -> None:
    handlers = logging.getLogger("neo4j").handlers
    assert any(isinstance(handler, logging.NullHandler) for handler in handlers)


def test_the_driver_has_one_home() -> None:
    package = Path(connection.__file__).parents[2]
    importers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(
            line.lstrip().startswith(("import neo4j", "from neo4j"))
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    }
    assert importers == {"graph/neo4j/connection.py"}
    assert neo4j.__version__.startswith("6.")
