"""Sums up what a Neo4j database really holds, by the same step that sums up a graph part.

Everything is read back: id, additional label, every property, and how many properties there are,
so that what is lost, doubled, changed or added by another hand shows.
"""

from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graphfraud.engine.duckdb import Engine
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.entry import Entry
from graphfraud.graph.part import Checksum, Total, columns_of, total_of
from graphfraud.model.ontology import ONTOLOGY, NodeKind, Property, RelationshipKind
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits

_STAGE = "check graph"
_ROWS = 20_000
_FIXED = 3  # key, graph, id: what every node has
_TYPES = {"integer": pa.int64(), "float": pa.float64(), "text": pa.string()}


def checksum(
    connection: Connection, entry: Entry, temporary: Path, progress: Progress = silent
) -> Checksum:
    """Return the checksum of a graph as the database holds it, findings included."""
    kinds: list[NodeKind | RelationshipKind] = [
        *ONTOLOGY.nodes.values(),
        *ONTOLOGY.relationships.values(),
    ]
    totals: dict[str, Total] = {}
    with Engine(temporary=temporary, limits=limits()) as engine:
        engine.run("macros/graph")
        for done, kind in enumerate(kinds):
            progress(_STAGE, done, len(kinds))
            totals[kind.name] = _total(engine, connection, entry, kind)
    progress(_STAGE, len(kinds), len(kinds))
    return Checksum(
        {name: totals[name] for name in ONTOLOGY.nodes} | _foreign(connection, entry, "nodes"),
        {name: totals[name] for name in ONTOLOGY.relationships}
        | _foreign(connection, entry, "edges"),
    )


def _foreign(connection: Connection, entry: Entry, shelf: str) -> dict[str, Total]:
    """Return what stands among the graph's nodes and is of no kind that we know."""
    labels = {label for kind in ONTOLOGY.nodes.values() for label in (kind.name, *kind.labels)}
    known = {"Entity", *labels, *ONTOLOGY.relationships}
    rows = connection.rows(f"read/count_{shelf}", entry.whole)
    return {str(name): Total(int(n)) for name, n in rows if name not in known}


def _total(
    engine: Engine, connection: Connection, entry: Entry, kind: NodeKind | RelationshipKind
) -> Total:
    found = Total()
    given = {"graph": entry.number, **entry.whole}
    rows = connection.stream(f"read/all_{kind.name}".lower(), given, fetch_size=_ROWS)
    while part := list(islice(rows, _ROWS)):
        *columns, widths = (list(column) for column in zip(*part, strict=True))
        engine.register("read_back", _table(kind, columns, entry.base))
        found = found.plus(total_of(engine, "read_back", kind))
        engine.unregister("read_back")
        # Properties that nobody accounts for must show in the sum as well.
        found = found.plus(Total(0, f"{sum(widths) - _expected(kind, columns):064x}"))
    return found


def _expected(kind: NodeKind | RelationshipKind, columns: list[list[Any]]) -> int:
    """Return how many properties the rows must have in all."""
    named = columns[len(columns) - len(kind.columns) :]
    fixed = _FIXED if isinstance(kind, NodeKind) else 0
    return sum(value is not None for column in named for value in column) + fixed * len(columns[0])


def _table(kind: NodeKind | RelationshipKind, columns: list[list[Any]], base: int) -> pa.Table:
    """Return rows as a file of the kind has them: numbers for keys, one text for the labels."""
    if isinstance(kind, NodeKind):
        keys, ids, labels, *more = columns
        head = [[key - base for key in keys], ids, [";".join(sorted(x)) or None for x in labels]]
    else:
        sources, targets, *more = columns
        head = [[key - base for key in sources], [key - base for key in targets]]
    values = zip(columns_of(kind), [*head, *more], strict=True)
    return pa.table({one.name: _typed(one, column) for one, column in values})


def _typed(one: Property, values: list[Any]) -> pa.Array:
    if one.type == "date":
        return pa.array(values, pa.string()).cast(pa.date32())
    if one.type == "time":
        text = pa.array(values, pa.string())
        # Java leaves the seconds out where they are zero.
        short = pc.equal(pc.utf8_length(text), len("2025-03-03T10:49"))
        whole = pc.if_else(short, pc.binary_join_element_wise(text, pa.scalar("00"), ":"), text)
        return whole.cast(pa.timestamp("s"))
    return pa.array(values, _TYPES[one.type])
