"""Makes a workspace whose graph is as large as asked, and fills a Neo4j server from it offline.

Claims are those of claims_maker; persons and facilities get names, three persons share an address.
A lean graph has no clerks, and doctors outside pharmacies alone: two to three relationships a node.

    python benchmarks/graph_maker.py FOLDER --claims 1000000
"""

import argparse
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import neo4j
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.claims_maker import Size, write_claims
from graphfraud.engine.sources import empty_table
from graphfraud.graph.import_files import SCHEMA, write_import
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.part import Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.model.tables import TABLES
from graphfraud.workspace import Feed, Snapshot, TableCount, WorkspaceFolder
from sample_data.names import FACILITY_WORDS, given_names, surnames

WORKSPACE = "workspace"
_SOURCE = "made.txt"
PERSONS_AN_ADDRESS = 3
_FACILITY_KINDS = ("pharmacy", "clinic", "hospital")  # in the order of claims_maker.KINDS
_CALLED = dict(zip(_FACILITY_KINDS, ("大药房", "门诊部", "医院"), strict=True))
_LEAN = """
COPY (
    SELECT * REPLACE (
        CASE WHEN med_type <> 'pharmacy' THEN doctor_id END AS doctor_id,
        NULL::VARCHAR AS operator_id
    )
    FROM read_parquet($source)
) TO $target (FORMAT parquet)
"""
Columns = dict[str, object]


@dataclass(frozen=True)
class Graph:
    """A workspace with one snapshot and its graph part."""

    workspace: WorkspaceFolder
    snapshot: Snapshot
    part: Part

    @property
    def nodes(self) -> int:
        """Return how many nodes there are."""
        return sum(total.n for total in self.part.checksum.nodes.values())

    @property
    def edges(self) -> int:
        """Return how many relationships there are."""
        return sum(total.n for total in self.part.checksum.edges.values())

    def numbers(self, kind: str) -> range:
        """Return the node numbers of a kind."""
        first = self.part.first
        for one in self.part.node_kinds():
            size = self.part.checksum.nodes[one.name].n
            if one.name == kind:
                return range(first, first + size)
            first += size
        raise KeyError(kind)


def make_graph(folder: Path, claims: int, *, lean: bool = False) -> Graph:
    """Make the workspace in `folder` where it is not there, and project its one snapshot."""
    workspace = WorkspaceFolder.open(folder / WORKSPACE, create=True)
    if not workspace.snapshots():
        _deliver(workspace, claims, lean=lean)
    return open_graph(folder)


def open_graph(folder: Path) -> Graph:
    """Return the graph made in `folder`, projected where it is not yet."""
    workspace = WorkspaceFolder.open(folder / WORKSPACE, create=False)
    snapshot = workspace.snapshots()[0]
    return Graph(workspace, snapshot, snapshot_part(workspace, snapshot))


def _deliver(workspace: WorkspaceFolder, claims: int, *, lean: bool) -> None:
    """Publish one feed with claims, persons and facilities; take a snapshot of it."""
    size = Size(claims)
    with workspace.staging() as staging:
        tables = staging / "tables"
        tables.mkdir()
        _write_claims(tables / "claims.parquet", claims, lean=lean)
        _write_table(tables, "persons", _persons(size.persons))
        _write_table(tables, "facilities", _facilities(size))
        counts = {file.stem: _count(file) for file in sorted(tables.iterdir())}
        source = f"{claims} claims, lean: {lean}\n".encode()
        (staging / "source").mkdir()
        (staging / "source" / _SOURCE).write_bytes(source)
        sha256 = hashlib.sha256(source).hexdigest()
        feed = Feed(sha256, _SOURCE, sha256, len(source), "csv", tables=counts)
        workspace.publish_feed(staging, feed)
    workspace.snapshot(name="made")


def _write_claims(file: Path, claims: int, *, lean: bool) -> None:
    whole = file.with_suffix(".whole") if lean else file
    write_claims(whole, claims)
    if lean:
        with duckdb.connect() as connection:
            connection.execute(_LEAN, {"source": str(whole), "target": str(file)})
        whole.unlink()


def _count(file: Path) -> TableCount:
    rows = pq.read_metadata(file).num_rows
    return TableCount(rows, rows)


def _write_table(folder: Path, name: str, columns: Mapping[str, object]) -> None:
    """Write a table as a loader leaves it; columns that are not given are empty."""
    schema = empty_table(TABLES[name]).schema
    n = len(pa.array(next(iter(columns.values()))))
    hashes = [n_th.to_bytes(32, "big") for n_th in range(n)]
    given = {"record_no": np.arange(1, n + 1), "record_hash": hashes, **columns}
    arrays = [
        pa.array(given[field.name], field.type) if field.name in given else pa.nulls(n, field.type)
        for field in schema
    ]
    table = pa.Table.from_arrays(arrays, schema=schema).drop_columns(["feed_id"])
    pq.write_table(table, folder / f"{name}.parquet")


def _persons(n: int, seed: int = 2) -> Columns:
    chance, number = np.random.default_rng(seed), np.arange(n)
    male = chance.random(n) < 0.5
    return {
        "person_id": [f"3301{one:012}" for one in number],
        "name": np.char.add(surnames(chance, n), given_names(chance, male)),
        "sex": np.where(male, "male", "female"),
        "region": np.full(n, "330106"),
        "address": [f"文三路{one}号" for one in number // PERSONS_AN_ADDRESS],
    }


def _facilities(size: Size) -> Columns:
    kinds = [
        kind for code, kind in enumerate(_FACILITY_KINDS) for _ in range(size.facilities(code))
    ]
    words = [FACILITY_WORDS[one % len(FACILITY_WORDS)] for one in range(len(kinds))]
    named = zip(words, range(len(kinds)), kinds, strict=True)
    return {
        "facility_id": [f"H3301{one:07}" for one in range(len(kinds))],
        "name": [f"{word}第{one}{_CALLED[kind]}" for word, one, kind in named],
        "kind": kinds,
        "region": ["330106"] * len(kinds),
    }


def import_graph(server: LocalServer, graph: Graph) -> dict[str, int]:
    """Fill a stopped server offline and start it; return the milliseconds of each step."""
    moments = [time.perf_counter()]
    plan = write_import(server.home.with_name("import"), graph.part, None, graph.workspace)
    moments.append(time.perf_counter())
    server.prepare()
    for entry in sorted(plan.folder.iterdir()):  # the tool runs in the server's folder
        entry.rename(server.home / entry.name)
    server.admin("database", "import", "full", *plan.arguments)
    moments.append(time.perf_counter())
    server.start()
    moments.append(time.perf_counter())
    with plain_driver(server) as driver, driver.session() as session:
        text = (server.home / SCHEMA).read_text(encoding="utf-8")
        for one in text.removesuffix(";\n").split(";\n"):
            session.run(one).consume()
    moments.append(time.perf_counter())
    steps = zip(("write", "import", "start", "index"), moments, moments[1:], strict=False)
    return {step: int((end - begin) * 1000) for step, begin, end in steps}


def plain_driver(server: LocalServer) -> neo4j.Driver:
    """Return the bare driver, connected to a server that runs."""
    login = server.login
    return neo4j.GraphDatabase.driver(login.uri, auth=(login.user, login.password))


def size_mb(*folders: Path) -> float:
    """Return what the files in some folders take on disk, in MB."""
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files) / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--lean", action="store_true")
    given = parser.parse_args()
    made = make_graph(given.folder, given.claims, lean=given.lean)
    print(f"{made.nodes:,} nodes, {made.edges:,} relationships in {made.part.folder}")
