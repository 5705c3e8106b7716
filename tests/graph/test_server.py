import os
import stat
import sys
from pathlib import Path

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import server_files
from graphfraud.graph.neo4j.server import LocalServer

posix_only = pytest.mark.skipif(os.name != "posix", reason="a lock is handed on there only")


def ask(server: LocalServer, text: str) -> list[list[object]]:
    login = server.login
    with (
        neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password)) as driver,
        driver.session() as session,
    ):
        return session.run(neo4j.Query(text)).values()


@pytest.fixture
def fresh(tmp_path: Path) -> LocalServer:
    return LocalServer(tmp_path / "home", library=tmp_path / "jars", port=0)


def test_it_answers_on_loopback_only_and_asks_for_a_password(neo4j_server: LocalServer) -> None:
    assert neo4j_server.running
    assert neo4j_server.uri == f"bolt://127.0.0.1:{neo4j_server.port}"
    assert ask(neo4j_server, "RETURN 1") == [[1]]
    settings = ask(neo4j_server, "SHOW SETTINGS YIELD name, value")
    values = {str(name): value for name, value in settings}
    assert values["server.bolt.listen_address"] == f"127.0.0.1:{neo4j_server.port}"
    assert values["dbms.security.auth_enabled"] == "true"
    assert values["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert values["server.http.enabled"] == "false"


def test_the_password_is_shown_nowhere(neo4j_server: LocalServer) -> None:
    password = neo4j_server.password
    assert len(password) == 32
    assert password not in repr(neo4j_server.login)
    for path in neo4j_server.home.rglob("*"):
        if path.is_file() and path.name != "password":
            assert password.encode() not in path.read_bytes(), path
    if os.name == "posix":
        mode = (neo4j_server.home / "password").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
@pytest.mark.usefixtures("neo4j_here")
def test_the_password_is_never_on_a_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    real = server_files.run

    def run(command: list[str], **more: object) -> object:
        given.append(command)
        return real(command, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(server_files, "run", run)
    server = LocalServer(tmp_path / "home", port=0)
    server.prepare()
    assert any(part.startswith("@") for part in given[-1])
    assert not any(server.password in part for command in given for part in command)
    assert not (server.home / "arguments").exists()


def test_two_servers_cannot_share_a_folder(neo4j_server: LocalServer) -> None:
    second = LocalServer(neo4j_server.home, port=0)
    for action in (second.start, second.prepare, lambda: second.admin("--version")):
        with pytest.raises(StoreError, match=r"runs on .* already \(process \d+\)"):
            action()
    with pytest.raises(StoreError, match="already"):
        neo4j_server.start()
    assert ask(neo4j_server, "RETURN 1") == [[1]]


@posix_only
def test_the_folder_stays_locked_where_only_the_server_outlives_us(
    neo4j_server: LocalServer,
) -> None:
    assert neo4j_server._lock is not None
    os.close(neo4j_server._lock)
    try:
        with pytest.raises(StoreError, match="already"):
            LocalServer(neo4j_server.home, port=0).start()
    finally:
        neo4j_server._lock = os.open(neo4j_server.home / "server.lock", os.O_RDWR)


def test_a_taken_port_is_named(neo4j_server: LocalServer, tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match=f"Port {neo4j_server.port} is taken"),
        LocalServer(tmp_path / "home", port=neo4j_server.port),
    ):
        pass


def test_what_was_committed_outlives_a_kill_and_a_stop(server_to_kill: LocalServer) -> None:
    for number, end in enumerate((server_to_kill.kill, server_to_kill.stop), start=1):
        ask(server_to_kill, "CREATE (:Kept)")
        end()
        assert not server_to_kill.running
        with pytest.raises(neo4j.exceptions.ServiceUnavailable):
            ask(server_to_kill, "RETURN 1")
        server_to_kill.start()
        assert ask(server_to_kill, "MATCH (n:Kept) RETURN count(n)") == [[number]]


@pytest.mark.usefixtures("neo4j_here")
def test_an_import_before_the_first_start_is_there_after_it(tmp_path: Path) -> None:
    nodes = tmp_path / "nodes.csv"
    nodes.write_text(":ID,name\n1,仁爱门诊部\n2,b\n", encoding="utf-8")
    server = LocalServer(tmp_path / "a home with spaces", port=0)
    said = server.admin("database", "import", "full", "neo4j", f"--nodes=Facility={nodes}").stdout
    assert "IMPORT DONE" in said
    with server:
        names = "MATCH (n:Facility) RETURN n.name ORDER BY n.name"
        assert ask(server, names) == [["b"], ["仁爱门诊部"]]
    assert not server.running
    (server.home / "password").unlink()
    with pytest.raises(StoreError, match="password file is gone"):
        server.start()


@pytest.mark.usefixtures("neo4j_here")
def test_a_failure_of_the_admin_tool_ends_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"(?s)admin tool failed.*no-such-command"):
        LocalServer(tmp_path / "home", port=0).admin("no-such-command")


@pytest.mark.usefixtures("neo4j_here")
def test_a_server_that_does_not_start_ends_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_files, "OPTIONS", ("-XX:+NoSuchOption",))
    server = LocalServer(tmp_path / "home", port=0)
    with pytest.raises(StoreError, match=r"(?s)did not start.*NoSuchOption"):
        server.start()
    assert not server.running
    server.prepare()  # nothing of it holds the folder


def test_a_folder_without_a_server_has_no_password(fresh: LocalServer) -> None:
    with pytest.raises(StoreError, match="There is no Neo4j server"):
        _ = fresh.login
    fresh.stop()
    fresh.kill()
