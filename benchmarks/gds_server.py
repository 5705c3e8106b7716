"""A Neo4j server with the open Graph Data Science procedures, as a peer to measure against.

Neo4j's own recipe with five more artifacts in its plugins folder; Maven fetches them. The product
itself needs none of this.
"""

import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from benchmarks.planted_graph import read_edges
from graphfraud.graph.neo4j.server import LocalServer

GDS = "2.13.9"  # the last that resolves completely
_ARTIFACTS = (
    "proc",
    "proc-sysinfo",
    "opengds-extension",
    "open-model-catalog",
    "open-write-services",
)
_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>gds</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>
"""
_DEPENDENCY = (
    "<dependency><groupId>org.neo4j.gds</groupId><artifactId>{}</artifactId>"
    "<version>{}</version></dependency>"
)


class GdsServer(LocalServer):
    """A local server whose plugins folder holds the procedures, with leave to use them."""

    def _prepare(self) -> None:
        super()._prepare()
        with (self.home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as file:
            file.write("dbms.security.procedures.unrestricted=gds.*\n")

    def fetch_procedures(self) -> None:
        """Copy the jars that the server does not have into its plugins folder."""
        jars = self.library.with_name(f"gds-{GDS}")
        if not jars.is_dir():
            jars.mkdir(parents=True)
            entries = "".join(_DEPENDENCY.format(name, GDS) for name in _ARTIFACTS)
            (jars / "pom.xml").write_text(_POM.format(entries), encoding="utf-8")
            copy = [
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                f"-DoutputDirectory={jars}",
            ]
            subprocess.run(["mvn", "-B", "-q", "-f", jars / "pom.xml", *copy], check=True)
        (self.home / "plugins").mkdir(parents=True, exist_ok=True)
        for jar in jars.glob("*.jar"):
            if not (self.library / jar.name).exists():
                shutil.copyfile(jar, self.home / "plugins" / jar.name)

    def import_edges(self, folder: Path) -> None:
        """Fill the stopped server with the benchmark's graph: nodes V, relationships E."""
        n, pairs = read_edges(folder)
        columns = {"vertices.csv": {"id:ID": range(n)}}
        columns["edges.csv"] = {":START_ID": pairs[:, 0], ":END_ID": pairs[:, 1]}  # type: ignore[dict-item]
        self.home.mkdir(parents=True, exist_ok=True)
        for name, table in columns.items():
            pyarrow.csv.write_csv(
                pa.table({k: pa.array(v) for k, v in table.items()}), self.home / name
            )
        given = ["--overwrite-destination", "--id-type=integer", "neo4j"]
        given += ["--nodes=V=vertices.csv", "--relationships=E=edges.csv"]
        self.admin("database", "import", "full", *given)
