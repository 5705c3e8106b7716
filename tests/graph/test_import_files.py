"""The files for neo4j-admin: what the real tool makes of them is the graph part, to the byte."""

import math
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import neo4j
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphfraud.api import open_workspace
from graphfraud.engine.duckdb import Engine
from graphfraud.errors import EngineError, GraphfraudError, StoreError
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.import_files import ARGUMENTS, GRAPH, SCHEMA, write_import
from graphfraud.graph.neo4j import server_files
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.neo4j.store import Neo4jStore
from graphfraud.graph.part import Checksum, Part, seal_part
from graphfraud.graph.projection import snapshot_part
from graphfraud.workspace import Snapshot, WorkspaceFolder

TEXTS = [
    "=1+1", 'a"b', '""', '"', "a,b", "a;b", "back\\slash", "end\\", '\\"', "line\nfeed", "cr\rx",
    "both\r\nx", "\n", "  spaces  ", "\t", "שלום", "\u202eabc", "\u2028x\u0085y", "😀", "NULL",
    "null", "\\N", "#c", "'", "`x`", "nul\x00x", "\ufeffbom", "\x1a", "\x0b\x0c", "\x7f", "-", ".",
    'x"\n,' * 900,
]  # fmt: skip
real_tool = pytest.mark.xdist_group("neo4j-admin")  # one process for all: a server of their own
LONG = "仁爱门诊部\n" * 60_000  # a megabyte


@dataclass(frozen=True)
class Graph:
    """A workspace with its parts."""

    workspace: WorkspaceFolder
    snapshot: Snapshot
    part: Part
    findings: Part

    @property
    def checksum(self) -> Checksum:
        mine, found = self.part.checksum, self.findings.checksum
        return Checksum({**mine.nodes, **found.nodes}, {**mine.edges, **found.edges})


@pytest.fixture(scope="module")
def graph(first_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    copy = shutil.copytree(first_run, tmp_path_factory.mktemp("graph") / "workspace")
    workspace = open_workspace(copy, create=False).folder
    run = workspace.runs()[0]
    snapshot = workspace.get_snapshot(run.snapshot_id)
    part = snapshot_part(workspace, snapshot)
    return Graph(workspace, snapshot, part, findings_part(workspace, run, part))


def changed(part: Part, to: Path, changes: dict[Path, dict[str, list[Any]]]) -> Part:
    """Return a copy of a part with the first values of some columns replaced, sealed anew."""
    shutil.copytree(part.folder, to)
    for file, columns in changes.items():
        target = to / file.relative_to(part.folder)
        table = pq.read_table(target)
        for name, values in columns.items():
            old = table[name]
            assert len(old) >= len(values), f"{file.stem} is too short for this test"
            new = pa.array([*values, *old.to_pylist()[len(values) :]], old.type)
            table = table.set_column(table.column_names.index(name), name, new)
        pq.write_table(table, target)
    with Engine(temporary=to.with_name("spill"), allowed=[to]) as engine:
        engine.run("macros/graph")
        return seal_part(engine, replace(part, folder=to))


@pytest.fixture(scope="module")
def hostile(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder, part, found = tmp_path_factory.mktemp("hostile"), graph.part, graph.findings
    changes: dict[Path, dict[str, list[Any]]] = {
        part.nodes("InsuredPerson"): {"name": TEXTS, "id_number": [None, "", LONG]},
        part.nodes("Claim"): {"id": TEXTS, "invoice_no": ["", None, *TEXTS]},
        part.edges("INCLUDES"): {"trace_code": [*TEXTS, None, ""], "quantity": [0.1 + 0.2, 1e300]},
    }
    odd: dict[str, list[Any]] = {"lift": [math.inf, -math.inf, 5e-324], "explained_by": TEXTS[:3]}
    return replace(
        graph,
        part=changed(part, folder / "part", changes),
        findings=changed(found, folder / "found", {found.edges("CO_ATTENDS"): odd}),
    )


@pytest.fixture(scope="module")
def server(neo4j_here: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    if os.name == "nt":
        pytest.skip("import.sh is for other systems")
    # Stopped until `store` starts it for good: imports of single tests stand above those that ask.
    server = LocalServer(tmp_path_factory.mktemp("neo4j"), library=neo4j_here, port=0)
    server.fetch()
    server.prepare()
    yield server
    server.stop()


def run_script(server: LocalServer, folder: Path) -> str:
    """Run import.sh with the server's own neo4j-admin on the path; return what it said."""
    tool = server.home / "bin" / "neo4j-admin"
    tool.parent.mkdir(exist_ok=True)
    jars = server.library / "*"
    command = f'"{server_files.java()}" -Xmx1g -cp "{jars}" org.neo4j.cli.AdminTool "$@"'
    tool.write_text(f"#!/bin/sh\nexec {command}\n", encoding="utf-8")
    tool.chmod(0o755)
    places = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
    path = {"PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}
    outcome = server_files.run(
        [str(folder / "import.sh")],
        environment=server_files.clean_environment(places | path),
        seconds=300,
    )
    assert outcome.returncode == 0, outcome.stdout
    return outcome.stdout


def imported(server: LocalServer, graph: Graph, folder: Path) -> str:
    """Import a graph from a folder that was moved, with a name that needs quoting."""
    write_import(folder / "first", graph.part, graph.findings, graph.workspace)
    moved = (folder / "first").rename(folder / "moved, to 'here'")
    return run_script(server, moved)


@real_tool
def test_plain_texts_need_no_slow_reading(
    server: LocalServer, graph: Graph, tmp_path: Path
) -> None:
    said = imported(server, graph, tmp_path)
    assert "--multiline" not in (tmp_path / "moved, to 'here'" / ARGUMENTS).read_text("utf-8")
    found = re.search(r"IMPORT DONE.*?(\d+) nodes\s+(\d+) relationships", said, re.DOTALL)
    assert found, said
    nodes, edges = graph.checksum.nodes.values(), graph.checksum.edges.values()
    two_more = sum(one.n for one in nodes) + 2  # what the database says of its graphs
    assert [int(n) for n in found.groups()] == [two_more, sum(one.n for one in edges)]


@pytest.fixture(scope="module")
def store(
    server: LocalServer, hostile: Graph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jStore]:
    folder = tmp_path_factory.mktemp("import")
    imported(server, hostile, folder)
    server.start()
    login = server.login
    schema = (folder / "moved, to 'here'" / SCHEMA).read_text("utf-8")
    with neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password)) as driver:
        for one in schema.removesuffix(";\n").split(";\n"):
            driver.execute_query(one)
    with Neo4jStore(Connection(login), hostile.snapshot) as store:
        yield store


@real_tool
def test_the_database_holds_the_parts(store: Neo4jStore, hostile: Graph) -> None:
    assert store.checksum().differences(hostile.checksum) == []
    assert store.checksum().text == hostile.checksum.text


@real_tool
def test_a_text_comes_back_as_it_is(store: Neo4jStore, hostile: Graph) -> None:
    numbers = pq.read_table(hostile.part.nodes("InsuredPerson"))["node"].to_pylist()
    names = [one.properties["name"] for one in store.nodes(numbers[: len(TEXTS)])]
    assert names == TEXTS
    first, second, third = (one.properties for one in store.nodes(numbers[:3]))
    assert "id_number" not in first
    assert second["id_number"] == "", "an empty text is no missing one"
    assert third["id_number"] == LONG


@real_tool
def test_the_graph_is_taken_for_whole(store: Neo4jStore, hostile: Graph) -> None:
    assert store.fill(hostile.part) is False
    assert store.publish(hostile.findings) is False


@real_tool
def test_the_next_graph_gets_the_next_number(
    store: Neo4jStore, server: LocalServer, hostile: Graph
) -> None:
    del store  # it is imported
    other = replace(hostile.snapshot, snapshot_id="another")
    with Neo4jStore(Connection(server.login), other) as second:
        assert second.fill(replace(hostile.part, snapshot_id="another")) is True
        assert second.counts()[0]["Claim"] == hostile.checksum.nodes["Claim"].n


@real_tool
def test_another_run_takes_the_place_of_the_imported_one(store: Neo4jStore, hostile: Graph) -> None:
    other = replace(hostile.findings, run_id="another")
    assert store.publish(other) is True
    assert store.checksum().text == hostile.checksum.text


def test_what_is_written_is_told(graph: Graph, tmp_path: Path) -> None:
    heard: list[Any] = []
    new, workspace = tmp_path / "import", graph.workspace
    plan = write_import(new, graph.part, None, workspace, lambda *said: heard.append(said))
    assert plan.nodes == sum(total.n for total in graph.part.checksum.nodes.values())
    assert plan.relationships == sum(total.n for total in graph.part.checksum.edges.values())
    assert (plan.folder / ARGUMENTS).read_text("utf-8").splitlines() == list(plan.arguments)
    assert heard[-1][1] == heard[-1][2] == len(heard) - 1
    entry = (plan.folder / "Graph.csv").read_text("utf-8")
    snapshot, checksum = graph.snapshot.snapshot_id, graph.part.checksum.text
    assert entry == f'"{GRAPH}","{snapshot}","complete","1","5000","{checksum}",,,\n'
    assert not any("Ring" in argument for argument in plan.arguments)
    assert {"import.sh", "import.ps1"} < {path.name for path in plan.folder.iterdir()}


def test_a_header_names_types_and_the_data_stands_apart(graph: Graph, tmp_path: Path) -> None:
    plan = write_import(tmp_path / "import", graph.part, graph.findings, graph.workspace)
    header = (plan.folder / "nodes" / "Facility-header.csv").read_text("utf-8")
    assert header.startswith("key:ID(Entity){id-type:long},graph:long,id:string,:LABEL,name:string")
    at = (plan.folder / "relationships" / "AT-header.csv").read_text("utf-8")
    assert at == ":START_ID(Entity),:END_ID(Entity),time:localdatetime\n"
    row = (plan.folder / "relationships" / "AT.csv").read_text("utf-8").split("\n", 1)[0]
    assert re.fullmatch(r'"\d{13}","\d{13}","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000"', row)


def test_a_long_row_gets_a_buffer_that_holds_it(hostile: Graph, tmp_path: Path) -> None:
    name = ["x" * 3_000_000]
    file = hostile.part.nodes("InsuredPerson")
    long = changed(hostile.part, tmp_path / "part", {file: {"name": name}})
    plan = write_import(tmp_path / "import", long, None, hostile.workspace)
    (told,) = (one for one in plan.arguments if one.startswith("--read-buffer-size="))
    assert int(told.partition("=")[2]) > 4 * 3_000_000


def test_names_become_known_before_the_wait_and_after_the_constraints(
    graph: Graph, tmp_path: Path
) -> None:
    plan = write_import(tmp_path / "import", graph.part, None, graph.workspace)
    schema = (plan.folder / SCHEMA).read_text("utf-8")
    turns = ["CREATE CONSTRAINT", "db.createLabel", "CALL db.awaitIndexes"]
    places = [schema.rindex(words) for words in turns]
    assert places == sorted(places)
    assert places[0] < schema.index("CREATE INDEX") < places[2]
    assert schema.endswith(";\n")


def test_the_next_import_leaves_nothing_of_the_last(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "import"
    write_import(folder, graph.part, graph.findings, graph.workspace)
    assert (folder / "nodes" / "Ring.csv").is_file()
    write_import(folder, graph.part, None, graph.workspace)
    assert not (folder / "nodes" / "Ring.csv").exists()


def test_the_same_parts_give_the_same_bytes(graph: Graph, tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        write_import(tmp_path / name, graph.part, graph.findings, graph.workspace)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        texts.append([path.read_bytes() for path in files])
    assert texts[0] == texts[1]


@pytest.mark.parametrize("harm", ["lost rows", "no Parquet", "gone"])
def test_a_damaged_part_is_no_import(graph: Graph, tmp_path: Path, harm: str) -> None:
    part = replace(graph.part, folder=tmp_path / "part")
    shutil.copytree(graph.part.folder, part.folder)
    file = part.edges("AT")
    if harm == "lost rows":
        pq.write_table(pq.read_table(file).slice(1), file)
    elif harm == "no Parquet":
        file.write_bytes(b"PAR1")
    else:
        file.unlink()
    with pytest.raises(GraphfraudError, match=r"AT\.parquet") as raised:
        write_import(tmp_path / "import", part, None, graph.workspace)
    assert isinstance(raised.value, (StoreError, EngineError))
    assert not (tmp_path / "import").exists()


def test_parts_must_belong_together(graph: Graph, tmp_path: Path) -> None:
    other = replace(graph.part, snapshot_id="another")
    with pytest.raises(StoreError, match="looked at snapshot"):
        write_import(tmp_path / "import", other, graph.findings, graph.workspace)
    for part, findings in ((graph.findings, None), (graph.part, graph.part)):
        with pytest.raises(StoreError, match="needs a snapshot's graph"):
            write_import(tmp_path / "import", part, findings, graph.workspace)
