"""What a graph store must answer, worked out from a part's whole files by going through them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import networkx as nx
import pyarrow.parquet as pq

from graphfraud.graph.contract import EVERYTHING, Edge, Filter, Node, Value
from graphfraud.graph.part import Part
from graphfraud.model.ontology import ONTOLOGY, NodeKind, RelationshipKind

Row = dict[str, Value | None]
Ends = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """One relationship seen from one of its ends; `row` is its place in its kind's file."""

    edge: Edge
    other: int
    row: int
    outward: bool

    @property
    def rank(self) -> tuple[float, float, int, int, bool, int]:
        kind = ONTOLOGY.relationships[self.edge.kind]
        weight, time = (self.edge.properties.get(name) for name in (kind.weight, "time"))
        return (
            -float(weight) if isinstance(weight, int | float) else float("inf"),
            -(time - datetime(1, 1, 1)).total_seconds()  # noqa: DTZ001  local, as claims are
            if isinstance(time, datetime)
            else float("inf"),
            kind.order,
            self.other,
            not self.outward,
            self.row,
        )


class Oracle:
    """Every node and relationship of a snapshot's part and a run's, in memory."""

    def __init__(self, *parts: Part) -> None:
        self.nodes: dict[int, Node] = {}
        self.around: dict[int, list[Seen]] = {}
        self.edges: list[Edge] = []
        for part in parts:
            for kind in part.node_kinds():
                for row in pq.read_table(part.nodes(kind.name)).to_pylist():
                    self._add_node(kind, row)
        for part in parts:
            for edge_kind in part.edge_kinds():
                rows = pq.read_table(part.edges(edge_kind.name)).to_pylist()
                for place, row in enumerate(rows):
                    self._add_edge(edge_kind, row, place)

    def _add_node(self, kind: NodeKind, row: Row) -> None:
        node = Node(number(row, "node"), kind.name, str(row["id"]), text(row["label"]), left(row))
        self.nodes[node.number] = node
        self.around[node.number] = []

    def _add_edge(self, kind: RelationshipKind, row: Row, place: int) -> None:
        edge = Edge(kind.name, number(row, "source"), number(row, "target"), left(row))
        self.edges.append(edge)
        self.around[edge.source].append(Seen(edge, edge.target, place, outward=True))
        if edge.source != edge.target:
            self.around[edge.target].append(Seen(edge, edge.source, place, outward=False))

    def of_kind(self, kind: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == kind]

    def matching(self, node: int, only: Filter = EVERYTHING) -> list[Seen]:
        """Return what passes around a node, in the order in which it is shown."""
        passing = [
            seen
            for seen in self.around[node]
            if passes(seen.edge, only)
            and (only.nodes is None or self.nodes[seen.other].kind in only.nodes)
        ]
        return sorted(passing, key=lambda seen: seen.rank)

    def neighbourhood(
        self, numbers: Iterable[int], only: Filter, hops: int, cap: int
    ) -> tuple[set[int], list[Ends], dict[int, int]]:
        """Return the numbers, the relationships by kind and ends, and what is beyond the cap."""
        frontier = {n for n in numbers if n in self.nodes}
        reached, more = set(frontier), dict[int, int]()
        edges: dict[tuple[str, int], Edge] = {}
        for _ in range(hops):
            ahead = set[int]()
            for node in frontier:
                found = self.matching(node, only)
                edges |= {(one.edge.kind, one.row): one.edge for one in found[:cap]}
                ahead |= {one.other for one in found[:cap]}
                more |= {node: len(found) - cap} if len(found) > cap else {}
            frontier = ahead - reached
            reached |= ahead
        return reached, sorted(map(ends, edges.values())), more

    def graph(self, start: int, end: int, only: Filter = EVERYTHING) -> "nx.Graph[int]":
        """Return what a path between two nodes may use."""
        through = {name for name, kind in ONTOLOGY.nodes.items() if kind.through}
        inner = through if only.nodes is None else only.nodes
        usable = {n for n, node in self.nodes.items() if node.kind in inner} | {start, end}
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from((start, end))
        for edge in self.edges:
            if {edge.source, edge.target} <= usable and passes(edge, only):
                graph.add_edge(edge.source, edge.target)
        return graph

    def search(self, wanted: str, kinds: frozenset[str] | None = None) -> list[tuple[int, str]]:
        """Return every answer to a search, in order."""
        found = []
        for node in self.nodes.values():
            how = found_how(node, wanted)
            if how and (kinds is None or node.kind in kinds):
                found.append((("exact", "prefix", "part", "fuzzy").index(how), node.number, how))
        return [(n, how) for _, n, how in sorted(found)]


def number(row: Row, column: str) -> int:
    value = row.pop(column)
    assert isinstance(value, int)
    return value


def text(value: Value | None) -> str:
    return "" if value is None else str(value)


def left(row: Row) -> dict[str, Value]:
    named = ((k, v) for k, v in row.items() if k not in {"node", "id", "label"})
    return {k: v for k, v in named if v is not None}


def ends(edge: Edge) -> Ends:
    return edge.kind, edge.source, edge.target


def passes(edge: Edge, only: Filter) -> bool:
    if only.edges is not None and edge.kind not in only.edges:
        return False
    weight = edge.properties.get(ONTOLOGY.relationships[edge.kind].weight)
    if isinstance(weight, int | float) and weight < only.min_weight:
        return False
    time = edge.properties.get("time")
    if not isinstance(time, datetime):
        return True
    day = time.date()
    return (only.since is None or day >= only.since) and (only.until is None or day <= only.until)


def found_how(node: Node, wanted: str) -> str:
    caption = ONTOLOGY.nodes[node.kind].caption
    name = node.id if caption == "id" else text(node.properties.get(caption)) if caption else ""
    if wanted in {node.id, name}:
        return "exact"
    if node.id.startswith(wanted) or name.startswith(wanted):
        return "prefix"
    if len(wanted) > 1 and wanted in name:
        return "part"
    return "fuzzy" if len(wanted) > 2 and name and alignment(name, wanted) == 1 else ""


def alignment(a: str, b: str) -> int:
    """Return the optimal string alignment distance; 2 stands for all beyond 1 by length.

    The textbook table, row by row.
    """
    if abs(len(a) - len(b)) > 1:
        return 2
    table = [[i + j if 0 in {i, j} else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            changed = table[i - 1][j - 1] + (x != y)
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def ranked(paths: Iterable[Iterable[int]], limit: int) -> tuple[tuple[int, ...], ...]:
    """Return paths by length, then numbers."""
    return tuple(islice(sorted(map(tuple, paths), key=lambda path: (len(path), path)), limit))


def shortest(
    graph: "nx.Graph[int]", start: int, end: int, longest: int, limit: int = 25
) -> tuple[tuple[int, ...], ...]:
    found = attempt(lambda: nx.all_shortest_paths(graph, start, end))
    return ranked((path for path in found if len(path) <= longest + 1), limit)


def simple(
    graph: "nx.Graph[int]", start: int, end: int, longest: int, limit: int = 25
) -> tuple[tuple[int, ...], ...]:
    found = attempt(lambda: nx.all_simple_paths(graph, start, end, cutoff=longest))
    return ranked(found, limit)


def attempt(paths: Callable[[], Iterator[list[int]]]) -> list[list[int]]:
    try:
        return list(paths())
    except nx.NetworkXNoPath:
        return []
