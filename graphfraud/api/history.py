"""The history of rings over the runs of a workspace, and what people say of them."""

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.api.results import Results
from graphfraud.errors import WorkspaceError
from graphfraud.evaluation.groups import gathered
from graphfraud.workspace import Judgement, RunRecord, WorkspaceFolder

if TYPE_CHECKING:
    from graphfraud.api.lineage import Lineage


class History:
    """The part of a workspace that follows rings from run to run; see workspace.Workspace."""

    folder: WorkspaceFolder

    def runs(self) -> list[RunRecord]:
        """Return the runs, the newest first."""
        return self.folder.runs()

    def results(self, run_id: str | None = None) -> Results:
        """Return the results of a run (None: the newest); WorkspaceError where there is none."""
        return Results(self.folder.run_folder(self._run(run_id).run_id))

    def earlier_run(self, run_id: str | None = None) -> str:
        """Return the run that a run is compared with, '' where there is none.

        It is the newest one before it that looked for the same patterns in other data: a second
        look at the same data tells nothing of a ring's life. Only where there is no such run, it is
        the newest one before it with the same patterns.
        """
        runs = self.runs()
        run = self._run(run_id)
        before = runs[runs.index(run) + 1 :]
        alike = [one for one in before if _patterns(one) == _patterns(run)]
        other = [one for one in alike if one.snapshot_id != run.snapshot_id]
        return next((one.run_id for one in other or alike), "")

    def lineage(self, run_id: str | None = None, since: str | None = None) -> "Lineage":
        """Return what became of the rings of `since` (None: earlier_run) in a run (None: newest).

        Every ring of the run is born, unchanged, grown, shrunk, changed, merged or split; those
        that are gone stand beside them.
        """
        from graphfraud.api.lineage import lineage_of  # noqa: PLC0415  as in load

        run = self._run(run_id).run_id
        earlier = self.earlier_run(run) if since is None else self._run(since).run_id
        results = self.results(earlier) if earlier else None
        return lineage_of(run, self.results(run), earlier, results)

    def judge(
        self,
        ring_id: str,
        verdict: str,
        reason: str,
        *,
        run_id: str | None = None,
        judged_by: str | None = None,
    ) -> Judgement:
        """Keep what a person says of a ring: confirmed, excluded or unsure, and why.

        ring_id may be the beginning of one; run_id None is the newest run; judged_by None is the
        name of the account. Judgements are only added; of several the newest counts. UsageError
        where the ring is unknown, the verdict is none of the three, or a reason is missing.
        """
        run = self._run(run_id).run_id
        results = self.results(run)
        ring = results.whole_id(ring_id)
        members = gathered(results.members, "ring_id", [ring])[ring]
        who = account() if judged_by is None else judged_by
        return self.folder.judge(Judgement(ring, run, verdict, reason, who, members))

    def judgements(self, run_id: str | None = None) -> pd.DataFrame:
        """Return the judgements on the rings of a run (None: the newest), the newest first.

        One that was given on an earlier form of a ring stays attached: members_same of its
        members_then are in the ring.
        """
        from graphfraud.api.judging import judged  # noqa: PLC0415  as in load

        return judged(self.results(run_id), self.folder.judgements(), self.results)

    def _run(self, run_id: str | None) -> RunRecord:
        runs = self.runs()
        for run in runs:
            if run_id in (None, run.run_id):
                return run
        missing = "no run yet" if run_id is None else f"no run {run_id!r}"
        raise WorkspaceError(
            f"{self.folder.path} has {missing}.",
            hint="graphfraud detect makes one; graphfraud status lists them.",
        )


def account() -> str:
    """Return the name of the account, as who judges where nobody else is named."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return Path.home().name or "unknown"


def _patterns(run: RunRecord) -> list[str]:
    return sorted(json.loads(run.parameters))
