"""The knowledge graph as a caller uses it: fill a store, ask it, check it, write import files.

A store is named by `embedded` (the default: files in the workspace, no server), `local` (the Neo4j
server that `graphfraud neo4j` runs on the workspace), `neo4j` (the one that $NEO4J_URI names) or a
URI such as neo4j://host:7687.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphfraud.errors import StoreError, WorkspaceError
from graphfraud.graph.contract import Store
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.part import Checksum, Part
from graphfraud.graph.projection import snapshot_part
from graphfraud.progress import Progress, silent
from graphfraud.workspace import RunRecord, Snapshot, WorkspaceFolder

if TYPE_CHECKING:
    from graphfraud.graph.import_files import ImportPlan
    from graphfraud.graph.neo4j.credentials import Server
    from graphfraud.graph.neo4j.doctor import Finding

EMBEDDED, LOCAL, CONFIGURED = "embedded", "local", "neo4j"


@dataclass(frozen=True)
class Filled:
    """What came of filling a store: was anything new, which run it shows, and what it should hold.

    run_id: "" where the snapshot has no run; nodes, edges: how many of each kind; checksum: the
    hash over everything, as a full reading of the store must give it.
    """

    store: str
    snapshot_id: str
    run_id: str
    graph_is_new: bool
    run_is_new: bool
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    checksum: str


@dataclass(frozen=True)
class Checked:
    """Whether a store holds what the workspace's files sum to; else which kinds differ."""

    checksum: str
    expected: str
    differences: tuple[str, ...]


def open_graph(workspace: WorkspaceFolder, store: str, snapshot: Snapshot) -> Store:
    """Return the store by its name, on one snapshot; StoreError where it cannot be reached."""
    if store == EMBEDDED:
        from graphfraud.graph.embedded import EmbeddedStore  # noqa: PLC0415  only what is asked for

        return EmbeddedStore(workspace, snapshot)
    from graphfraud.graph.neo4j.connection import Connection  # noqa: PLC0415  as above
    from graphfraud.graph.neo4j.store import Neo4jStore  # noqa: PLC0415  as above

    return Neo4jStore(Connection(server_of(workspace, store)), snapshot)


def server_of(workspace: WorkspaceFolder, store: str) -> "Server":
    """Return where a store's Neo4j server is, and who asks it."""
    from graphfraud.graph.neo4j.credentials import configured  # noqa: PLC0415  as above
    from graphfraud.graph.neo4j.local import local_login  # noqa: PLC0415  as above

    if store == LOCAL:
        return local_login(server_home(workspace))
    return configured(None if store == CONFIGURED else store)


def server_home(workspace: WorkspaceFolder) -> Path:
    """Return where the workspace's own Neo4j server keeps its data."""
    return workspace.path / "neo4j"


def fill_graph(
    workspace: WorkspaceFolder,
    store: str,
    snapshot: Snapshot,
    *,
    run: str | None = None,
    rebuild: bool = False,
    progress: Progress = silent,
) -> Filled:
    """Fill a store with a snapshot's graph and with what a run found (None: its newest, if any).

    Interrupted, the same call again finishes; what is there is not loaded again.
    """
    part, findings = parts(workspace, snapshot, run, progress, rebuild=rebuild)
    with open_graph(workspace, store, snapshot) as graph:
        new = graph.fill(part, progress, rebuild=rebuild)
        new_run = graph.publish(findings, progress) if findings else False
        nodes, edges = graph.counts()
    run_id = findings.run_id if findings else ""
    whole = expected(part, findings).text
    return Filled(store, snapshot.snapshot_id, run_id, new, new_run, nodes, edges, whole)


def check_graph(
    workspace: WorkspaceFolder, store: str, snapshot: Snapshot, progress: Progress = silent
) -> Checked:
    """Read a store in full and compare it with what the workspace's files sum to."""
    part = snapshot_part(workspace, snapshot, progress)
    with open_graph(workspace, store, snapshot) as graph:
        shown = graph.published()
        found = graph.checksum(progress)
    findings = parts(workspace, snapshot, shown, progress)[1] if shown else None
    wanted = expected(part, findings)
    return Checked(found.text, wanted.text, tuple(wanted.differences(found)))


def examine_server(
    workspace: WorkspaceFolder, store: str, snapshot: Snapshot | None, progress: Progress = silent
) -> "list[Finding]":
    """Examine a Neo4j server, and its graph of the snapshot where both are there."""
    from graphfraud.graph.neo4j.doctor import BAD, GOOD, Finding, examine  # noqa: PLC0415  as above

    found: list[Finding] = []
    for one in examine(server_of(workspace, store)):
        progress("examine server", len(found), None)
        found.append(one)
    if found[0].verdict == BAD or snapshot is None:
        return found
    try:
        checked = check_graph(workspace, store, snapshot, progress)
    except StoreError as error:
        return [*found, Finding("graph", "warn", {"reason": error.message})]
    values = {"checksum": checked.checksum[:16], "kinds": ", ".join(checked.differences)}
    return [*found, Finding("graph", BAD if checked.differences else GOOD, values)]


def write_import_files(
    workspace: WorkspaceFolder,
    folder: Path,
    snapshot: Snapshot,
    *,
    run: str | None = None,
    progress: Progress = silent,
) -> "ImportPlan":
    """Write files for `neo4j-admin database import`, the fastest way into an empty database."""
    from graphfraud.graph.import_files import write_import  # noqa: PLC0415  as above

    part, findings = parts(workspace, snapshot, run, progress)
    return write_import(folder, part, findings, workspace, progress)


def parts(
    workspace: WorkspaceFolder,
    snapshot: Snapshot,
    run: str | None,
    progress: Progress = silent,
    *,
    rebuild: bool = False,
) -> tuple[Part, Part | None]:
    """Return a snapshot's part and a run's (None: its newest run; no part where it has none)."""
    part = snapshot_part(workspace, snapshot, progress, rebuild=rebuild)
    chosen = _run(workspace, snapshot, run)
    if chosen is None:
        return part, None
    return part, findings_part(workspace, chosen, part, progress, rebuild=rebuild)


def expected(part: Part, findings: Part | None) -> Checksum:
    """Return the checksum of a store that holds both parts."""
    return part.checksum.plus(findings.checksum) if findings else part.checksum


def _run(workspace: WorkspaceFolder, snapshot: Snapshot, run: str | None) -> RunRecord | None:
    known = [one for one in workspace.runs() if one.snapshot_id == snapshot.snapshot_id]
    if run is None:
        return known[0] if known else None
    for one in workspace.runs():
        if one.run_id == run:
            return one
    raise WorkspaceError(
        f"{workspace.path} has no run {run!r}.", hint="graphfraud status lists the runs."
    )
