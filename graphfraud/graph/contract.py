"""The graph store's contract: what may be asked of a knowledge graph, whoever keeps it.

A store shows one snapshot's graph and, where a run was published, what it found there. Both
implementations answer alike, down to the order of what they return; one test suite runs on both.
Node numbers are those of the graph part: the same snapshot has the same numbers everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from graphfraud.errors import StoreError, UsageError
from graphfraud.graph.part import Checksum, Part
from graphfraud.model.ontology import ONTOLOGY
from graphfraud.progress import Progress, silent

Value = str | int | float | date | datetime
MOST_HOPS = 3
LONGEST_PATH = 8


@dataclass(frozen=True)
class Node:
    """One node; `label` is its additional label (Pharmacy, Drug …) or "".

    properties: only those it has, by name in the ontology's order; money in fen, times local.
    """

    number: int
    kind: str
    id: str
    label: str
    properties: Mapping[str, Value]

    @property
    def caption(self) -> str:
        """Return what a person reads: its name where it has one, else its id."""
        return str(self.properties.get(ONTOLOGY.nodes[self.kind].caption) or self.id)


@dataclass(frozen=True)
class Edge:
    """One relationship from `source` to `target`, by node number; `properties` as a node's.

    `time` among the properties dates it.
    """

    kind: str
    source: int
    target: int
    properties: Mapping[str, Value]


@dataclass(frozen=True)
class Filter:
    """What to look at *before* expanding; None lets everything pass.

    nodes, edges: kinds; since, until: days, both included, that a dated relationship must lie in
    (one without a date passes); min_weight: the least weight of a relationship that has one.
    """

    nodes: frozenset[str] | None = None
    edges: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    min_weight: float = 0.0


EVERYTHING = Filter()


@dataclass(frozen=True)
class Subgraph:
    """Nodes by number; edges by kind, source, target, then properties in canonical order.

    more: for each node that was expanded, how many further neighbours it has beyond the cap.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    more: Mapping[int, int] = field(default_factory=dict)


def subgraph(nodes: Iterable[Node], edges: Iterable[Edge], more: Mapping[int, int]) -> Subgraph:
    """Return a subgraph with everything in its canonical order."""
    return Subgraph(
        tuple(sorted(nodes, key=lambda node: node.number)),
        tuple(sorted(edges, key=_edge_order)),
        dict(sorted(more.items())),
    )


def _edge_order(edge: Edge) -> tuple[object, ...]:
    kind = ONTOLOGY.relationships[edge.kind]
    texts = tuple(str(edge.properties.get(one.name, "")) for one in kind.columns)
    return kind.order, edge.source, edge.target, texts


@dataclass(frozen=True)
class Hit:
    """One answer to a search: `how` is exact, prefix, part or fuzzy."""

    node: Node
    how: str


def check_kind(kind: str) -> None:
    """Raise UsageError for a kind of node that the ontology does not have."""
    if kind not in ONTOLOGY.nodes:
        known = ", ".join(ONTOLOGY.nodes)
        raise UsageError(f"There is no kind of node {kind!r}.", hint=f"The kinds are {known}.")


def check_expansion(hops: int, cap: int) -> None:
    """Raise UsageError for a neighbourhood that no store expands."""
    if not 1 <= hops <= MOST_HOPS or cap < 1:
        raise UsageError(f"hops must be 1 to {MOST_HOPS}, and cap at least 1.")


def no_ring(ring_id: str) -> StoreError:
    """Return what a store says of a ring that no published run has found."""
    return StoreError(
        f"No ring {ring_id!r} is published in this graph.",
        hint="graphfraud detect finds rings; graphfraud graph fill then shows them in the graph.",
    )


def inside(only: Filter) -> Filter:
    """Return the filter for the inner nodes of a path: kinds that paths lead through by default.

    >>> "Region" in (inside(EVERYTHING).nodes or ())
    False
    """
    through = frozenset(kind.name for kind in ONTOLOGY.nodes.values() if kind.through)
    return replace(only, nodes=through) if only.nodes is None else only


class Store(Protocol):
    """A knowledge graph of one snapshot; use it as a context manager."""

    def __enter__(self) -> Self:
        """Return the store itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let go of what it holds open."""

    def fill(self, part: Part, progress: Progress = silent, *, rebuild: bool = False) -> bool:
        """Fill in the snapshot's part; False where it is there already, True where it was not.

        Interrupted, the same call again finishes. rebuild: make it anew whatever is there.
        """

    def publish(self, part: Part, progress: Progress = silent) -> bool:
        """Add what a run found, in place of another run's; False where it is there already."""

    def published(self) -> str | None:
        """Return the id of the run whose findings it shows; None where it shows none."""

    def remove(self, progress: Progress = silent) -> None:
        """Remove the snapshot's graph and its findings; nothing else."""

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return how many nodes and how many relationships of each kind there are."""

    def checksum(self, progress: Progress = silent) -> Checksum:
        """Return the checksum of what the store holds now, read in full; findings included."""

    def find(self, kind: str, identifier: str) -> Node | None:
        """Return the node of a kind with this id; None where there is none."""

    def nodes(self, numbers: Sequence[int]) -> tuple[Node, ...]:
        """Return the nodes with these numbers, by number; unknown numbers are left out."""

    def search(
        self, text: str, kinds: frozenset[str] | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Return nodes whose id or name is `text`, begins with it, has it inside, or nearly is it.

        In this order: exact, prefix, part (names alone, from two letters on), fuzzy (whole names
        alone, one letter added, left out, changed, or two neighbours swapped, from three letters
        on); within one, by number; each node once. A name is the caption property of the kinds
        that have one. Spaces around the text are ignored; an empty text finds nothing.
        """

    def neighbourhood(
        self, numbers: Sequence[int], *, only: Filter = EVERYTHING, hops: int = 1, cap: int = 50
    ) -> Subgraph:
        """Return the nodes around these, showing at most `cap` relationships of each.

        Those of the greatest weight come first, then the latest, then by the kind's order, the
        other node, outgoing before incoming, and the remaining properties. Every hop expands what
        the one before has shown, each node once. Unknown numbers are left out. UsageError beyond
        MOST_HOPS or for a cap below 1.
        """

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
        """Return the shortest paths between two nodes as node numbers; all simple ones if `every`.

        At most `longest` relationships long, whatever their direction; by length, then by numbers;
        the first `limit` of them. Inner nodes are those of `only.nodes`; where that is None, of
        kinds that the ontology lets paths lead through. UsageError beyond LONGEST_PATH.
        """

    def ring(self, ring_id: str, *, claims: bool = False) -> Subgraph:
        """Return a published ring: its node, members, what two of them share, and every tie.

        Shared are nodes of pivot kinds next to two members. claims: the supporting claims too.
        StoreError where no such ring is published.
        """

    def ask(
        self, question: str, parameters: Mapping[str, Value] | None = None
    ) -> tuple[tuple[str, ...], list[tuple[Value | None, ...]]]:
        """Answer a saved question: its columns and rows, in the question's own order."""
