"""Makes the constraints, names and indexes that a graph needs, beside loaders that do the same."""

import time
from collections.abc import Set as AbstractSet

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.catalogue import made_by, names
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.retry import persistently
from graphfraud.progress import Progress

_INDEXES = "index graph"
_CONSTRAINT = "schema/constraint_"
_GLANCES, _GLANCE_SECONDS = 20, 0.5


def prepare(connection: Connection) -> None:
    """Make constraints before anything else, and every name known, so that none is ever missing."""
    constraints = {made_by(name): name for name in names() if name.startswith(_CONSTRAINT)}
    for name in constraints.values():
        _arrange(connection, name)
    for index in _orphans(connection, constraints.keys()):
        connection.write("load/drop_orphan", {"name": index})
        _arrange(connection, constraints[index])
    _arrange(connection, "schema/tokens")


def _orphans(connection: Connection, wanted: AbstractSet[str]) -> list[str]:
    """Return which constraints are not there, for all that they were asked for.

    A server that was killed amid making one keeps its index, which never comes into use and whose
    name is taken; waiting for all indexes would wait for it. Another loader that is just making the
    constraint has some seconds to finish.
    """
    missing = _missing(connection, wanted)
    for _ in range(_GLANCES):
        if missing:
            time.sleep(_GLANCE_SECONDS)
            missing = _missing(connection, wanted)
    return sorted(missing)


def _missing(connection: Connection, wanted: AbstractSet[str]) -> AbstractSet[str]:
    return wanted - {str(name) for (name,) in connection.rows("read/constraints")}


def make_indexes(connection: Connection, progress: Progress) -> None:
    """Make the indexes behind the data: filling one at once costs less than row by row."""
    progress(_INDEXES, 0, None)
    for name in names():
        if name.startswith(("schema/id_", "schema/name_")):
            _arrange(connection, name)
    connection.schema("schema/await")


def _arrange(connection: Connection, name: str) -> None:
    """Run a statement on the schema as a transaction of its own: two loaders may deadlock here."""
    try:
        persistently(lambda: connection.write(name))
    except StoreError as error:
        if "already exists" not in error.message:  # the other one was a moment earlier
            raise
