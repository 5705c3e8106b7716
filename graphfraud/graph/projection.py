"""Projects a snapshot onto the ontology: its graph part, made once and kept beside the snapshot."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.errors import StoreError
from graphfraud.graph.part import (
    NODE_HEAD,
    VERSION,
    Checksum,
    Part,
    columns_of,
    read_part,
    seal_part,
)
from graphfraud.model.ontology import (
    ANY,
    ONTOLOGY,
    NodeKind,
    Property,
    RelationshipKind,
    Source,
)
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import Snapshot, WorkspaceFolder
from graphfraud.workspace.durable import remove_tree

_NODES, _EDGES = "project nodes", "project relationships"


def snapshot_part(
    workspace: WorkspaceFolder,
    snapshot: Snapshot,
    progress: Progress = silent,
    *,
    rebuild: bool = False,
) -> Part:
    """Return the snapshot's graph part; made where it is not there yet, whole or not at all.

    rebuild: make it anew, should its files be damaged.
    """
    shelf = workspace.snapshot_folder(snapshot.snapshot_id) / VERSION
    if known := kept(shelf, rebuild=rebuild):
        return known
    with workspace.staging() as staging, workspace.staging() as spill:
        with Engine(temporary=spill, limits=limits(), allowed=[workspace.path]) as engine:
            attach_snapshot(engine, workspace, snapshot, progress)
            part = Part(staging, snapshot.snapshot_id, "", Checksum({}, {}))
            _write_snapshot_part(engine, part, progress)
        place(staging, shelf)
    return read_part(shelf)


def kept(shelf: Path, *, rebuild: bool) -> Part | None:
    """Return the part that lies on `shelf`; None where there is none, or it shall be made anew."""
    if rebuild:
        remove_tree(shelf)
    try:
        return read_part(shelf)
    except StoreError:
        return None


def place(staging: Path, shelf: Path) -> None:
    """Rename a finished part into its place; another process may have been first, with the same."""
    try:
        staging.rename(shelf)
    except OSError:
        read_part(shelf)


def _write_snapshot_part(engine: Engine, part: Part, progress: Progress) -> None:
    start(engine, part.folder)
    engine.run("graph/watched")
    engine.run("graph/register_ends", {"other": ONTOLOGY.kind_of[ANY]})
    kinds, first = part.node_kinds(), part.first
    for done, kind in enumerate(kinds):
        progress(_NODES, done, len(kinds))
        _mention(engine, kind)
        first += number(engine, kind, first)
        write_nodes(engine, part, kind)
        if kind.entity_type:
            engine.run("graph/party_numbers", {"kind": kind.name}, names=numbers_names(kind))
    progress(_NODES, len(kinds), len(kinds))
    write_edges(engine, part, progress)
    seal_part(engine, part)


def start(engine: Engine, folder: Path) -> None:
    """Prepare `folder` and the engine for writing a part."""
    for shelf in ("nodes", "edges"):
        (folder / shelf).mkdir()
    engine.run("macros/graph")
    engine.run("graph/begin")
    pairs = [(k, v) for k, v in ONTOLOGY.kind_of.items() if k != ANY]
    engine.register("entity_kinds", _table(("entity_type", "node_kind"), pairs))
    rules = [(k.name, p, label) for k in ONTOLOGY.nodes.values() for label, p in k.labels.items()]
    heads = ("rule_kind", "rule_pattern", "rule_label")
    engine.register("label_rules", _table(heads, rules))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True))
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(dict(zip(heads, arrays, strict=True)))


def numbers_of(kind: str) -> str:
    """Return the name of the table or view that numbers the nodes of a kind.

    >>> numbers_of("InsuredPerson")
    'numbers_insuredperson'
    """
    return f"numbers_{kind.lower()}"


def numbers_names(kind: NodeKind) -> dict[str, str]:
    """Return the placeholder of every step that needs a kind's numbers."""
    return {"numbers": numbers_of(kind.name)}


def _mention(engine: Engine, kind: NodeKind) -> None:
    for table, column in kind.mentions:
        engine.run("graph/mention", {"kind": kind.name}, names={"table": table, "column": column})


def number(engine: Engine, kind: NodeKind, first: int) -> int:
    """Give the nodes of a kind numbers from `first` on; return how many there are."""
    names, parameters = numbers_names(kind), {"kind": kind.name, "first": first}
    if kind.table:
        table = {"table": kind.table, "key": kind.id}
        engine.run("graph/number_table", parameters, names=names | table)
    else:
        engine.run("graph/number_mentions", parameters, names=names)
    return int(engine.arrays("graph/count_numbers", names=names)["n"][0])


def write_nodes(engine: Engine, part: Part, kind: NodeKind) -> None:
    """Write the file of one kind of node."""
    columns = ", ".join(
        f"short({one.column}) AS {one.name}" if one.name == kind.caption else _column(one)
        for one in NODE_HEAD + kind.columns
    )
    names = numbers_names(kind) | {"columns": columns, "label_column": kind.label_column or "id"}
    parameters = {"kind": kind.name, "target": part.nodes(kind.name)}
    if kind.names:
        (_, key), (table, column) = kind.mentions[0], kind.names
        named = {"table": table, "key": key, "name_column": column}
        engine.run("graph/nodes_named", parameters, names=names | named)
    elif kind.table:
        table_names = {"table": kind.table, "key": kind.id}
        engine.run("graph/nodes_table", parameters, names=names | table_names)
    else:
        engine.run("graph/nodes_mentions", parameters, names=names)


def write_edges(engine: Engine, part: Part, progress: Progress) -> None:
    """Write the files of every kind of relationship; the numbers of all ends must be known."""
    kinds = part.edge_kinds()
    for done, kind in enumerate(kinds):
        progress(_EDGES, done, len(kinds))
        rows = _register_rows(engine, kind) if kind.register else _source_rows(engine, kind)
        order = ", ".join((*kind.sides, *(one.name for one in columns_of(kind)[2:])))
        parameters = {"target": part.edges(kind.name)}
        engine.run("graph/edges_write", parameters, names={"rows": rows, "order": order})
    progress(_EDGES, len(kinds), len(kinds))


def _source_rows(engine: Engine, kind: RelationshipKind) -> str:
    """Make the view of all relationships of a kind, source by source; return its name."""
    before = ""
    for index, source in enumerate(kind.sources):
        rows = f"edge_rows_{index}"
        names = _source_names(kind, source) | {"rows": rows}
        if source.start == ANY:
            step = "graph/edges_member"
        else:
            step = "graph/edges_more" if before else "graph/edges_first"
        engine.run(step, names=names | ({"before": before} if before else {}))
        before = rows
    return before


def _source_names(kind: RelationshipKind, source: Source) -> dict[str, str]:
    ends = {"ends": numbers_of(source.end), "end_column": source.end_column}
    if source.start != ANY:
        ends |= {"starts": numbers_of(source.start), "start_column": source.start_column}
    return ends | {"table": source.table, "columns": edge_columns(kind)}


def _register_rows(engine: Engine, kind: RelationshipKind) -> str:
    words = [
        one.register for one in ONTOLOGY.relationships.values() if one.register not in {"", ANY}
    ]
    names = {"rows": "edge_rows_0", "word_of": "register_word", "columns": edge_columns(kind)}
    engine.run("graph/edges_register", {"word": kind.register, "words": words}, names=names)
    return "edge_rows_0"


def edge_columns(kind: RelationshipKind) -> str:
    """Return the columns of a relationship's file as a list of typing calls."""
    return ", ".join(_column(one) for one in columns_of(kind))


def _column(one: Property) -> str:
    """Return one column, typed where the source's type is not the graph's."""
    call = {"float": "as_float", "time": "as_time"}.get(one.type)
    value = f"{call}({one.column})" if call else one.column
    return f"{value} AS {one.name}"
