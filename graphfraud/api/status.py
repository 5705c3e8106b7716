"""What a workspace holds, in counts: feeds, rows by table, snapshots, runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graphfraud.workspace import Feed, RunRecord, Snapshot


@dataclass(frozen=True)
class TableTotal:
    """The rows of one canonical table over every feed, by what became of them."""

    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    conflict: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Status:
    """A workspace at a glance; feeds sorted by id, runs with the newest first."""

    path: Path
    feeds: tuple[Feed, ...]
    snapshots: tuple[Snapshot, ...]
    runs: tuple[RunRecord, ...]

    @property
    def tables(self) -> dict[str, TableTotal]:
        """Return each table's rows over every feed, sorted by table."""
        names = sorted({name for feed in self.feeds for name in feed.tables})
        return {name: _total(self.feeds, name) for name in names}


def _total(feeds: Iterable[Feed], name: str) -> TableTotal:
    counts = [feed.tables[name] for feed in feeds if name in feed.tables]
    return TableTotal(
        sum(count.read for count in counts),
        sum(count.loaded for count in counts),
        sum(count.duplicate for count in counts),
        sum(count.conflict for count in counts),
        sum(count.rejected for count in counts),
    )
