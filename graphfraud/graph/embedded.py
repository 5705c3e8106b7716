"""The graph store that needs no server: a snapshot's graph part, and its adjacency beside it.

Truth stays in the part; what this store adds to it is derived, and made anew with rebuild. Another
process may publish at any time: every question looks first which parts there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from types import TracebackType
from typing import Self, cast

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import EngineError, StoreError
from graphfraud.graph.contract import (
    EVERYTHING,
    Filter,
    Hit,
    Node,
    Subgraph,
    Value,
    check_expansion,
    check_kind,
    no_ring,
)
from graphfraud.graph.embedded_adjacency import AGAIN, Adjacency
from graphfraud.graph.embedded_fill import ADJACENCY, NAMES, Derived, StoreFolder
from graphfraud.graph.embedded_rows import EDGE_KINDS, NODE_KINDS, PartRows
from graphfraud.graph.embedded_search import rows_of, search
from graphfraud.graph.embedded_subgraphs import Graph, neighbourhood, ring, step_of
from graphfraud.graph.near import has_bytes
from graphfraud.graph.part import Checksum, Part, Total, total_of
from graphfraud.graph.paths import check_path, find_paths
from graphfraud.graph.questions import checked
from graphfraud.model.ontology import ONTOLOGY, NodeKind, RelationshipKind
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import Snapshot, WorkspaceFolder

_FILL = "Fill it with graphfraud graph fill."
_SUM = "check graph"
_KINDS: tuple[NodeKind | RelationshipKind, ...] = (*NODE_KINDS, *EDGE_KINDS)


@dataclass(frozen=True)
class _Held:
    """What is open at the moment, and of what."""

    derived: Derived
    parts: tuple[Part, Part]
    graph: Graph


class EmbeddedStore:
    """One snapshot's graph in its workspace; see contract.Store for what each method does."""

    def __init__(self, workspace: WorkspaceFolder, snapshot: Snapshot) -> None:
        """Name the snapshot; nothing is opened yet."""
        self._workspace = workspace
        self._snapshot = snapshot
        self._folder = StoreFolder(workspace, snapshot.snapshot_id)
        self._stack = ExitStack()
        self._engine: Engine | None = None
        self._viewed: Derived | None = None
        self._held: _Held | None = None

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close every file and the engine."""
        self._let_go()
        self._stack.close()
        self._engine = None

    def fill(self, part: Part, progress: Progress = silent, *, rebuild: bool = False) -> bool:
        """Derive the adjacency from the snapshot's part."""
        self._check_part(part, of_run=False)
        derived = None if rebuild else self._folder.derived()
        if derived is None:
            self._let_go()
            self._folder.fill(part, progress)
        elif derived.checksum != part.checksum.text:
            raise StoreError("The store was filled from another version of this graph.", hint=AGAIN)
        return derived is None

    def publish(self, part: Part, progress: Progress = silent) -> bool:
        """Derive what the run adds, and show it in place of another run's."""
        self._check_part(part, of_run=True)
        derived = self._derived()
        if (derived.published, derived.run_checksum) == (part.folder.name, part.checksum.text):
            return False
        self._let_go()
        self._folder.publish(part, derived, progress)
        return True

    def published(self) -> str | None:
        """Read which run's part is shown."""
        held = self._now()
        return held.parts[1].run_id if held.derived.published else None

    def remove(self, progress: Progress = silent) -> None:
        """Remove what was derived; the part stays, which another store may be filled from."""
        progress("remove graph", 0, None)
        self._let_go()
        self._folder.remove()

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Ask each file how many rows it has."""
        rows = self._now().graph.rows
        return (
            {kind.name: rows.count(kind) for kind in NODE_KINDS},
            {kind.name: rows.count(kind) for kind in EDGE_KINDS},
        )

    def checksum(self, progress: Progress = silent) -> Checksum:
        """Read every file in full."""
        totals: dict[str, Total] = {}
        with self._views() as engine:
            for done, kind in enumerate(_KINDS):
                progress(_SUM, done, len(_KINDS))
                totals[kind.name] = total_of(engine, _view_of(kind), kind)
        progress(_SUM, len(_KINDS), len(_KINDS))
        return Checksum(
            {kind.name: totals[kind.name] for kind in NODE_KINDS},
            {kind.name: totals[kind.name] for kind in EDGE_KINDS},
        )

    def find(self, kind: str, identifier: str) -> Node | None:
        """Look the id up in the kind's file, which is sorted by id."""
        check_kind(kind)
        if not has_bytes(identifier):
            return None
        with self._views() as engine:
            names = {"rows": rows_of(ONTOLOGY.nodes[kind])}
            found = engine.arrays("graph/store_find", {"id": identifier}, names=names)["node"]
        return next(iter(self.nodes(found.tolist())), None)

    def nodes(self, numbers: Sequence[int]) -> tuple[Node, ...]:
        """Read their rows."""
        return tuple(self._now().graph.rows.nodes(numbers))

    def search(
        self, text: str, kinds: frozenset[str] | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Look through ids and names."""
        with self._views() as engine:
            names = self._folder.places(self._derived())[0] / NAMES
            found = dict(search(engine, names, text, kinds, limit))
        nodes = {node.number: node for node in self.nodes(list(found))}
        return tuple(Hit(nodes[number], how) for number, how in found.items())

    def neighbourhood(
        self, numbers: Sequence[int], *, only: Filter = EVERYTHING, hops: int = 1, cap: int = 50
    ) -> Subgraph:
        """Look around hop by hop."""
        check_expansion(hops, cap)
        return neighbourhood(self._now().graph, numbers, only, hops, cap)

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
        """Step from both ends until they meet."""
        check_path(longest)
        graph, ends = self._now().graph, (start, end)
        if len(graph.nodes_known(ends)) < len(set(ends)):
            return ()
        step = step_of(graph, only, ends)
        return find_paths(start, end, step, longest=longest, every=every, limit=limit)

    def ring(self, ring_id: str, *, claims: bool = False) -> Subgraph:
        """Return the ring, who and what belongs to it, and every tie."""
        node = self.find("Ring", ring_id)
        if node is None:
            raise no_ring(ring_id)
        return ring(self._now().graph, node.number, claims=claims)

    def ask(
        self, question: str, parameters: Mapping[str, Value] | None = None
    ) -> tuple[tuple[str, ...], list[tuple[Value | None, ...]]]:
        """Run the question's SQL file."""
        known, given = checked(question, parameters)
        with self._views() as engine:
            table = engine.arrow(known.statement, given)
        columns = [column.to_pylist() for column in table.columns]
        rows = [tuple(map(_plain, row)) for row in zip(*columns, strict=True)]
        return tuple(table.column_names), rows

    def _check_part(self, part: Part, *, of_run: bool) -> None:
        if part.snapshot_id != self._snapshot.snapshot_id or bool(part.run_id) is not of_run:
            whose = "a run on" if of_run else "the snapshot"
            raise StoreError(f"{part.folder} is not the graph of {whose} this store shows.")

    def _derived(self) -> Derived:
        derived = self._folder.derived()
        if derived is None:
            raise StoreError("The graph of this snapshot is not filled.", hint=_FILL)
        return derived

    def _now(self) -> _Held:
        """Return what is there now, opened anew where it has changed."""
        derived = self._derived()
        if self._held is None or self._held.derived != derived:
            self._let_go()
            parts = self._folder.parts(derived)
            places = self._folder.places(derived)
            adjacencies = [Adjacency.open(place / ADJACENCY) for place in places]
            self._held = _Held(derived, parts, Graph(adjacencies, PartRows(parts)))
        return self._held

    def _let_go(self) -> None:
        """Close the files, so that they can be replaced on every system."""
        if self._held:
            self._held.graph.rows.close()
        self._held = None

    @contextmanager
    def _views(self) -> Iterator[Engine]:
        """Give the engine with a view of every kind's file; its failures are the store's."""
        held = self._now()
        try:
            engine = self._opened()
            if self._viewed != held.derived:
                for kind in _KINDS:
                    _make_view(engine, kind, held.parts)
                self._viewed = held.derived
            yield engine
        except EngineError as error:
            raise StoreError(error.message, hint=error.hint or AGAIN) from error

    def _opened(self) -> Engine:
        if self._engine is None:
            spill = self._stack.enter_context(self._workspace.staging())
            engine = Engine(temporary=spill, limits=limits(), allowed=[self._workspace.path])
            self._engine = self._stack.enter_context(engine)
            self._viewed = None
            engine.run("macros/graph")
        return self._engine


def _view_of(kind: NodeKind | RelationshipKind) -> str:
    return rows_of(kind) if isinstance(kind, NodeKind) else f"edges_{kind.name.lower()}"


def _make_view(engine: Engine, kind: NodeKind | RelationshipKind, parts: tuple[Part, Part]) -> None:
    part, rows = parts[kind.of_findings], _view_of(kind)
    file = part.nodes(kind.name) if isinstance(kind, NodeKind) else part.edges(kind.name)
    engine.run("graph/part_rows", {"file": file}, names={"rows": rows, "file_of": f"{rows}_file"})


def _plain(value: object) -> Value | None:
    """Return a value as both stores return it: a sum of whole numbers is a whole number."""
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(cast("Decimal", value)) if whole else cast("Value | None", value)
