"""What a person does with a server of their own: start it, fill it, ask it, examine it, end it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graphfraud.api import Workspace
from graphfraud.cli import main
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.doctor import _transport, examine
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.server_files import free_port, write_configuration
from tests.graph.conftest import wipe

PATIENCE = 180.0
Call = Callable[..., Any]


def graphfraud(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "graphfraud", *map(str, arguments)]
    environment = {**os.environ, "GRAPHFRAUD_LANG": "en"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, encoding="utf-8", env=environment
    )


@pytest.fixture
def document(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a way to run a command in this process, and get the document it tells."""

    def call(*arguments: object) -> object:
        capsys.readouterr()
        code = main([*map(str, arguments), "--json"])
        told = capsys.readouterr()
        assert code == 0, told.err
        return json.loads(told.out)

    return call


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.usefixtures("neo4j_here")
def test_from_nothing_to_a_filled_server(case: Workspace, document: Call) -> None:
    """The README's section on Neo4j, command by command."""
    port = free_port()
    command = [sys.executable, "-m", "graphfraud", "neo4j", "-w", str(case.path)]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert f"bolt://127.0.0.1:{port}" in process.stdout.readline()
        password = (case.path / "neo4j" / "password").read_text(encoding="ascii")
        local = ("-w", case.path, "--store", "local")
        filled = document("graph", "fill", *local)
        assert filled["graph_is_new"]
        assert document("graph", "fill", *local)["graph_is_new"] is False
        embedded = document("graph", "fill", "-w", case.path)
        assert (filled["nodes"], filled["edges"]) == (embedded["nodes"], embedded["edges"])
        assert document("graph", "check", *local)["differences"] == []
        for question in (["ask", "ring_members"], ["find", "张"]):
            on_server = document("graph", *question, *local)
            assert on_server == document("graph", *question, "-w", case.path)
        told = graphfraud("doctor", *local)
        assert (told.returncode, "须处理" in told.stdout) == (0, False), told.stdout
        findings = document("doctor", *local)["findings"]
        assert [one["code"] for one in findings][-1] == "graph"
        assert {one["verdict"] for one in findings} == {"good"}
        assert password not in told.stdout + told.stderr
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        process.stdout.close()
    assert graphfraud("graph", "check", *local).returncode == 1, "it has ended"


def test_doctor_sees_a_graph_that_was_changed(
    empty_neo4j: LocalServer,
    neo4j_driver: neo4j.Driver,
    case: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", empty_neo4j.password)
    before = {one.code: one for one in case.examine(empty_neo4j.uri)}
    assert (before["schema"].verdict, before["graph"].verdict) == ("bad", "warn")
    case.fill_graph(empty_neo4j.uri)
    after = {one.code: one for one in case.examine(empty_neo4j.uri)}
    assert {one.verdict for one in after.values()} == {"good"}
    with neo4j_driver.session() as session:
        session.run("MATCH (c:Claim) WITH c LIMIT 1 SET c.total_amount_fen = 1").consume()
        session.run("DROP INDEX id_claim").consume()
    changed = {one.code: one for one in case.examine(empty_neo4j.uri)}
    assert changed["schema"].values["first"] == "id_claim"
    assert changed["graph"].verdict == "bad"
    assert "Claim" in str(changed["graph"].values["kinds"])
    wipe(neo4j_driver)  # another test may ask for the same snapshot


@pytest.mark.usefixtures("neo4j_here")
def test_doctor_sees_an_open_door(tmp_path: Path) -> None:
    """A server without sign-in that lets LOAD CSV read and fetch: every one of it is named."""
    server = LocalServer(tmp_path / "open", port=0)
    server.prepare()
    loosened = {
        "dbms.security.auth_enabled=true": "dbms.security.auth_enabled=false",
        "allow_csv_import_from_file_urls=false": "allow_csv_import_from_file_urls=true",
        "internal.dbms.cypher_ip_blocklist=": "#",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graphfraud.graph.neo4j.server_files.write_configuration", _loose(loosened))
        with server:
            found = {one.code: one.verdict for one in examine(server.login)}
    assert found["server"] == "good"
    assert {code for code, verdict in found.items() if verdict == "bad"} >= {
        "sign_in", "load_csv_file", "load_csv_url",
    }  # fmt: skip


def _loose(changes: dict[str, str]) -> Call:
    def write(home: Path, port: int) -> None:
        write_configuration(home, port)
        file = home / "conf" / "neo4j.conf"
        text = file.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("uri", "verdict"),
    [
        ("bolt://127.0.0.1:7687", "good"),
        ("bolt://localhost:7687", "good"),
        ("neo4j+s://graph.example:7687", "good"),
        ("neo4j+ssc://graph.example:7687", "warn"),
        ("bolt://192.168.1.5:7687", "bad"),
    ],
)
def test_text_in_the_clear_stays_on_this_machine(uri: str, verdict: str) -> None:
    assert _transport(uri).verdict == verdict


def test_the_first_thing_is_whether_anybody_answers() -> None:
    begun = time.monotonic()
    found = list(examine(Server("bolt://127.0.0.1:1", "neo4j", "x")))
    assert [(one.code, one.verdict) for one in found] == [("server", "bad")]
    assert time.monotonic() - begun < PATIENCE
