"""A workspace as a caller uses it: load feeds, name snapshots, detect, read what was found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.api.analysis import Analysis
from graphfraud.api.claims import read_claim
from graphfraud.api.rejects import check_rejects, read_rejects
from graphfraud.api.results import Results
from graphfraud.api.status import Status
from graphfraud.progress import Progress, silent
from graphfraud.settings import DEFAULT_SEED, limits, workspace_path
from graphfraud.workspace import Damage, Snapshot, WorkspaceFolder

if TYPE_CHECKING:
    from graphfraud.api.graph import Checked, Filled
    from graphfraud.graph.contract import Store
    from graphfraud.graph.import_files import ImportPlan
    from graphfraud.graph.neo4j.doctor import Finding
    from graphfraud.graph.neo4j.server import LocalServer
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


class Workspace(Analysis):
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

        Instead of paths the URI of a Neo4j server: its graph is read as `mapping` says.
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

        chosen = self._chosen(snapshot)
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

    def graph(self, store: str = "embedded", snapshot: str | None = None) -> "Store":
        """Return a graph store on a snapshot (None: every feed), to be used as a context manager.

        `store`: embedded, local, neo4j or a URI; see graphfraud.api.graph. Fill it first.
        """
        from graphfraud.api.graph import open_graph  # noqa: PLC0415  as in load

        return open_graph(self.folder, store, self._chosen(snapshot))

    def fill_graph(
        self,
        store: str = "embedded",
        *,
        snapshot: str | None = None,
        run: str | None = None,
        rebuild: bool = False,
        progress: Progress = silent,
    ) -> "Filled":
        """Fill a graph store with a snapshot's graph and a run's findings (None: the newest's)."""
        from graphfraud.api.graph import fill_graph  # noqa: PLC0415  as in load

        chosen = self._chosen(snapshot)
        return fill_graph(self.folder, store, chosen, run=run, rebuild=rebuild, progress=progress)

    def check_graph(
        self, store: str = "embedded", *, snapshot: str | None = None, progress: Progress = silent
    ) -> "Checked":
        """Read a graph store in full and compare it with the workspace's files."""
        from graphfraud.api.graph import check_graph  # noqa: PLC0415  as in load

        return check_graph(self.folder, store, self._chosen(snapshot), progress)

    def write_import_files(
        self,
        out: str | Path,
        *,
        snapshot: str | None = None,
        run: str | None = None,
        progress: Progress = silent,
    ) -> "ImportPlan":
        """Write the graph as files for `neo4j-admin database import` into the folder `out`."""
        from graphfraud.api.graph import write_import_files  # noqa: PLC0415  as in load

        chosen = self._chosen(snapshot)
        return write_import_files(self.folder, Path(out), chosen, run=run, progress=progress)

    def examine(
        self, store: str = "neo4j", *, snapshot: str | None = None, progress: Progress = silent
    ) -> "list[Finding]":
        """Examine a Neo4j server: version, sign-in, encryption, LOAD CSV, constraints, the graph.

        An empty workspace has no graph to compare; everything else is looked at.
        """
        from graphfraud.api.graph import examine_server  # noqa: PLC0415  as in load

        chosen = self._chosen(snapshot) if self.folder.feeds() else None
        return examine_server(self.folder, store, chosen, progress)

    def neo4j_server(self, port: int = 7687) -> "LocalServer":
        """Return the workspace's own Neo4j server, not yet started; it needs Java and Maven."""
        from graphfraud.api.graph import server_home  # noqa: PLC0415  as in load
        from graphfraud.graph.neo4j.server import LocalServer  # noqa: PLC0415  as in load

        return LocalServer(server_home(self.folder), port=port)

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


def _paths(paths: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)
