"""A graph part on disk: nodes and relationships as Parquet, one file a kind, and what they sum to.

Both stores are filled from the same parts, so what they hold can only differ by a fault; the
checksum finds it. A part is either a snapshot's graph or what one run found in it. Node numbers
count from 0 in a snapshot's part, kind by kind and by the bytes of the ids, and from FINDINGS on in
a run's: the same snapshot gives the same numbers on every machine.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graphfraud.errors import StoreError
from graphfraud.model.ontology import EDITION, ONTOLOGY, NodeKind, Property, RelationshipKind

if TYPE_CHECKING:
    from graphfraud.engine.duckdb import Engine  # a part can be described without an engine

FINDINGS = 1 << 39
# Raise the number where the same ontology is projected in another way.
VERSION = f"graph-1-{EDITION}"
ABOUT = "part.json"
Kind = TypeVar("Kind", NodeKind, RelationshipKind)
NODE_HEAD = (
    Property("node", "integer", "node"),
    Property("id", "text", "id"),
    Property("label", "text", "rule_label"),
)
EDGE_HEAD = (
    Property("source", "integer", "source"),
    Property("target", "integer", "target"),
)


@dataclass(frozen=True)
class Total:
    """How many rows of a kind there are, and the sum of their hashes as 64 hex digits."""

    n: int = 0
    sum: str = "0" * 64

    def plus(self, other: "Total") -> "Total":
        """Return what the rows of both sum to.

        >>> Total(1, f"{1:064x}").plus(Total(2, f"{2:064x}")) == Total(3, f"{3:064x}")
        True
        """
        halves = (
            (int(self.sum[at : at + 32], 16) + int(other.sum[at : at + 32], 16)) % (1 << 128)
            for at in (0, 32)
        )
        return Total(self.n + other.n, "".join(f"{half:032x}" for half in halves))


@dataclass(frozen=True)
class Checksum:
    """What a graph holds: a total for each kind of node and of relationship.

    It finds what was lost, doubled or changed by accident; it is no signature.
    """

    nodes: Mapping[str, Total]
    edges: Mapping[str, Total]

    @property
    def text(self) -> str:
        """Return one hash over all totals, as 64 hex digits."""
        lines = [
            f"{shelf} {kind} {total.n} {total.sum}\n"
            for shelf, totals in (("nodes", self.nodes), ("edges", self.edges))
            for kind, total in sorted(totals.items())
            if total.n
        ]
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def plus(self, other: "Checksum") -> "Checksum":
        """Return the checksum of what two parts hold together."""
        shelves = ((self.nodes, other.nodes), (self.edges, other.edges))
        sums = [
            {kind: a.get(kind, Total()).plus(b.get(kind, Total())) for kind in {**a, **b}}
            for a, b in shelves
        ]
        return Checksum(*sums)

    def differences(self, other: "Checksum") -> list[str]:
        """Return the kinds whose totals differ, each with both counts."""
        found = []
        for mine, theirs in ((self.nodes, other.nodes), (self.edges, other.edges)):
            for kind in sorted({*mine, *theirs}):
                a, b = mine.get(kind, Total()), theirs.get(kind, Total())
                if a != b:
                    found.append(f"{kind} ({a.n:,} against {b.n:,})")
        return found


@dataclass(frozen=True)
class Part:
    """A finished part: its folder, whose graph it is, and its checksum.

    run_id is "" for a snapshot's own graph.
    """

    folder: Path
    snapshot_id: str
    run_id: str
    checksum: Checksum

    @property
    def first(self) -> int:
        """Return the number from which its nodes count."""
        return FINDINGS if self.run_id else 0

    def nodes(self, kind: str) -> Path:
        """Return the file of one kind of node."""
        return self.folder / "nodes" / f"{kind}.parquet"

    def edges(self, kind: str) -> Path:
        """Return the file of one kind of relationship."""
        return self.folder / "edges" / f"{kind}.parquet"

    def node_kinds(self) -> list[NodeKind]:
        """Return the kinds of node this part may hold, in the ontology's order."""
        return kinds_of(ONTOLOGY.nodes.values(), findings=bool(self.run_id))

    def edge_kinds(self) -> list[RelationshipKind]:
        """Return the kinds of relationship this part may hold, in the ontology's order."""
        return kinds_of(ONTOLOGY.relationships.values(), findings=bool(self.run_id))


def kinds_of(kinds: Iterable[Kind], *, findings: bool) -> list[Kind]:
    """Return the kinds that come from findings, or those that come from a snapshot."""
    return [kind for kind in kinds if kind.of_findings is findings]


def columns_of(kind: NodeKind | RelationshipKind) -> tuple[Property, ...]:
    """Return every column of a kind's file, in order."""
    return (NODE_HEAD if isinstance(kind, NodeKind) else EDGE_HEAD) + kind.columns


def total_of(engine: "Engine", rows: str, kind: NodeKind | RelationshipKind) -> Total:
    """Return what the table or view `rows`, laid out as a file of `kind`, sums to."""
    cells = ", ".join(f"piece({column.name})" for column in columns_of(kind))
    found = engine.arrays("graph/checksum", names={"rows": rows, "cells": cells})
    upper, lower = (int(found[half][0]) % (1 << 128) for half in ("upper", "lower"))
    return Total(int(found["n"][0]), f"{upper:032x}{lower:032x}")


def seal_part(engine: "Engine", part: Part) -> Part:
    """Sum up every file of a part and write the totals beside them; return the part with them."""
    nodes = {one.name: _file_total(engine, part.nodes(one.name), one) for one in part.node_kinds()}
    edges = {one.name: _file_total(engine, part.edges(one.name), one) for one in part.edge_kinds()}
    sealed = Part(part.folder, part.snapshot_id, part.run_id, Checksum(nodes, edges))
    about = {"snapshot_id": part.snapshot_id, "run_id": part.run_id}
    text = json.dumps({**about, **asdict(sealed.checksum)}, indent=1, sort_keys=True)
    (part.folder / ABOUT).write_text(text, encoding="utf-8")
    return sealed


def _file_total(engine: "Engine", file: Path, kind: NodeKind | RelationshipKind) -> Total:
    names = {"rows": "part_rows", "file_of": "part_rows_file"}
    engine.run("graph/part_rows", {"file": file}, names=names)
    return total_of(engine, "part_rows", kind)


def damaged(path: Path, error: object) -> StoreError:
    """Return what is said of a part's file that cannot be read."""
    return StoreError(
        f"{path} cannot be read: {error}.", hint="Run graphfraud graph fill with --rebuild."
    )


def read_part(folder: Path) -> Part:
    """Return the finished part in `folder`; StoreError where there is none."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        totals = [{k: Total(**v) for k, v in about[shelf].items()} for shelf in ("nodes", "edges")]
        return Part(folder, about["snapshot_id"], about["run_id"], Checksum(*totals))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{folder} holds no graph.", hint="Run graphfraud graph fill first."
        ) from error
