"""What became of the rings of an earlier run: born, grown, shrunk, merged, split, gone.

Computed when it is read, from two runs' files: what a run found must not depend on what was found
before it, so nothing of this is written into a run.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from graphfraud.api.descent import Parents, parents
from graphfraud.api.results import Results
from graphfraud.evaluation.groups import Entity, Groups, gathered, persons_only

EVENTS = ("born", "unchanged", "grown", "shrunk", "changed", "merged", "split")
COLUMNS = ("ring_id", "event", "earlier", "joined", "left", "kept")
GONE = ("ring_id", "pattern", "status", "rank", "n_persons", "fund_amount")
NOBODY: frozenset[Entity] = frozenset()


@dataclass(frozen=True)
class Lineage:
    """The rings of a run beside those of an earlier one (earlier_run is '' where there is none).

    rings: ring_id, event (born, unchanged, grown, shrunk, changed, merged, split), earlier (ids of
    the earlier rings, parted by ';'), and how many persons joined, left and stayed. gone: rings of
    the earlier run that nothing descends from; amounts in fen.
    """

    run: str
    earlier_run: str
    rings: pd.DataFrame
    gone: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rings each event befell, and how many are gone."""
        found = self.rings["event"].value_counts()
        return {event: int(found.get(event, 0)) for event in EVENTS} | {"gone": len(self.gone)}


def lineage_of(run: str, results: Results, earlier_run: str, earlier: Results | None) -> Lineage:
    """Return the lineage of a run's rings; without an earlier run there is nothing to tell."""
    if earlier is None:
        empty = pd.DataFrame(columns=list(COLUMNS))
        return Lineage(run, "", empty, pd.DataFrame(columns=list(GONE)))
    before, after = rings_of(earlier), rings_of(results)
    known = parents(before, after)
    followed = {one for ones in known.values() for one in ones}
    gone = earlier.rings[~earlier.rings["ring_id"].isin(followed)]
    table = pd.DataFrame(_rows(known, before, after), columns=list(COLUMNS))
    return Lineage(run, earlier_run, table, gone[list(GONE)].reset_index(drop=True))


def rings_of(results: Results) -> Groups:
    """Return the members of each ring of a run."""
    return gathered(results.members, "ring_id", results.rings["ring_id"])


def _rows(known: Parents, before: Groups, after: Groups) -> Iterable[tuple[object, ...]]:
    children = Counter(one for ones in known.values() for one in ones)
    were, are = persons_only(before), persons_only(after)
    for ring, ones in known.items():
        old = NOBODY.union(*(were.get(one, NOBODY) for one in ones))
        new = are.get(ring, NOBODY)
        joined, left = len(new - old), len(old - new)
        divided = any(children[one] > 1 for one in ones)
        event = _event(len(ones), joined, left, divided=divided)
        yield ring, event, ";".join(ones), joined, left, len(old & new)


def _event(earlier: int, joined: int, left: int, *, divided: bool) -> str:
    """Return what befell a ring with so many earlier ones; divided: one went into several.

    >>> _event(0, 5, 0, divided=False), _event(2, 0, 0, divided=True)
    ('born', 'merged')
    """
    if earlier != 1:
        return "merged" if earlier else "born"
    if divided:
        return "split"
    if joined == left:
        return "changed" if joined else "unchanged"
    return "grown" if joined > left else "shrunk"
