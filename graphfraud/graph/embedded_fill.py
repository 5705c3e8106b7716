"""Keeps on disk what the embedded store derives from graph parts, whole or not at all.

One folder beside the snapshot's part; `store.json` in it says of which parts it holds the
adjacency, and is replaced in one move. Everything in it can be made again.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import StoreError
from graphfraud.graph.embedded_adjacency import write_adjacency
from graphfraud.graph.embedded_rows import Numbering
from graphfraud.graph.part import Checksum, Part, Total, columns_of, read_part
from graphfraud.model.ontology import ONTOLOGY, NodeKind, RelationshipKind
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import WorkspaceFolder
from graphfraud.workspace.durable import remove_tree
from graphfraud.workspace.locks import locked

SHELF = "graph-1-store"
ABOUT = "store.json"
ADJACENCY = "adjacency"
NAMES = "names.parquet"
NO_RUN = "none"  # the empty part that stands where no run is published
_STAGE, _STEPS = "fill graph", 2
_TYPES = {
    "text": pa.string(), "integer": pa.int64(), "float": pa.float64(),
    "time": pa.timestamp("us"), "date": pa.date32(),
}  # fmt: skip


@dataclass(frozen=True)
class Derived:
    """What a store's folder holds: the snapshot's part and the published run's, and what they sum.

    part, published: names of the parts' folders beside the store's own, "" where no run is
    published; checksum, run_checksum: theirs when they were derived from.
    """

    part: str
    checksum: str
    published: str = ""
    run_checksum: str = ""


class StoreFolder:
    """The folder of one snapshot's store."""

    def __init__(self, workspace: WorkspaceFolder, snapshot_id: str) -> None:
        """Name the places; nothing is made yet."""
        self._workspace = workspace
        self._beside = workspace.snapshot_folder(snapshot_id)
        self._folder = self._beside / SHELF

    def derived(self) -> Derived | None:
        """Return what it holds; None where nothing is filled."""
        try:
            about = json.loads((self._folder / ABOUT).read_text(encoding="utf-8"))
            return Derived(**about)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(
                f"{self._folder / ABOUT} cannot be read: {error}.",
                hint="Run graphfraud graph fill --rebuild.",
            ) from error

    def parts(self, derived: Derived) -> tuple[Part, Part]:
        """Return the snapshot's part and the run's, an empty one where none is published."""
        part = read_part(self._beside / derived.part)
        if derived.published:
            return part, read_part(self._beside / derived.published)
        nothing = {kind.name: Total() for kind in ONTOLOGY.nodes.values() if kind.of_findings}
        empty = Checksum(nothing, {})
        return part, Part(self._folder / NO_RUN, part.snapshot_id, NO_RUN, empty)

    def places(self, derived: Derived) -> list[Path]:
        """Return the folders of what was derived from each filled part."""
        return [self._folder / name for name in (derived.part, derived.published) if name]

    def fill(self, part: Part, progress: Progress = silent) -> None:
        """Derive everything from the snapshot's part, in place of what is there."""
        with self._workspace.staging() as staging:
            _write_nothing(staging / NO_RUN)
            self._derive(part, [part], staging / part.folder.name, progress)
            _write(staging / ABOUT, Derived(part.folder.name, part.checksum.text))
            self._place(staging, self._folder)

    def publish(self, part: Part, derived: Derived, progress: Progress = silent) -> None:
        """Derive what a run adds, and show it in place of another run's."""
        name, base = part.folder.name, read_part(self._beside / derived.part)
        with self._workspace.staging() as staging:
            self._derive(part, [base, part], staging / name, progress)
            self._place(staging / name, self._folder / name)
            about = Derived(derived.part, derived.checksum, name, part.checksum.text)
            _write(staging / ABOUT, about)
            (staging / ABOUT).replace(self._folder / ABOUT)
        if derived.published not in {"", name}:
            with suppress(OSError):  # another reader holds it open: it stays until the next fill
                remove_tree(self._folder / derived.published)

    def remove(self) -> None:
        """Remove the store's folder; the parts stay, which others are filled from too."""
        with self._workspace.staging() as staging:
            self._give_up(self._folder, staging)

    def _place(self, made: Path, target: Path) -> None:
        """Move what was made to its place; of two processes the later one's stays."""
        lock = self._beside / f"{SHELF}.lock"
        with self._workspace.staging() as old, locked(lock):
            self._give_up(target, old)
            made.rename(target)

    def _give_up(self, folder: Path, staging: Path) -> None:
        if folder.exists():
            folder.rename(staging / folder.name)

    def _derive(self, part: Part, parts: Sequence[Part], folder: Path, progress: Progress) -> None:
        folder.mkdir()
        with self._workspace.staging() as spill:
            allowed = [self._workspace.path]
            with Engine(temporary=spill, limits=limits(), allowed=allowed) as engine:
                engine.run("graph/store_begin")
                progress(_STAGE, 0, _STEPS)
                if not part.run_id:  # no kind of finding has a name beside its id
                    _write_names(engine, part, folder)
                progress(_STAGE, 1, _STEPS)
                _write_adjacency(engine, part, Numbering(parts), folder)
                progress(_STAGE, _STEPS, _STEPS)


def _write(path: Path, derived: Derived) -> None:
    path.write_text(json.dumps(asdict(derived), indent=1, sort_keys=True), encoding="utf-8")


def _write_names(engine: Engine, part: Part, folder: Path) -> None:
    for kind in part.node_kinds():
        if kind.caption:
            parameters = {"file": part.nodes(kind.name), "kind": kind.order}
            engine.run("graph/store_names", parameters, names={"name": kind.caption})
    engine.run("graph/store_names_write", {"target": folder / NAMES})


def _write_adjacency(engine: Engine, part: Part, numbering: Numbering, folder: Path) -> None:
    engine.register("node_ranges", numbering.table())
    rows = "store_edges"
    for kind in part.edge_kinds():
        before, rows = rows, f"store_edges_{kind.order}"
        names = {
            "before": before,
            "rows": rows,
            "file_of": f"{rows}_file",
            "kind_of": f"{rows}_kind",
            "dated": "time" if kind.time else "no_time() AS time",
            "weighed": f"{f'as_weight({kind.weight})' if kind.weight else 'no_weight()'} AS weight",
        }
        parameters = {"file": part.edges(kind.name), "kind": kind.order}
        engine.run("graph/store_edges", parameters, names=names)
    batches = engine.batches("graph/store_adjacency", names={"rows": rows})
    write_adjacency(batches, folder / ADJACENCY)


def _write_nothing(folder: Path) -> None:
    """Write the files of a run's part without a row in them."""
    part = Part(folder, "", NO_RUN, Checksum({}, {}))
    for node in part.node_kinds():
        _write_empty(part.nodes(node.name), node)
    for edge in part.edge_kinds():
        _write_empty(part.edges(edge.name), edge)


def _write_empty(path: Path, kind: NodeKind | RelationshipKind) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([(one.name, _TYPES[one.type]) for one in columns_of(kind)])
    pq.write_table(schema.empty_table(), path)
