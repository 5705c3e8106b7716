"""One delivered file on its way into the workspace: kept as it came, read, typed, published."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import FeedError
from graphfraud.model.keys import digest
from graphfraud.settings import Limits
from graphfraud.workspace import Feed, WorkspaceFolder
from loaders.delimited import Layout, read_delimited
from loaders.layouts import RecognisedLayout
from loaders.records import Records
from loaders.report import FeedOutcome
from loaders.typing_steps import type_records

FORMAT_VERSION = "1"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Reading:
    """How the files of one call are read."""

    as_of: date
    limits: Limits

    @classmethod
    def prepare(cls, mapping: Path | None, as_of: date | None, limits: Limits) -> "Reading":
        """Read the mapping and settle the day."""
        del mapping
        return cls(as_of or date.today(), limits)  # noqa: DTZ011 - times of claims are local

    def layout(self, file_name: str) -> Layout:
        """Return how a file of this name is laid out."""
        return RecognisedLayout(file_name)


@dataclass(frozen=True)
class Delivered:
    """A delivered file as it lies in staging."""

    path: Path
    sha256: str
    size: int

    @property
    def feed_id(self) -> str:
        """Return the id of the feed that the file makes."""
        return digest(self.sha256, "", FORMAT_VERSION)


def load_file(workspace: WorkspaceFolder, file: Path, reading: Reading) -> FeedOutcome:
    """Load one file; FeedError where it cannot be read as a whole."""
    with workspace.staging() as staging, workspace.staging() as work:
        delivered = _keep(file, staging / "source")
        known = workspace.already_loaded(delivered.feed_id)
        if known is not None:
            return FeedOutcome(known, already=True)
        feed = _read(delivered, staging, work, reading)
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


def _read(delivered: Delivered, staging: Path, work: Path, reading: Reading) -> Feed:
    name = delivered.path.name
    sources = _sources(delivered.path, work, reading)
    with Engine(temporary=work, limits=reading.limits, allowed=[staging]) as engine:
        outcome = type_records(engine, iter(sources), staging, reading.as_of)
    notes = [note for source in sources for note in source.notes]
    return Feed(
        feed_id=delivered.feed_id,
        file_name=name,
        sha256=delivered.sha256,
        size=delivered.size,
        format="csv",
        encoding=sources[0].encoding,
        tables=outcome.tables,
        reasons=dict(sorted(outcome.reasons.items())),
        notes=(*notes, f"times after {reading.as_of} are refused as future"),
    )


def _sources(path: Path, work: Path, reading: Reading) -> Sequence[Records]:
    return [read_delimited(path, path.name, reading.layout(path.name), work)]
