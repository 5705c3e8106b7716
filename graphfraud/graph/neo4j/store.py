"""The graph store on a Neo4j server (Community edition is enough), filled from graph parts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import numpy as np

from graphfraud.errors import StoreError
from graphfraud.graph.contract import (
    EVERYTHING,
    Edge,
    Filter,
    Hit,
    Node,
    Subgraph,
    Value,
    check_expansion,
    check_kind,
    inside,
    no_ring,
    subgraph,
)
from graphfraud.graph.near import halves, has_bytes, one_slip_apart
from graphfraud.graph.neo4j import loading, sums
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.entry import COMPLETE, Entry, entry_of
from graphfraud.graph.neo4j.values import edge_of, native, node_of
from graphfraud.graph.part import Checksum, Part
from graphfraud.graph.paths import check_path, find_paths
from graphfraud.graph.questions import checked
from graphfraud.model.ontology import ONTOLOGY
from graphfraud.progress import Progress, silent
from graphfraud.workspace import Snapshot

_SEARCHES = (("exact", 1), ("prefix", 1), ("part", 2))
_NEAR_FROM = 3
_ALL_TYPES = {kind.name: kind.order for kind in ONTOLOGY.relationships.values()}
_PIVOTS = [kind.name for kind in ONTOLOGY.nodes.values() if kind.pivot]
_NOT_FILLED = "Fill it with graphfraud graph fill."


class Neo4jStore:
    """One snapshot's graph in a Neo4j database; see contract.Store for what each method does."""

    def __init__(self, connection: Connection, snapshot: Snapshot) -> None:
        """Use an open connection, which is closed with the store."""
        self._connection = connection
        self._snapshot = snapshot

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def fill(self, part: Part, progress: Progress = silent, *, rebuild: bool = False) -> bool:
        """Load the snapshot's part over Bolt; resumes where an interrupted load ended."""
        return loading.fill(self._connection, part, progress, rebuild=rebuild)

    def publish(self, part: Part, progress: Progress = silent) -> bool:
        """Load what a run found, in place of what another run found."""
        return loading.publish(self._connection, part, self._entry(), progress)

    def published(self) -> str | None:
        """Ask which run was published whole."""
        entry = self._entry()
        return entry.run if entry.run and entry.run_state == COMPLETE else None

    def remove(self, progress: Progress = silent) -> None:
        """Remove this snapshot's graph, thousands of nodes at a time."""
        loading.remove(self._connection, self._snapshot.snapshot_id, progress)

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Count by label and type in the database."""
        entry = self._entry()
        labels = dict(self._connection.rows("read/count_nodes", entry.whole))
        types = dict(self._connection.rows("read/count_edges", entry.whole))
        return _counted(labels, ONTOLOGY.nodes), _counted(types, ONTOLOGY.relationships)

    def checksum(self, progress: Progress = silent) -> Checksum:
        """Read everything back and sum it up."""
        with TemporaryDirectory() as folder:
            return sums.checksum(self._connection, self._entry(), Path(folder), progress)

    def find(self, kind: str, identifier: str) -> Node | None:
        """Look the id up in the kind's index."""
        check_kind(kind)
        if not has_bytes(identifier):
            return None
        entry = self._entry()
        given = {"graph": entry.number, "id": identifier}
        rows = self._connection.rows(f"read/find_{kind}".lower(), given)
        return self._nodes(entry, [int(str(key)) for (key,) in rows])[0] if rows else None

    def nodes(self, numbers: Sequence[int]) -> tuple[Node, ...]:
        """Look the numbers up by key."""
        entry = self._entry()
        return self._nodes(entry, [entry.base + n for n in _possible(numbers)])

    def search(
        self, text: str, kinds: frozenset[str] | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Ask for one way of matching after the other, until there are enough."""
        entry, wanted = self._entry(), text.strip()
        chosen_kinds = sorted(ONTOLOGY.nodes if kinds is None else kinds)
        if not has_bytes(wanted):
            return ()
        given = {"graph": entry.number, "text": wanted, "kinds": chosen_kinds}
        found: dict[int, str] = {}
        for how, shortest in _SEARCHES:
            if len(wanted) >= shortest and len(found) < limit:
                more = {**given, "limit": limit + len(found)}
                rows = self._connection.rows(f"read/search_{how}", more)
                _add(found, (int(str(key)) for (key,) in rows), how)
        if len(wanted) >= _NEAR_FROM and len(found) < limit:
            _add(found, self._near(given, wanted), "fuzzy")
        chosen = list(found)[:limit]
        nodes = {node.number + entry.base: node for node in self._nodes(entry, chosen)}
        return tuple(Hit(nodes[key], found[key]) for key in chosen)

    def neighbourhood(
        self, numbers: Sequence[int], *, only: Filter = EVERYTHING, hops: int = 1, cap: int = 50
    ) -> Subgraph:
        """Expand hop by hop; filters, order and cap are the server's work."""
        check_expansion(hops, cap)
        entry = self._entry()
        start = self._nodes(entry, [entry.base + n for n in _possible(numbers)])
        seen = {entry.base + node.number for node in start}
        frontier, edges, more = sorted(seen), dict[str, Edge](), dict[int, int]()
        for _ in range(hops):
            reached = self._expand(entry, frontier, _passing(only), cap, edges, more)
            frontier = sorted(reached - seen)
            seen |= reached
        return subgraph(self._nodes(entry, sorted(seen)), edges.values(), more)

    def _expand(
        self,
        entry: Entry,
        keys: list[int],
        passing: dict[str, object],
        cap: int,
        edges: dict[str, Edge],
        more: dict[int, int],
    ) -> set[int]:
        """Add the relationships of some nodes, and how many are not shown; return who is there."""
        shown = dict.fromkeys(keys, 0)
        reached = set[int]()
        given = {"keys": keys, **passing}
        for row in self._connection.rows("read/neighbours", {**given, "cap": cap}):
            key, identity, kind, source, target, properties = row
            shown[key] += 1
            reached |= {source, target}
            edges[identity] = edge_of(entry.base, kind, source, target, properties)
        full = [key for key, n in shown.items() if n == cap]
        for key, n in self._connection.rows("read/degrees", {**given, "keys": full}):
            if n > cap:
                more[key - entry.base] = n - cap
        return reached

    def paths(
        self,
        start: int,
        end: int,
        *,
        only: Filter = EVERYTHING,
        longest: int = 6,
        every: bool = False,
        limit: int = 25,
    ) -> tuple[tuple[int, ...], ...]:
        """Ask the server who is next to whom; follow the paths here, as every store does."""
        check_path(longest)
        entry = self._entry()
        ends = [entry.base + n for n in _possible([start, end])]
        if len(ends) < 2 or len(self._nodes(entry, ends)) < len(set(ends)):
            return ()
        given = {"ends": ends, **_passing(inside(only))}

        def step(nodes: np.ndarray) -> np.ndarray:
            keys = (nodes + entry.base).tolist()
            rows = self._connection.stream("read/steps", {"keys": keys, **given})
            return np.array(list(rows), np.int64).reshape(-1, 2) - entry.base

        return find_paths(start, end, step, longest=longest, every=every, limit=limit)

    def ring(self, ring_id: str, *, claims: bool = False) -> Subgraph:
        """Fetch the ring, who and what belongs to it, then every relationship among them."""
        entry, node = self._entry(), self.find("Ring", ring_id)
        if node is None:
            raise no_ring(ring_id)
        given = {"ring": entry.base + node.number, "pivots": _PIVOTS, "claims": claims}
        keys = [row[0] for row in self._connection.rows("read/ring_nodes", given)]
        rows = self._connection.rows("read/edges_among", {"keys": keys})
        edges = [edge_of(entry.base, *row) for row in rows]
        return subgraph(self._nodes(entry, keys), edges, {})

    def ask(
        self, question: str, parameters: Mapping[str, Value] | None = None
    ) -> tuple[tuple[str, ...], list[tuple[Value | None, ...]]]:
        """Run the question's statement on this graph."""
        known, given = checked(question, parameters or {})
        given = {**given, "graph": self._entry().number}
        rows = self._connection.rows(f"questions/{known.name}", given)
        return tuple(known.columns), [tuple(map(native, row)) for row in rows]

    def _entry(self) -> Entry:
        entry = entry_of(self._connection, self._snapshot.snapshot_id)
        if entry is None:
            raise StoreError("This snapshot is not in the Neo4j database.", hint=_NOT_FILLED)
        if entry.state != COMPLETE:
            raise StoreError(
                f"This snapshot's graph in the Neo4j database is not whole: {entry.state}.",
                hint=_NOT_FILLED,
            )
        return entry

    def _nodes(self, entry: Entry, keys: Sequence[int]) -> tuple[Node, ...]:
        rows: list[Any] = self._connection.rows("read/nodes", {"keys": sorted(set(keys))})
        return tuple(node_of(entry.base, *row) for row in rows)

    def _near(self, given: Mapping[str, object], text: str) -> list[int]:
        left, right, swapped = halves(text)
        lengths = {"shortest": len(text) - 1, "longest": len(text) + 1}
        about = {"left": left, "right": right, "swapped": swapped, **lengths}
        rows: list[Any] = self._connection.rows("read/search_near", {**given, **about})
        return [key for key, name in rows if one_slip_apart(name, text)]


def _counted(found: dict[Any, Any], kinds: Mapping[str, object]) -> dict[str, int]:
    return {kind: int(found.get(kind, 0)) for kind in kinds}


def _possible(numbers: Sequence[int]) -> list[int]:
    """Return the numbers that a node can have: others would be another graph's keys."""
    return [n for n in numbers if 0 <= n < 1 << 40]


def _add(found: dict[int, str], keys: Any, how: str) -> None:  # noqa: ANN401  any iterable of keys
    for key in keys:
        found.setdefault(key, how)


def _passing(only: Filter) -> dict[str, object]:
    """Return a filter as statements take it; days become the moments where they begin and end."""
    types = {k: n for k, n in _ALL_TYPES.items() if only.edges is None or k in only.edges}
    until = only.until + timedelta(days=1) if only.until else None
    return {
        "types": types,
        "kinds": None if only.nodes is None else sorted(only.nodes),
        "since": _midnight(only.since),
        "until": _midnight(until),
        "min_weight": only.min_weight,
    }


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001  local, as claims are
