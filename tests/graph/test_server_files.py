import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import server_files
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.server_files import VERSION, library_folder
from graphfraud.settings import JARS_VARIABLE

posix_only = pytest.mark.skipif(os.name != "posix", reason="programs here are shell scripts")


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder programs are found in now; a Java 17 is one."""
    folder = tmp_path / "programs"
    program(folder, "java", """echo 'openjdk version "17.0.1"' >&2""")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> LocalServer:
    return LocalServer(tmp_path / "home", library=tmp_path / "jars", port=0)


@posix_only
def test_without_maven_or_java_the_other_ways_are_told(fresh: LocalServer, programs: Path) -> None:
    with pytest.raises(StoreError, match="there is no mvn here") as without_maven:
        fresh.start()
    (programs / "java").unlink()
    with pytest.raises(StoreError, match="there is no Java here") as without_java:
        fresh.start()
    for error in (without_maven, without_java):
        assert "docker run --publish=127.0.0.1:7687:7687" in error.value.hint
        assert "NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD" in error.value.hint
    assert "Java 17 or 21" in without_java.value.message


@posix_only
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("""echo 'openjdk version "11.0.2"'""", "is Java 11"),
        ("""echo 'java version "1.8.0_291"'""", "is Java 1"),
        ("exit 1", "does not tell its version"),
    ],
)
def test_another_java_is_refused(
    fresh: LocalServer, programs: Path, script: str, told: str
) -> None:
    program(programs, "java", script)
    with pytest.raises(StoreError, match=told):
        fresh.fetch()


@posix_only
def test_java_home_comes_before_the_path(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jdk").mkdir()
    program(tmp_path / "jdk" / "bin", "java", """echo 'openjdk version "21"'""")
    assert Path(server_files.java()).parent == programs
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert Path(server_files.java()).parent == tmp_path / "jdk" / "bin"


@posix_only
def test_fetched_jars_appear_whole_and_once(fresh: LocalServer, programs: Path) -> None:
    jars = f"neo4j-{VERSION}.jar neo4j-server-{VERSION}.jar"
    folder = 'for last; do :; done; folder="${last#-DoutputDirectory=}"; /bin/mkdir "$folder"'
    program(programs, "mvn", f"{folder}; cd $folder && for jar in {jars}; do echo x > $jar; done")
    seen: list[tuple[str, int, int | None]] = []
    fresh.fetch(lambda *report: seen.append(report))
    assert names_in(fresh.library) == sorted(jars.split())
    assert seen == [("fetching Neo4j", 0, None), ("fetching Neo4j", 2, 2)]
    program(programs, "mvn", "exit 1")
    fresh.fetch()
    assert names_in(fresh.library.parent) == ["jars", "programs"]


@posix_only
@pytest.mark.parametrize("script", ["echo 'no route to host'; exit 1", "echo 'no route to host'"])
def test_a_failed_fetch_tells_why_and_leaves_nothing(
    fresh: LocalServer, programs: Path, script: str
) -> None:
    program(programs, "mvn", script)
    with pytest.raises(StoreError, match=r"(?s)could not fetch.*no route to host"):
        fresh.fetch()
    assert names_in(fresh.library.parent) == ["programs"]


@posix_only
def test_a_folder_of_something_else_is_left_alone(fresh: LocalServer, programs: Path) -> None:
    program(programs, "mvn", "exit 1")
    fresh.library.mkdir()
    (fresh.library / "letters.txt").write_text("x")
    with pytest.raises(StoreError, match="does not hold the jars"):
        fresh.fetch()
    assert (fresh.library / "letters.txt").exists()


def test_the_jars_have_one_place_for_all_workspaces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(JARS_VARIABLE, str(tmp_path))
    assert library_folder() == tmp_path
    monkeypatch.delenv(JARS_VARIABLE)
    for platform, variable in (("linux", "XDG_CACHE_HOME"), ("win32", "LOCALAPPDATA")):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setenv(variable, str(tmp_path / variable))
        expected = tmp_path / variable / "graphfraud" / f"neo4j-{VERSION}"
        assert library_folder() == expected
    monkeypatch.setattr(sys, "platform", "darwin")
    assert library_folder().parts[-4:-1] == ("Library", "Caches", "graphfraud")


def test_the_recipe_fetches_the_version_we_name() -> None:
    recipe = Path(server_files.__file__).parent / "recipe" / "pom.xml"
    assert re.findall("<neo4j.version>(.*)</neo4j.version>", recipe.read_text()) == [VERSION]


def test_a_password_of_another_server_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "of another server")
    assert "NEO4J_PASSWORD" not in server_files.clean_environment({})


def test_a_program_that_cannot_run_or_end_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be run"):
        server_files.run([str(tmp_path / "nothing")])
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(StoreError, match="did not end within 0 seconds"):
        server_files.run(sleeper, seconds=0.2)


def test_a_free_port_is_free() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", server_files.free_port()))
        listener.listen()
        with pytest.raises(StoreError, match="is taken"):
            server_files.check_port(listener.getsockname()[1])


def test_the_server_file_imports_without_posix_modules() -> None:
    code = "import sys; sys.modules['fcntl'] = None; import graphfraud.graph.neo4j.server_files"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
