"""One delivered file on its way into the workspace: kept as it came, read, typed, published."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import FeedError
from graphfraud.model.keys import digest
from graphfraud.settings import Limits
from graphfraud.workspace import Feed, WorkspaceFolder
from loaders.columnar import read_parquet
from loaders.delimited import Layout, read_delimited
from loaders.layouts import RecognisedLayout
from loaders.mapping import Mapping, read_mapping
from loaders.neo4j_mapping import GraphMapping, GraphSource
from loaders.neo4j_records import read_graph_records
from loaders.records import Records
from loaders.report import FeedOutcome
from loaders.spreadsheet import read_spreadsheet
from loaders.typing_steps import type_records

FORMAT_VERSION = "1"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Reading:
    """How the files of one call are read."""

    as_of: date
    limits: Limits
    mapping: Mapping | GraphMapping

    @classmethod
    def prepare(cls, mapping: Path | None, as_of: date | None, limits: Limits) -> "Reading":
        """Read the mapping and settle the day; MappingError where the mapping is faulty."""
        day = as_of or date.today()  # noqa: DTZ011 - times of claims are local
        return cls(day, limits, Mapping() if mapping is None else read_mapping(mapping))

    def layout(self, file_name: str) -> Layout | GraphSource:
        """Return how a file of this name is laid out."""
        return self.mapping.layout(file_name) or RecognisedLayout(file_name)

    def mapping_for(self, file_name: str) -> Mapping | GraphMapping:
        """Return the mapping where it says how to read a file of this name, else an empty one."""
        return self.mapping if self.mapping.layout(file_name) else Mapping()


@dataclass(frozen=True)
class Delivered:
    """A delivered file as it lies in staging."""

    path: Path
    sha256: str
    size: int

    def feed_id(self, mapping: Mapping | GraphMapping, as_of: date | None = None) -> str:
        """Return the id of the feed that the file makes when read through `mapping`.

        as_of: the day of loading, where it decided what became of a row; an id names one content.
        """
        day = [] if as_of is None else [as_of.isoformat()]
        return digest(self.sha256, mapping.sha256, FORMAT_VERSION, *day)

    def known(self, workspace: WorkspaceFolder, mapping: Mapping | GraphMapping) -> Feed | None:
        """Return the feed that the file made before, on whatever day, or None."""
        feed = workspace.already_loaded(self.feed_id(mapping))
        file = (self.sha256, mapping.sha256)
        dated = (f for f in workspace.feeds() if (f.sha256, f.mapping_sha256) == file)
        return feed or next(
            (one for one in dated if workspace.already_loaded(one.feed_id) is not None), None
        )


def load_file(
    workspace: WorkspaceFolder, file: Path, reading: Reading, tick: Callable[[float], None]
) -> FeedOutcome:
    """Load one file; FeedError where it cannot be read as a whole.

    tick: called with the share of the work that is done, as measured on large CSV files.
    """
    with workspace.staging() as staging, workspace.staging() as work:
        delivered = _keep(file, staging / "source")
        tick(0.1)
        known = delivered.known(workspace, reading.mapping_for(file.name))
        if known is not None:
            return FeedOutcome(known, already=True)
        feed = _read(delivered, staging, work, reading, tick)
        tick(0.95)
        return FeedOutcome(workspace.publish_feed(staging, feed))


def _keep(file: Path, folder: Path) -> Delivered:
    """Copy the delivered file, hashing what is copied, so that what is read is what is kept."""
    folder.mkdir()
    state, size, target = hashlib.sha256(), 0, folder / file.name
    try:
        with file.open("rb") as stream, target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                state.update(chunk)
                size += len(chunk)
                out.write(chunk)
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise FeedError(
            f"{file} cannot be read: {error.strerror}.", hint="Check the path."
        ) from error
    return Delivered(target, state.hexdigest(), size)


def _read(
    delivered: Delivered, staging: Path, work: Path, reading: Reading, tick: Callable[[float], None]
) -> Feed:
    name = delivered.path.name
    mapping = reading.mapping_for(name)
    kind, sources = _sources(delivered.path, work, reading.layout(name))
    tick(0.3)
    with Engine(temporary=work, limits=reading.limits, allowed=[staging]) as engine:
        outcome = type_records(engine, sources, staging, reading.as_of)
    notes = [note for source in sources for note in source.notes]
    day = reading.as_of if "date_future" in outcome.reasons else None
    notes += [] if day is None else [f"times after {day} are refused as future"]
    return Feed(
        feed_id=delivered.feed_id(mapping, day),
        file_name=name,
        sha256=delivered.sha256,
        size=delivered.size,
        format=kind,
        encoding=sources[0].encoding,
        mapping=mapping.name,
        mapping_sha256=mapping.sha256,
        tables=outcome.tables,
        reasons=dict(sorted(outcome.reasons.items())),
        notes=tuple(dict.fromkeys(notes)),
    )


def _sources(path: Path, work: Path, layout: Layout | GraphSource) -> tuple[str, list[Records]]:
    """Return the format of the file, from its first bytes, and its records."""
    if isinstance(layout, GraphSource):
        return "neo4j", [read_graph_records(path, layout, work)]
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04":
        return "xlsx", read_spreadsheet(path, path.name, layout, work)
    if start == b"PAR1":
        return "parquet", [read_parquet(path, path.name, layout, work)]
    return "csv", [read_delimited(path, path.name, layout, work)]
