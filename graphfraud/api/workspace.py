"""A workspace as a caller uses it: load feeds, name snapshots, detect, read what was found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.api.claims import read_claim
from graphfraud.api.rejects import check_rejects, read_rejects
from graphfraud.api.results import Results
from graphfraud.api.status import Status
from graphfraud.errors import WorkspaceError
from graphfraud.progress import Progress, silent
from graphfraud.settings import DEFAULT_SEED, limits, workspace_path
from graphfraud.workspace import Damage, RunRecord, Snapshot, WorkspaceFolder

if TYPE_CHECKING:
    from loaders import LoadReport


def open_workspace(path: str | Path | None = None, *, create: bool = True) -> "Workspace":
    """Open the workspace at `path`, else $GRAPHFRAUD_WORKSPACE, else ./workspace.

    With `create` a missing one is made; without it WorkspaceError says that there is none.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     open_workspace(f"{folder}/case").status().tables
    {}
    """
    return Workspace(WorkspaceFolder.open(workspace_path(path), create=create))


class Workspace:
    """One folder of feeds, snapshots and runs; nothing in it is ever changed, only added.

    >>> from tempfile import TemporaryDirectory
    >>> from graphfraud.resources import bundled
    >>> delivery = bundled("sample_data") / "fixture" / "south" / "facilities.csv"
    >>> with TemporaryDirectory() as folder:
    ...     store = open_workspace(folder)
    ...     report = store.load(delivery)
    ...     again = store.load(delivery)
    >>> (report.read, report.loaded, report.rejected)
    (6, 6, 0)
    >>> again.feeds[0].already
    True
    """

    def __init__(self, folder: WorkspaceFolder) -> None:
        """Wrap an open folder; `open_workspace` is the usual way in."""
        self.folder = folder

    @property
    def path(self) -> Path:
        """Return the folder's path."""
        return self.folder.path

    def load(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        mapping: str | Path | None = None,
        as_of: date | None = None,
        max_rejects: float | None = None,
        progress: Progress = silent,
    ) -> "LoadReport":
        """Load files or folders of files; what is already there is not loaded again.

        `max_rejects`: below 1 a share, from 1 on a number of rows; RejectLimitError beyond it,
        with everything else kept. FeedError names files that cannot be read as a whole.
        """
        from loaders import load  # noqa: PLC0415  reading results needs no engine

        report = load(
            self.folder,
            _paths(paths),
            mapping=None if mapping is None else Path(mapping),
            as_of=as_of,
            progress=progress,
            limits=limits(),
        )
        if max_rejects is not None:
            check_rejects(report, max_rejects)
        return report

    def snapshot(self, name: str = "", feeds: Iterable[str] | None = None) -> Snapshot:
        """Name a set of feeds (None: all of them); its id does not depend on their order."""
        return self.folder.snapshot(feeds, name)

    def detect(
        self,
        out: str | Path | None = None,
        *,
        patterns: Sequence[str] | None = None,
        seed: int = DEFAULT_SEED,
        parameters: Mapping[str, str] | None = None,
        snapshot: str | None = None,
        progress: Progress = silent,
    ) -> Results:
        """Look for rings and duplicate claims; keep the run, and copy its files to `out`.

        `snapshot`: an id or a name; None takes every feed. The same snapshot, parameters and seed
        give the same bytes.
        """
        if out is not None:
            Path(out).mkdir(parents=True, exist_ok=True)  # so that a bad path fails at once
        from graphfraud.findings.detect import detect  # noqa: PLC0415  as in load

        chosen = self.snapshot() if snapshot is None else self.folder.get_snapshot(snapshot)
        run = detect(
            self.folder,
            snapshot=chosen,
            patterns=patterns,
            seed=seed,
            parameters=dict(parameters or {}),
            progress=progress,
        )
        results = self.results(run.run_id)
        if out is not None:
            results.save(out)
        return results

    def status(self) -> Status:
        """Return what the workspace holds."""
        folder = self.folder
        feeds, snapshots = tuple(folder.feeds()), tuple(folder.snapshots())
        return Status(folder.path, feeds, snapshots, tuple(folder.runs()))

    def rejects(self, feeds: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the rows that were not loaded, with record number, reason and raw text."""
        return read_rejects(self.folder, feeds)

    def claim(self, claim_id: str) -> pd.DataFrame:
        """Return each delivery of one claim as it was loaded: its columns, feed and record."""
        return read_claim(self.folder, claim_id)

    def verify(self, progress: Progress = silent) -> list[Damage]:
        """Hash every file again; return what is changed, missing or unexpected."""
        return self.folder.verify(progress)

    def runs(self) -> list[RunRecord]:
        """Return the runs, the newest first."""
        return self.folder.runs()

    def results(self, run_id: str | None = None) -> Results:
        """Return the results of a run (None: the newest); WorkspaceError where there is none."""
        known = [run.run_id for run in self.runs()]
        if run_id is None and known:
            return Results(self.folder.run_folder(known[0]))
        if run_id in known:
            return Results(self.folder.run_folder(run_id))
        missing = "no run yet" if run_id is None else f"no run {run_id!r}"
        raise WorkspaceError(
            f"{self.path} has {missing}.",
            hint="graphfraud detect makes one; graphfraud status lists them.",
        )


def _paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    given = [paths] if isinstance(paths, str | Path) else paths
    return [Path(path) for path in given]
