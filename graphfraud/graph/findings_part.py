"""What a run found, as a graph part on top of its snapshot's: rings, ties, duplicate sets."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
import pyarrow as pa

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import StoreError
from graphfraud.graph.part import VERSION, Checksum, Part, read_part, seal_part
from graphfraud.graph.projection import (
    kept,
    number,
    numbers_names,
    numbers_of,
    place,
    start,
    write_edges,
    write_nodes,
)
from graphfraud.model.keys import digest
from graphfraud.model.ontology import ANY, FINDING_TABLES, ONTOLOGY
from graphfraud.model.results import RESULTS
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import RunRecord, WorkspaceFolder


def findings_part(
    workspace: WorkspaceFolder,
    run: RunRecord,
    base: Part,
    progress: Progress = silent,
    *,
    rebuild: bool = False,
) -> Part:
    """Return the graph part of a run on `base`, its snapshot's; made where it is not there yet.

    rebuild: make it anew, should its files be damaged.
    """
    if run.snapshot_id != base.snapshot_id:
        raise StoreError(
            f"Run {run.run_id} looked at snapshot {run.snapshot_id}, not {base.snapshot_id}.",
            hint="Publish a run of the snapshot that fills the graph.",
        )
    shelf = workspace.snapshot_folder(run.snapshot_id) / f"{VERSION}-{run.run_id}"
    if known := kept(shelf, rebuild=rebuild):
        return known
    with workspace.staging() as staging, workspace.staging() as spill:
        with Engine(temporary=spill, limits=limits(), allowed=[workspace.path]) as engine:
            part = Part(staging, run.snapshot_id, run.run_id, Checksum({}, {}))
            start(engine, staging)
            _read_results(engine, workspace, run)
            _write(engine, part, base, progress)
        place(staging, shelf)
    return read_part(shelf)


def _read_results(engine: Engine, workspace: WorkspaceFolder, run: RunRecord) -> None:
    """Make a table of each result file that the ontology draws from, and of the duplicate sets."""
    folder = workspace.run_folder(run.run_id)
    for name in _tables():
        columns = RESULTS[name].columns
        typed = ", ".join(f"{kind}_of({column}) AS {column}" for column, kind in columns.items())
        names = {"table": name, "columns": typed}
        engine.run("graph/result_table", {"file": folder / RESULTS[name].file}, names=names)
    sets, members = _duplicate_sets(engine.arrays("graph/duplicate_pairs"))
    engine.register("duplicate_sets", sets)
    engine.register("duplicate_members", members)


def _tables() -> list[str]:
    """Return the result files that nodes or relationships come from."""
    of_nodes = {kind.table for kind in ONTOLOGY.nodes.values()}
    of_edges = {one.table for kind in ONTOLOGY.relationships.values() for one in kind.sources}
    return sorted((of_nodes | of_edges) & set(RESULTS))


def _duplicate_sets(pairs: dict[str, np.ndarray]) -> tuple[pa.Table, pa.Table]:
    """Join pairs of claims into sets: the claims that a chain of pairs connects."""
    graph = nx.Graph()
    for a, b, risk in zip(*pairs.values(), strict=True):
        graph.add_edge(a, b, risk=int(risk))
    sets = []
    members = []
    for claims in sorted(sorted(one) for one in nx.connected_components(graph)):
        key = "D" + digest(*claims)[:15]
        # Of a chain of n claims n - 1 are paid once too often, each pair's amount at most once.
        tree = nx.maximum_spanning_edges(graph.subgraph(claims), weight="risk", data=True)
        at_risk = sum(data["risk"] for _, _, data in tree)
        sets.append((key, len(claims), at_risk))
        members += [(key, claim, "claim", None) for claim in claims]
    return _table("duplicate_sets", sets), _table("duplicate_members", members)


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    types = {"int": pa.int64(), "money": pa.int64(), "share": pa.float64(), "text": pa.string()}
    columns = FINDING_TABLES[name]
    return pa.table(
        {
            column: pa.array([row[place] for row in rows], types[kind])
            for place, (column, kind) in enumerate(columns.items())
        }
    )


def _write(engine: Engine, part: Part, base: Part, progress: Progress) -> None:
    engine.run("graph/watched_nobody")
    for kind in base.node_kinds():
        names = numbers_names(kind) | {"file_of": f"{numbers_of(kind.name)}_file"}
        engine.run("graph/numbers_known", {"file": base.nodes(kind.name)}, names=names)
        if kind.entity_type not in {"", ANY}:
            parameters = {"entity_type": kind.entity_type}
            engine.run("graph/member_numbers", parameters, names=numbers_names(kind))
    first = part.first
    for kind in part.node_kinds():
        first += number(engine, kind, first)
        write_nodes(engine, part, kind)
    write_edges(engine, part, progress)
    seal_part(engine, part)
