"""What an analyst does beside detecting: compare runs, take graphs to compute on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.api.history import History
from graphfraud.api.results import Results
from graphfraud.progress import Progress, silent
from graphfraud.settings import DEFAULT_SEED
from graphfraud.workspace import Snapshot

if TYPE_CHECKING:
    from graphfraud.api.comparison import Comparison
    from graphfraud.api.projection import Projection


class Analysis(History):
    """The part of a workspace that reads what is there; see workspace.Workspace."""

    @property
    def path(self) -> Path:
        """Return the folder's path."""
        return self.folder.path

    def project(
        self,
        nodes: Sequence[str] = (),
        relationships: Sequence[str] = (),
        *,
        weight: str = "count",
        through: str | None = None,
        snapshot: str | None = None,
        progress: Progress = silent,
    ) -> "Projection":
        """Return kinds of nodes and relationships of the knowledge graph as one undirected graph.

        weight: a property, count or none; through: a kind to fold away, whose nodes then are what
        ties others. No nodes: those at the ends; no relationships: all between the nodes.
        """
        from graphfraud.api.projection import project  # noqa: PLC0415  as in load
        from graphfraud.graph.projection import snapshot_part  # noqa: PLC0415  as in load
        from graphfraud.graph.slice import asked_for  # noqa: PLC0415  as in load

        asked = asked_for(nodes, relationships, weight=weight, through=through)
        return project(snapshot_part(self.folder, self._chosen(snapshot), progress), asked)

    def validated_ties(
        self,
        pattern: str,
        *,
        seed: int = DEFAULT_SEED,
        parameters: Mapping[str, str] | None = None,
        snapshot: str | None = None,
        progress: Progress = silent,
    ) -> "Projection":
        """Run one pattern and return all its ties that beat chance, in groups or not."""
        from graphfraud.api.ties import validated_ties  # noqa: PLC0415  as in load

        return validated_ties(
            self.folder,
            self._chosen(snapshot),
            pattern,
            seed=seed,
            parameters=dict(parameters or {}),
            progress=progress,
        )

    def run_table(self) -> pd.DataFrame:
        """Return a row a run, the newest first: when, snapshot, patterns, leads, seed."""
        from graphfraud.api.run_list import run_table  # noqa: PLC0415  as in load

        return run_table(self.folder)

    def compare(self, a: "str | Path | Results", b: "str | Path | Results") -> "Comparison":
        """Compare two runs, each named by its id or by a folder of results."""
        from graphfraud.api.comparison import compare_results  # noqa: PLC0415  as in load

        feeds = {one.snapshot_id: one.feed_ids for one in self.folder.snapshots()}
        return compare_results(self._run_of(a), self._run_of(b), feeds)

    def _run_of(self, one: "str | Path | Results") -> Results:
        """Return a run by its id, else the results that lie in a folder."""
        if isinstance(one, Results):
            return one
        is_folder = str(one) not in {run.run_id for run in self.runs()} and Path(one).is_dir()
        return Results(one) if is_folder else self.results(str(one))

    def _chosen(self, snapshot: str | None) -> Snapshot:
        return self.folder.snapshot() if snapshot is None else self.folder.get_snapshot(snapshot)
