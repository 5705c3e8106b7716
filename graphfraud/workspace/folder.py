"""A workspace on disk: one folder, opened, asked and published to from here.

Truth is what the catalog lists; a folder without a row does not exist for any reader.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from graphfraud.errors import WorkspaceError
from graphfraud.model.keys import digest
from graphfraud.progress import Progress, silent
from graphfraud.workspace import judgements, ledger
from graphfraud.workspace.catalog import Catalog, newest_version
from graphfraud.workspace.durable import sync_folder, sync_tree
from graphfraud.workspace.faults import plain_errors
from graphfraud.workspace.inspect import damages, missing_or_resized
from graphfraud.workspace.judgements import Judgement
from graphfraud.workspace.publish import place_feed, place_run, seal_feed, whole_feed
from graphfraud.workspace.records import Damage, Feed, RunRecord, Snapshot
from graphfraud.workspace.staging import StagingArea

CATALOG = "catalog.sqlite"
_SHELVES = ("feeds", "runs", "snapshots", "tmp")
_LOAD_AGAIN = "Load the delivered file again: what is damaged is replaced."


class WorkspaceFolder:
    """Feeds, snapshots and runs under one folder; safe to use from several processes at once."""

    def __init__(self, path: Path) -> None:
        """Name the places; use `open` to get a workspace that is there and sound."""
        self.path = path
        self.tmp = path / "tmp"
        self._catalog = Catalog(path / CATALOG)
        self._area = StagingArea(self.tmp)

    @classmethod
    def open(
        cls, path: Path, *, create: bool = False, progress: Progress = silent
    ) -> "WorkspaceFolder":
        """Open the workspace at `path`, making it where asked; clears what killed processes left.

        WorkspaceError where it is missing, foreign, damaged, or newer than this tool.
        """
        workspace = cls(path.absolute())
        fresh = not (workspace.path / CATALOG).is_file()
        if fresh:
            workspace._check_may_create(allowed=create)
        with plain_errors(workspace.path):
            for shelf in _SHELVES:
                (workspace.path / shelf).mkdir(parents=True, exist_ok=True)
            workspace._area.clean()
            if fresh:
                workspace._place_catalog(progress)
            workspace._bring_forward(progress)
        return workspace

    def staging(self, progress: Progress = silent) -> AbstractContextManager[Path]:
        """Give an empty folder under `tmp/` for as long as the context lasts, then remove it.

        Everything temporary belongs into one, spill files as well: it is cleaned after a kill.
        """
        return self._area.fresh(progress)

    def publish_feed(self, staging: Path, feed: Feed, progress: Progress = silent) -> Feed:
        """Publish what `staging` holds as `feed`, whole or not at all; the same again is no news.

        Fills in `loaded_at` and `files`, where hashes taken while writing may stand already.
        Returns the feed as it stands in the catalog.
        """
        _check_name(feed.feed_id)
        with plain_errors(staging):
            sealed, files = seal_feed(staging, feed)
            with self._area.guard(progress):
                known = whole_feed(self.path, self._catalog, feed.feed_id)
                if known is None:
                    place_feed(self.path, self._catalog, staging, sealed, files)
        return known or sealed

    def already_loaded(self, feed_id: str, progress: Progress = silent) -> Feed | None:
        """Return the feed if it is here and whole to the last byte; None: load it.

        A feed that a killed load left unlisted is checked and taken over; a damaged one is None,
        and publishing it again replaces it.
        """
        _check_name(feed_id)
        with self._area.guard(progress):
            return whole_feed(self.path, self._catalog, feed_id)

    def feed(self, feed_id: str) -> Feed | None:
        """Return the feed as the catalog lists it, None where it is unknown."""
        return ledger.feed(self._catalog, feed_id)

    def feeds(self) -> list[Feed]:
        """Return every feed, by feed_id."""
        return ledger.feeds(self._catalog)

    def feed_folder(self, feed_id: str) -> Path:
        """Return where a feed's files lie."""
        return self.path / "feeds" / _check_name(feed_id)

    def snapshot(self, feed_ids: Iterable[str] | None = None, name: str = "") -> Snapshot:
        """Keep a set of feeds (None: all) under one hash, in whatever order they are given."""
        known = {feed.feed_id for feed in self.feeds()}
        chosen = sorted(known if feed_ids is None else set(feed_ids))
        if not chosen:
            raise WorkspaceError(f"{self.path} holds no feeds yet.", hint="Load files first.")
        if unknown := sorted(set(chosen) - known):
            raise WorkspaceError(f"Unknown feeds: {', '.join(unknown)}.", hint="Load them first.")
        snapshot = Snapshot(digest(*chosen), name, tuple(chosen), ledger.now())
        with self._area.guard():
            self._check_free(name, snapshot.snapshot_id)
            ledger.add_snapshot(self._catalog, snapshot)
        return self.get_snapshot(snapshot.snapshot_id)

    def snapshots(self) -> list[Snapshot]:
        """Return every snapshot, oldest first."""
        return ledger.snapshots(self._catalog)

    def get_snapshot(self, id_or_name: str) -> Snapshot:
        """Return a snapshot by its id or its name; WorkspaceError where there is none."""
        found = self.snapshots()
        for snapshot in found:
            if id_or_name in (snapshot.snapshot_id, snapshot.name or snapshot.snapshot_id):
                return snapshot
        there = ", ".join(snapshot.name or snapshot.snapshot_id for snapshot in found) or "none"
        raise WorkspaceError(f"No snapshot {id_or_name!r}.", hint=f"There are: {there}.")

    def snapshot_folder(self, snapshot_id: str) -> Path:
        """Return where what is derived from a snapshot may be cached; made where missing."""
        folder = self.path / "snapshots" / _check_name(snapshot_id)
        with plain_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def publish_run(self, staging: Path, run: RunRecord, progress: Progress = silent) -> RunRecord:
        """Publish a run's files; WorkspaceError where the same run once had another result."""
        _check_name(run.run_id)
        self.get_snapshot(run.snapshot_id)
        with plain_errors(staging):
            sync_tree(staging)
            with self._area.guard(progress):
                known = self._same_run(run)
                if known is not None:
                    return known
                stamped = replace(run, created_at=ledger.now())
                return place_run(self.path, self._catalog, staging, stamped)

    def runs(self) -> list[RunRecord]:
        """Return every run, newest first."""
        return ledger.runs(self._catalog)

    def run_folder(self, run_id: str) -> Path:
        """Return where a run's files lie."""
        return self.path / "runs" / _check_name(run_id)

    def judge(self, judgement: Judgement) -> Judgement:
        """Keep a judgement; returns it with its time. No file of any run is touched."""
        stamped = replace(judgement, judged_at=ledger.now())
        judgements.add(self._catalog, stamped)
        return stamped

    def judgements(self) -> list[Judgement]:
        """Return every judgement on any run's rings, the newest first."""
        return judgements.judgements(self._catalog)

    def check_feed_files(self, feed_ids: Iterable[str], *, hashed: bool = False) -> None:
        """Raise WorkspaceError naming the first file that is gone or has changed.

        Looks at sizes alone, unless `hashed` asks for every byte.
        """
        compare = damages if hashed else missing_or_resized
        for feed_id in sorted(set(feed_ids)):
            folder = f"feeds/{feed_id}"
            expected = ledger.files(self._catalog, folder)
            if not expected:
                raise WorkspaceError(f"Unknown feed: {feed_id}.", hint="Load it first.")
            with plain_errors(self.path / folder):
                for damage in compare(self.path, folder, expected):
                    raise WorkspaceError(f"{self.path}: {damage}.", hint=_LOAD_AGAIN)

    def verify(self, progress: Progress = silent) -> list[Damage]:
        """Read everything again; name each file that is changed, missing or unexpected."""
        with self._area.guard(progress):  # nobody is between rename and row while we look
            folders = ledger.folders(self._catalog)
            stray = sorted(self._present() - set(folders))
        found: list[Damage] = []
        for done, folder in enumerate(folders):
            progress("verify", done, len(folders))
            with plain_errors(self.path / folder):
                found += damages(self.path, folder, ledger.files(self._catalog, folder))
        progress("verify", len(folders), len(folders))
        return found + [Damage(folder, "unexpected") for folder in stray]

    def _present(self) -> set[str]:
        """Return every folder on the shelves of what is published, listed or not."""
        shelves = (self.path / shelf for shelf in ("feeds", "runs"))
        return {f"{shelf.name}/{path.name}" for shelf in shelves for path in _entries(shelf)}

    def _same_run(self, run: RunRecord) -> RunRecord | None:
        """Return the run as it was published before; None where it is new or damaged."""
        for known in self.runs():
            if known.run_id == run.run_id:
                break
        else:
            return None
        if known.result_hash != run.result_hash:
            raise WorkspaceError(
                f"Run {run.run_id} is not reproducible: its result was {known.result_hash}, "
                f"now it is {run.result_hash}.",
                hint="Report this: the same snapshot, parameters and seed must give one result.",
            )
        folder = f"runs/{run.run_id}"
        whole = not any(damages(self.path, folder, ledger.files(self._catalog, folder)))
        return known if whole else None

    def _check_free(self, name: str, snapshot_id: str) -> None:
        for snapshot in self.snapshots():
            if name and name == snapshot.name and snapshot_id != snapshot.snapshot_id:
                raise WorkspaceError(
                    f"The name {name!r} stands for snapshot {snapshot.snapshot_id} already.",
                    hint="Give another name.",
                )

    def _check_may_create(self, *, allowed: bool) -> None:
        if not allowed:
            raise WorkspaceError(
                f"{self.path} is no workspace.",
                hint="Give the folder of one, or load files to make it.",
            )
        with plain_errors(self.path):
            if self.path.exists() and _foreign(self.path):
                raise WorkspaceError(
                    f"{self.path} holds other things than a workspace.",
                    hint="Give an empty or a new folder.",
                )

    def _place_catalog(self, progress: Progress) -> None:
        """Make the catalog aside and rename it: one that is there is never half made."""
        with self._area.fresh(progress) as staging:
            Catalog(staging / CATALOG).migrate()
            with self._area.guard(progress):
                if not (self.path / CATALOG).exists():
                    for journal in ("-wal", "-shm"):  # of a lost catalog: not for the new one
                        (self.path / f"{CATALOG}{journal}").unlink(missing_ok=True)
                    (staging / CATALOG).rename(self.path / CATALOG)
        sync_folder(self.path)
        sync_folder(self.path.parent)

    def _bring_forward(self, progress: Progress) -> None:
        if self._catalog.version() < newest_version():
            with self._area.guard(progress):
                self._catalog.migrate()


def _foreign(path: Path) -> bool:
    names = (entry.name for entry in _entries(path))
    return any(name not in _SHELVES and not name.startswith(CATALOG) for name in names)


def _entries(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return iter(())
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _check_name(name: str) -> str:
    if not name.replace("-", "").replace("_", "").isalnum():
        raise WorkspaceError(f"{name!r} is no id.", hint="Copy the id from the list.")
    return name
