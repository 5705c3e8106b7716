"""Reads single rows of a graph part's files, by their numbers, without a search.

A part's files are sorted, so the row of a node follows from its number and that of a relationship
stands in the adjacency: only the row groups that hold them are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from graphfraud.graph.contract import Edge, Node, Value
from graphfraud.graph.part import Part, damaged
from graphfraud.model.ontology import ONTOLOGY, NodeKind, RelationshipKind

Row = Mapping[str, Value | None]
NODE_KINDS = tuple(ONTOLOGY.nodes.values())
EDGE_KINDS = tuple(ONTOLOGY.relationships.values())


class PackedRows:
    """One Parquet file, open; StoreError naming it where it is missing or damaged."""

    def __init__(self, path: Path) -> None:
        """Read what the file says about itself."""
        self._path = path
        try:
            self._file = pq.ParquetFile(path)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path, error) from error
        about = self._file.metadata
        sizes = (about.row_group(i).num_rows for i in range(about.num_row_groups))
        self._starts = np.array(list(accumulate(sizes, initial=0)))

    def __len__(self) -> int:
        """Return how many rows there are."""
        return int(self._starts[-1])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def take(self, rows: np.ndarray) -> list[Row]:
        """Return some rows; their numbers must ascend."""
        if len(rows) and rows[-1] >= len(self):
            raise damaged(self._path, f"row {rows[-1]} is missing")
        groups = np.searchsorted(self._starts, rows, side="right") - 1
        found: list[Row] = []
        for group in np.unique(groups).tolist():
            wanted = rows[groups == group] - self._starts[group]
            found += self._group(group).take(pa.array(wanted)).to_pylist()
        return found

    def _group(self, group: int) -> pa.Table:
        try:
            return self._file.read_row_group(group)
        except (OSError, pa.ArrowException) as error:
            raise damaged(self._path, error) from error


class Numbering:
    """Which kind of node a number belongs to, for a snapshot's part and perhaps a run's on top."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Count through the parts' kinds, in the ontology's order."""
        ranges = [one for part in parts for one in _ranges(part)]
        self._kinds = [NODE_KINDS.index(kind) for kind, _, _ in ranges]
        self.firsts = np.array([first for _, first, _ in ranges])
        self.beyond = np.array([beyond for _, _, beyond in ranges])

    def table(self) -> pa.Table:
        """Return range_kind, first_node and last_node of every kind that has nodes."""
        heads = ("range_kind", "first_node", "last_node")
        columns = (np.array(self._kinds, np.int8), self.firsts, self.beyond - 1)
        table = pa.table(dict(zip(heads, columns, strict=True)))
        return table.filter(pa.array(self.beyond > self.firsts))

    def known(self, numbers: Iterable[int]) -> np.ndarray:
        """Return those of the numbers that are a node's, each once, ascending."""
        asked = {n for n in numbers if 0 <= n < 1 << 62}
        found = np.array(sorted(asked), np.int64)
        return np.asarray(found[found < self.beyond[self._place(found)]])

    def groups(self, numbers: np.ndarray) -> Iterable[tuple[NodeKind, int, np.ndarray]]:
        """Return the known numbers by kind: the kind, its first number, the numbers."""
        places = self._place(numbers)
        for place in np.unique(places).tolist():
            yield (
                NODE_KINDS[self._kinds[place]],
                int(self.firsts[place]),
                numbers[places == place],
            )

    def _place(self, numbers: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.firsts, numbers, side="right") - 1


def _ranges(part: Part) -> Iterable[tuple[NodeKind, int, int]]:
    kinds = part.node_kinds()
    sizes = (part.checksum.nodes[kind.name].n for kind in kinds)
    for kind, (first, beyond) in zip(
        kinds, pairwise(accumulate(sizes, initial=part.first)), strict=True
    ):
        yield kind, first, beyond


class PartRows:
    """Nodes and relationships of a snapshot's part and of a run's on top; each file opened once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Open nothing yet."""
        self._parts = parts
        self._open: dict[Path, PackedRows] = {}

    @cached_property
    def numbering(self) -> Numbering:
        """Which kind of node a number belongs to."""
        return Numbering(self._parts)

    def close(self) -> None:
        """Close every file."""
        for file in self._open.values():
            file.close()
        self._open.clear()

    def count(self, kind: NodeKind | RelationshipKind) -> int:
        """Return how many rows the file of a kind has; 0 where no part has such a kind."""
        path = self._path(kind)
        return len(self._file(path)) if path else 0

    def nodes(self, numbers: Iterable[int]) -> list[Node]:
        """Return the nodes with these numbers, those that are known, by number."""
        known = self.numbering.known(numbers)
        found: list[Node] = []
        for kind, first, some in self.numbering.groups(known):
            rows = self._rows(kind, some - first)
            found += [_node(kind, row) for row in rows]
        return sorted(found, key=lambda node: node.number)

    def edges(self, kind: RelationshipKind, rows: Sequence[int]) -> list[Edge]:
        """Return the relationships of one kind in these rows of its file, ascending."""
        found = self._rows(kind, np.array(rows, np.int64))
        return [
            Edge(kind.name, int(str(row["source"])), int(str(row["target"])), _values(kind, row))
            for row in found
        ]

    def _rows(self, kind: NodeKind | RelationshipKind, rows: np.ndarray) -> list[Row]:
        path = self._path(kind)
        return self._file(path).take(rows) if path else []

    def _path(self, kind: NodeKind | RelationshipKind) -> Path | None:
        for part in self._parts:
            if bool(part.run_id) is kind.of_findings:
                return (
                    part.nodes(kind.name) if isinstance(kind, NodeKind) else part.edges(kind.name)
                )
        return None

    def _file(self, path: Path) -> PackedRows:
        if path not in self._open:
            self._open[path] = PackedRows(path)
        return self._open[path]


def _node(kind: NodeKind, row: Row) -> Node:
    number, label = int(str(row["node"])), row["label"]
    return Node(number, kind.name, str(row["id"]), str(label or ""), _values(kind, row))


def _values(kind: NodeKind | RelationshipKind, row: Row) -> dict[str, Value]:
    pairs = ((one.name, row[one.name]) for one in kind.columns)
    return {name: value for name, value in pairs if value is not None}
