"""What the workspace keeps: feeds with their balance, snapshots, runs; and damage it finds.

Fields named `*_at` are UTC times for people to read; they live in the catalog alone and never
enter anything that is hashed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TableCount:
    """What became of the records of one table of a feed: in rows, and in fen.

    >>> TableCount(read=3, loaded=2, rejected=1, read_fen=30, loaded_fen=30).balanced()
    True
    """

    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    conflict: int = 0
    rejected: int = 0
    read_fen: int = 0
    loaded_fen: int = 0
    duplicate_fen: int = 0
    conflict_fen: int = 0
    rejected_fen: int = 0

    def balanced(self) -> bool:
        """Say whether read = loaded + duplicate + conflict + rejected, in rows and in fen."""
        rows = self.loaded + self.duplicate + self.conflict + self.rejected
        fen = self.loaded_fen + self.duplicate_fen + self.conflict_fen + self.rejected_fen
        return rows == self.read and fen == self.read_fen


@dataclass(frozen=True)
class Feed:
    """One delivered file as it was read: where it came from, what it gave, what it is made of.

    `size` counts bytes; `tables` maps a table to its balance, `reasons` a reject reason to rows,
    `files` a path inside the feed's folder (with `/`) to its SHA-256 in hex.
    """

    feed_id: str
    file_name: str
    sha256: str
    size: int
    format: str
    encoding: str = ""
    mapping: str = ""
    mapping_sha256: str = ""
    tables: Mapping[str, TableCount] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    loaded_at: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A set of feeds under one hash that does not depend on the order they came in."""

    snapshot_id: str
    name: str
    feed_ids: tuple[str, ...]
    created_at: str = ""


@dataclass(frozen=True)
class RunRecord:
    """One detection run: on which snapshot, with what, and the hash of what came out.

    `parameters` is JSON text; `files` maps a path inside the run's folder to its SHA-256.
    """

    run_id: str
    snapshot_id: str
    parameters: str
    seed: int
    tool_version: str
    result_hash: str
    files: Mapping[str, str] = field(default_factory=dict)
    created_at: str = ""


@dataclass(frozen=True)
class Damage:
    """A file that is not as it was published: `kind` is changed, missing or unexpected.

    >>> print(Damage("feeds/1/feed.json", "missing"))
    feeds/1/feed.json is missing
    """

    path: str
    kind: str

    def __str__(self) -> str:
        """Return it as half a sentence."""
        return f"{self.path} is {self.kind}"
