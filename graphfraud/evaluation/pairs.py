"""How well reported pairs agree with true ones: duplicate claims, or persons who are one.

Pairs are unordered. One expense billed three times is one true chain: whichever of its pairs are
reported, they are right, and what they link together is found.
"""

from collections.abc import Iterable

import networkx as nx
import pandas as pd

from graphfraud.evaluation.rates import rates

Pair = tuple[str, str]
Kinds = dict[Pair, frozenset[str]]


def pair_kinds(table: pd.DataFrame) -> Kinds:
    """Return each unordered pair with the kinds it is listed under.

    table: two columns of ids, then one of kinds. A pair of an id with itself is none.

    >>> found = pair_kinds(pd.DataFrame([("2", "1", "x"), ("1", "2", "y"), ("3", "3", "x")]))
    >>> {pair: sorted(kinds) for pair, kinds in found.items()}
    {('1', '2'): ['x', 'y']}
    """
    found: dict[Pair, set[str]] = {}
    for a, b, kind in table.itertuples(index=False, name=None):
        if a != b:
            found.setdefault((min(a, b), max(a, b)), set()).add(kind)
    return {pair: frozenset(kinds) for pair, kinds in found.items()}


def linked(pairs: Iterable[Pair], links: Iterable[Pair]) -> set[Pair]:
    """Return those pairs whose two ends the links connect, directly or through others.

    >>> linked([("a", "c"), ("a", "d")], [("a", "b"), ("b", "c")])
    {('a', 'c')}
    """
    parts = nx.connected_components(nx.Graph(sorted(links)))
    part_of = {name: number for number, part in enumerate(parts) for name in part}
    return {(a, b) for a, b in pairs if a in part_of and part_of[a] == part_of.get(b)}


class PairComparison:
    """Reported pairs beside true and honest ones.

    right: reported pairs inside one true chain. found: true pairs whose ends the right pairs link.
    honest: reported pairs that are listed as honest. The remaining reported pairs are false.
    """

    def __init__(self, reported: Kinds, planted: Kinds, honest: Kinds) -> None:
        """Compare once; the rows below only count."""
        self.reported, self.planted, self.listed = reported, planted, honest
        self.right = linked(reported, planted)
        self.found = linked(planted, self.right)
        self.honest = {pair for pair in reported if pair in honest} - self.right

    def row(self) -> dict[str, object]:
        """Return planted, found, reported, right, honest, false, precision, recall, f1."""
        return self._row(set(self.reported), set(self.planted))

    def by_kind(self) -> pd.DataFrame:
        """Return the same for each kind, without F1: its two halves count different things.

        planted, found and recall are those of the truth's kind, the others those of the kind that
        was reported. A pair may rightly be reported as another kind than it was planted as.
        """
        kinds = _kinds(self.planted) | _kinds(self.reported)
        rows = [
            {"kind": kind} | self._row(_of(self.reported, kind), _of(self.planted, kind))
            for kind in sorted(kinds)
        ]
        return pd.DataFrame(rows, columns=["kind", *self.row()]).drop(columns="f1")

    def _row(self, reported: set[Pair], planted: set[Pair]) -> dict[str, object]:
        right, honest, found = reported & self.right, reported & self.honest, planted & self.found
        counts = {"reported": len(reported), "right": len(right)}
        counts |= {"planted": len(planted), "found": len(found)}
        rest = {"honest": len(honest), "false": len(reported - right - honest)}
        return {**counts, **rest, **rates(**counts)}

    def honest_by_kind(self) -> pd.DataFrame:
        """Return kind, pairs, reported: honest pairs that look like duplicates, and were told."""
        rows = [
            (kind, len(_of(self.listed, kind)), len(_of(self.listed, kind) & self.honest))
            for kind in sorted(_kinds(self.listed))
        ]
        return pd.DataFrame(rows, columns=["kind", "pairs", "reported"])


def _of(kinds: Kinds, kind: str) -> set[Pair]:
    return {pair for pair, known in kinds.items() if kind in known}


def _kinds(kinds: Kinds) -> set[str]:
    return {kind for known in kinds.values() for kind in known}
