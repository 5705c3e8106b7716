"""Who is next to whom, on disk: columns mapped into memory, so that one node is found at once.

Rows are sorted by node and, for one node, in the order of Store.neighbourhood. Raw columns instead
of Parquet: finding one node among 100 million rows touches a few pages, while a row group of
Parquet has to be decoded and a large footer read first.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from graphfraud.errors import StoreError
from graphfraud.graph.contract import Filter
from graphfraud.model.ontology import ONTOLOGY

AGAIN = "Run graphfraud graph fill --rebuild."
COLUMNS = {
    "node": "<i8", "other": "<i8", "kind": "|i1", "outward": "|b1", "edge": "<i8",
    "time": "<M8[us]", "weight": "<f8", "other_kind": "|i1",
}  # fmt: skip


@dataclass(frozen=True)
class Matching:
    """A Filter in the numbers of the adjacency: which kinds pass, which times, what weight."""

    nodes: np.ndarray
    edges: np.ndarray
    since: np.datetime64 | None
    before: np.datetime64 | None
    min_weight: float

    @classmethod
    def of(cls, only: Filter) -> "Matching":
        """Return `only` in numbers.

        >>> from datetime import date
        >>> Matching.of(Filter(until=date(2025, 1, 31))).before
        np.datetime64('2025-02-01')
        """
        until = None if only.until is None else np.datetime64(only.until, "D") + 1
        return cls(
            np.array([only.nodes is None or name in only.nodes for name in ONTOLOGY.nodes]),
            np.array([only.edges is None or name in only.edges for name in ONTOLOGY.relationships]),
            None if only.since is None else np.datetime64(only.since, "D"),
            until,
            only.min_weight,
        )


@dataclass(frozen=True)
class Adjacency:
    """The mapped columns; NaT for no time, NaN for no weight."""

    node: np.ndarray
    other: np.ndarray
    kind: np.ndarray
    outward: np.ndarray
    edge: np.ndarray
    time: np.ndarray
    weight: np.ndarray
    other_kind: np.ndarray

    @classmethod
    def open(cls, folder: Path) -> "Adjacency":
        """Map the columns in `folder`; StoreError naming the one that is missing or cut off."""
        columns = {name: _mapped(folder / name, dtype) for name, dtype in COLUMNS.items()}
        if len({len(column) for column in columns.values()}) > 1:
            raise StoreError(f"The columns in {folder} differ in length.", hint=AGAIN)
        return cls(**columns)

    def bounds(self, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return where the rows of each node begin and where they end."""
        starts = np.searchsorted(self.node, nodes, side="left")
        return starts, np.searchsorted(self.node, nodes, side="right")

    def matching(self, rows: np.ndarray | slice, only: Matching) -> np.ndarray:
        """Say of each of these rows whether it passes."""
        found: np.ndarray = only.edges[self.kind[rows]] & only.nodes[self.other_kind[rows]]
        if only.since is not None or only.before is not None:
            found &= _within(self.time[rows], only)
        if only.min_weight > 0:
            weight = self.weight[rows]
            found &= np.isnan(weight) | (weight >= only.min_weight)
        return found

    def rows_of(self, node: int, only: Matching) -> np.ndarray:
        """Return the matching rows of one node, in order."""
        (start,), (end,) = self.bounds(np.array([node]))
        return np.asarray(start + np.flatnonzero(self.matching(slice(start, end), only)))


def _within(time: np.ndarray, only: Matching) -> np.ndarray:
    within = np.ones(len(time), dtype=bool)
    if only.since is not None:
        within &= time >= only.since
    if only.before is not None:
        within &= time < only.before
    passing: np.ndarray = np.isnat(time) | within
    return passing


def _mapped(path: Path, dtype: str) -> np.ndarray:
    try:
        if path.stat().st_size == 0:  # nothing can be mapped of an empty file
            return np.empty(0, dtype)
        return np.memmap(path, dtype, mode="r")
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}.", hint=AGAIN) from error


def write_adjacency(batches: Iterator[pa.RecordBatch], folder: Path) -> None:
    """Write the rows as they come, each column to its file."""
    folder.mkdir()
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in COLUMNS}
        for batch in batches:
            for name, file in files.items():
                column = batch.column(name).to_numpy(zero_copy_only=False)
                file.write(np.ascontiguousarray(column, COLUMNS[name]).tobytes())
