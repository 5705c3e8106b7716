"""Cuts subgraphs out of the embedded store: a neighbourhood, a ring, the next step of a path."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graphfraud.errors import StoreError
from graphfraud.graph.contract import EVERYTHING, Edge, Filter, Subgraph, inside, subgraph
from graphfraud.graph.embedded_adjacency import Adjacency, Matching
from graphfraud.graph.embedded_rows import EDGE_KINDS, NODE_KINDS, PartRows
from graphfraud.graph.paths import Step

MOST_ROWS = 50_000_000
_LAST = float("inf")
_MEMBERS, _SUPPORT = (Filter(edges=frozenset({kind})) for kind in ("MEMBER_OF", "SUPPORTS"))
Identity = tuple[int, int]  # a relationship: its kind's place in the ontology, its row in the file


@dataclass(frozen=True)
class Graph:
    """What subgraphs are cut out of: the adjacency of each part, and the parts' rows."""

    adjacencies: Sequence[Adjacency]
    rows: PartRows

    def nodes_known(self, numbers: Iterable[int]) -> list[int]:
        """Return those of the numbers that are a node's, each once, ascending."""
        return [int(number) for number in self.rows.numbering.known(numbers)]


def neighbourhood(
    graph: Graph, numbers: Sequence[int], only: Filter, hops: int, cap: int
) -> Subgraph:
    """Return what lies around some nodes, as contract.Store.neighbourhood says."""
    matching, more = Matching.of(only), dict[int, int]()
    frontier = graph.nodes_known(numbers)
    seen, edges = set(frontier), set[Identity]()
    for _ in range(hops):
        reached = set[int]()
        for node in frontier:
            shown, total = _shown(graph, node, matching, cap)
            reached |= {other for other, _ in shown}
            edges |= {identity for _, identity in shown}
            if total > cap:
                more[node] = total - cap
        frontier = sorted(reached - seen)
        seen |= reached
    return subgraph(graph.rows.nodes(seen), _edges(graph, edges), more)


def _shown(
    graph: Graph, node: int, matching: Matching, cap: int
) -> tuple[list[tuple[int, Identity]], int]:
    """Return a node's first relationships, each as other end and identity, and how many match."""
    ranked, total = [], 0
    for adjacency in graph.adjacencies:
        rows = adjacency.rows_of(node, matching)
        total += len(rows)
        ranked += [_ranked(adjacency, row) for row in rows[:cap]]
    first = sorted(ranked)[:cap]
    return [(other, (kind, edge)) for _, _, kind, other, _, edge in first], total


def _ranked(adjacency: Adjacency, row: int) -> tuple[float, float, int, int, bool, int]:
    """Return a relationship's place in the order in which a node's are shown."""
    weight, time = float(adjacency.weight[row]), adjacency.time[row]
    return (
        _LAST if np.isnan(weight) else -weight,
        _LAST if np.isnat(time) else -int(time.astype(np.int64)),
        int(adjacency.kind[row]),
        int(adjacency.other[row]),
        not adjacency.outward[row],
        int(adjacency.edge[row]),
    )


def _edges(graph: Graph, identities: Iterable[Identity]) -> list[Edge]:
    by_kind: dict[int, list[int]] = {}
    for kind, edge in sorted(identities):
        by_kind.setdefault(kind, []).append(edge)
    return [
        one for kind, rows in by_kind.items() for one in graph.rows.edges(EDGE_KINDS[kind], rows)
    ]


def ring(graph: Graph, ring_node: int, *, claims: bool) -> Subgraph:
    """Return a ring with its members, what they share and every tie, as contract.Store.ring."""
    members = _next_to(graph, ring_node, _MEMBERS)
    shown = {ring_node, *members, *_shared(graph, members)}
    if claims:
        shown |= _next_to(graph, ring_node, _SUPPORT)
    return subgraph(graph.rows.nodes(shown), _edges(graph, _among(graph, shown)), {})


def _next_to(graph: Graph, node: int, only: Filter) -> set[int]:
    """Return the neighbours of a node that pass."""
    matching = Matching.of(only)
    found = [a.other[a.rows_of(node, matching)] for a in graph.adjacencies]
    return set(np.concatenate(found).tolist())


def _shared(graph: Graph, members: Iterable[int]) -> set[int]:
    """Return the nodes of pivot kinds that are next to two members at least."""
    pivots = Filter(nodes=frozenset(kind.name for kind in NODE_KINDS if kind.pivot))
    times = Counter(pivot for member in members for pivot in _next_to(graph, member, pivots))
    return {pivot for pivot, n in times.items() if n > 1}


def _among(graph: Graph, nodes: set[int]) -> set[Identity]:
    """Return every relationship between two of the nodes, found at the node it starts from."""
    matching, ends = Matching.of(EVERYTHING), np.array(sorted(nodes))
    found = set[Identity]()
    for node in nodes:
        for a in graph.adjacencies:
            rows = a.rows_of(node, matching)
            rows = rows[a.outward[rows] & np.isin(a.other[rows], ends)]
            found |= set(zip(a.kind[rows].tolist(), a.edge[rows].tolist(), strict=True))
    return found


def step_of(graph: Graph, only: Filter, ends: tuple[int, int]) -> Step:
    """Return how a path goes on from some nodes; its ends may be of any kind."""
    inner, anything = Matching.of(inside(only)), Matching.of(replace(only, nodes=None))

    def step(nodes: np.ndarray) -> np.ndarray:
        found = [_steps(a, nodes, inner, anything, ends) for a in graph.adjacencies]
        return np.unique(np.concatenate(found), axis=0)

    return step


def _steps(
    adjacency: Adjacency,
    nodes: np.ndarray,
    inner: Matching,
    anything: Matching,
    ends: tuple[int, int],
) -> np.ndarray:
    starts, stops = adjacency.bounds(nodes)
    sizes = stops - starts
    if sizes.sum() > MOST_ROWS:
        raise StoreError(
            f"Too many relationships lie between these two: {sizes.sum():,}.",
            hint="Ask for shorter paths, or leave out a kind of node or relationship.",
        )
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows = np.repeat(starts - begins, sizes) + np.arange(sizes.sum())
    others = np.asarray(adjacency.other[rows])
    passing = adjacency.matching(rows, inner)
    at_end = np.isin(others, ends)
    passing[at_end] = adjacency.matching(rows[at_end], anything)
    return np.stack([np.repeat(nodes, sizes)[passing], others[passing]], axis=1)
