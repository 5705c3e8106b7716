"""Judgements on the rings of a run: those given on them, and on earlier forms of them.

A judgement stays attached as a ring descends from the one it was given on (api.descent): it says
how many of the members it was given on are still in the ring. It never touches a result.
"""

from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd

from graphfraud.api.descent import Parents, parents
from graphfraud.api.lineage import rings_of
from graphfraud.api.results import Results
from graphfraud.errors import WorkspaceError
from graphfraud.evaluation.groups import Groups
from graphfraud.workspace import Judgement

COLUMNS = (
    *("ring_id", "verdict", "reason", "judged_by", "judged_at"),
    *("given_on", "given_in", "members_then", "members_same", "members_now"),
)


def judged(
    results: Results, given: Sequence[Judgement], read: Callable[[str], Results]
) -> pd.DataFrame:
    """Return a row for each ring and judgement that is attached to it, the newest first.

    given: newest first; read: the results of a run by its id. ring_id: of this run; given_on,
    given_in: the ring and the run it was given on; members_then of that ring, members_same of them
    still in this one, which has members_now.
    """
    now = rings_of(results)

    @cache
    def before(run: str) -> Parents:
        return parents(_rings(run, given, read), now)

    rows = [
        (ring, one.verdict, one.reason, one.judged_by, one.judged_at, one.ring_id, one.run_id,
         len(one.members), len(one.members & now[ring]), len(now[ring]))
        for one in given
        for ring, earlier in before(one.run_id).items()
        if one.ring_id in earlier
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rings(run: str, given: Sequence[Judgement], read: Callable[[str], Results]) -> Groups:
    """Return the rings of a run; where its files cannot be read, those that were judged."""
    try:
        return rings_of(read(run))
    except WorkspaceError:
        return {one.ring_id: one.members for one in given if one.run_id == run}
