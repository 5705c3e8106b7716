"""What the database says of its graphs: one `Graph` node for each, read before anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.part import FINDINGS

COMPLETE = "complete"
REMOVING = "removing"
_SPACE = 40  # a key is its graph's number and, in the lower bits, the node's number


@dataclass(frozen=True)
class Entry:
    """One graph: its number, whose it is, and how far it is.

    state: loading, complete or removing; round: counts its loads, so that an old one can be told;
    batch_rows: how its batches were cut; run, run_state, run_checksum: the published run, or "".
    """

    number: int
    snapshot: str
    state: str
    round: int
    batch_rows: int
    checksum: str
    run: str = ""
    run_state: str = ""
    run_checksum: str = ""

    @property
    def base(self) -> int:
        """Return what is added to a node's number to make its key."""
        return self.number << _SPACE

    @property
    def whole(self) -> Mapping[str, int]:
        """Return the range of all its keys, as statements take it."""
        return {"first": self.base, "beyond": (self.number + 1) << _SPACE}

    @property
    def own(self) -> Mapping[str, int]:
        """Return the range of keys of the snapshot's nodes."""
        return {"first": self.base, "beyond": self.base + FINDINGS}

    @property
    def found(self) -> Mapping[str, int]:
        """Return the range of keys of a run's nodes."""
        return {"first": self.base + FINDINGS, "beyond": (self.number + 1) << _SPACE}


def has_schema(connection: Connection) -> bool:
    """Say whether graphfraud has ever prepared this database."""
    return any(name == "graph_number" for name, _ in connection.rows("read/indexes"))


def entries(connection: Connection) -> list[Entry]:
    """Return every graph of the database, by number."""
    if not has_schema(connection):
        return []
    return [_entry(row) for row in connection.rows("read/graphs")]


def entry_of(connection: Connection, snapshot_id: str) -> Entry | None:
    """Return the graph of a snapshot; None where the database has none."""
    return next((one for one in entries(connection) if one.snapshot == snapshot_id), None)


def _entry(row: list[Any]) -> Entry:
    number, snapshot, state, count, batch_rows, *texts = row
    filled = ["" if text is None else text for text in texts]
    return Entry(number, snapshot, state, count, batch_rows, *filled)
