"""Two runs side by side: which rings are in both, who joined or left, and why runs may differ.

Rings are the same where their ids are, or else partners one to one with the highest total Jaccard
index of persons (Jaccard 1901), from one half on: then they share more than either has of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from graphfraud.api.results import Results
from graphfraud.evaluation.groups import Entity, Groups, gathered, overlaps, persons_only
from graphfraud.evaluation.matching import matched

SAME_FROM = 0.5
BOTH, ONLY_A, ONLY_B = "both", "only_a", "only_b"
JUDGED = ("pattern", "status", "rank", "fund_amount", "total_amount")
ABOUT = ("snapshot_id", "tool_version", "seed")
Pair = tuple[str, str, float]  # ring of A or "", ring of B or "", Jaccard


@dataclass(frozen=True)
class Comparison:
    """What two runs have in common, as tables; amounts in fen, `_a` and `_b` say whose.

    rings: found_in (both, only_a, only_b), ring_id_a, ring_id_b, jaccard of persons, joined, left,
    changed, and pattern, status, rank, fund_amount, total_amount of each side. members: who moved,
    `joined` (in B alone) or `left`, of rings in both. parameters: those that differ. snapshot:
    version, seed, kept rows of each table, as far as they differ. feeds: those of one side alone.
    """

    run_a: str
    run_b: str
    rings: pd.DataFrame
    members: pd.DataFrame
    parameters: pd.DataFrame
    snapshot: pd.DataFrame
    feeds: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rings are in both, in A or B alone, and in both but changed."""
        found = self.rings["found_in"].value_counts()
        sides = {side: int(found.get(side, 0)) for side in (BOTH, ONLY_A, ONLY_B)}
        return sides | {"changed": int(self.rings["changed"].sum())}


def compare_results(
    a: Results, b: Results, feeds: Mapping[str, Iterable[str]] | None = None
) -> Comparison:
    """Compare two runs; feeds: the feed ids of each snapshot_id, where they are known."""
    sides = [gathered(one.members, "ring_id", one.rings["ring_id"]) for one in (a, b)]
    pairs = partners(*sides)
    return Comparison(
        _run_id(a),
        _run_id(b),
        _rings(a.rings, b.rings, pairs, *sides),
        _members(pairs, *sides),
        _differences("parameter", _parameters(a), _parameters(b)),
        _differences("what", _snapshot(a), _snapshot(b)),
        _feeds(a, b, feeds or {}),
    )


def partners(a: Groups, b: Groups) -> list[Pair]:
    """Return every ring of either side once: partners in the order of A's ranks, then B's own."""
    persons = persons_only(a), persons_only(b)
    shared = overlaps(*persons)
    found = {ring: (ring, shared.get(ring, {}).get(ring, 1.0)) for ring in a if ring in b}
    rest = {
        ring: {other: j for other, j in row.items() if other not in found and j >= SAME_FROM}
        for ring, row in shared.items()
        if ring not in found
    }
    found |= matched(rest)
    pairs = [(ring, *found.get(ring, ("", 0.0))) for ring in a]
    known = {other for _, other, _ in pairs}
    return pairs + [("", ring, 0.0) for ring in b if ring not in known]


def _rings(
    a: pd.DataFrame, b: pd.DataFrame, pairs: list[Pair], in_a: Groups, in_b: Groups
) -> pd.DataFrame:
    rows = []
    for one, other, jaccard in pairs:
        before, after = (in_a[one], in_b[other]) if one and other else (frozenset(), frozenset())
        side = BOTH if one and other else ONLY_A if one else ONLY_B
        rows.append((side, one, other, jaccard, len(after - before), len(before - after)))
    heads = ("found_in", "ring_id_a", "ring_id_b", "jaccard", "joined", "left")
    table = pd.DataFrame(rows, columns=list(heads))
    for rings, end in ((a, "a"), (b, "b")):
        named = rings[["ring_id", *JUDGED]].add_suffix(f"_{end}")
        table = table.merge(named, on=f"ring_id_{end}", how="left")
    return table.assign(changed=_changed(table))


def _changed(table: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each ring of both runs whether its members, status, rank or money changed."""
    moved = (table["joined"] + table["left"]) > 0
    for name in JUDGED:
        one, other = table[f"{name}_a"], table[f"{name}_b"]
        same = (one == other).fillna(value=False) | (one.isna() & other.isna())
        moved |= ~same.astype(bool)
    return moved & (table["found_in"] == BOTH)


def _members(pairs: list[Pair], in_a: Groups, in_b: Groups) -> pd.DataFrame:
    rows = [
        (one, other, *entity, moved)
        for one, other, _ in pairs
        if one and other
        for moved, entities in (
            ("joined", in_b[other] - in_a[one]),
            ("left", in_a[one] - in_b[other]),
        )
        for entity in _sorted(entities)
    ]
    heads = ["ring_id_a", "ring_id_b", "entity_type", "entity_id", "moved"]
    return pd.DataFrame(rows, columns=heads, dtype=str)


def _sorted(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities)


def _parameters(results: Results) -> dict[str, Any]:
    known = results.run.get("parameters", {})
    return {f"{p}.{name}": value for p, values in known.items() for name, value in values.items()}


def _snapshot(results: Results) -> dict[str, Any]:
    run = results.run
    tables = run.get("snapshot", {}).get("tables", {})
    return {name: run.get(name) for name in ABOUT} | {
        f"{name}.kept": counts.get("kept") for name, counts in tables.items()
    }


def _differences(head: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> pd.DataFrame:
    names = sorted({*a, *b})
    rows = [(name, a.get(name), b.get(name)) for name in names if a.get(name) != b.get(name)]
    return pd.DataFrame(rows, columns=[head, "a", "b"], dtype=object)


def _feeds(a: Results, b: Results, known: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return the feeds of one snapshot alone; none where one of the snapshots is not known."""
    ids = [str(one.run.get("snapshot_id")) for one in (a, b)]
    rows: list[tuple[str, str]] = []
    if all(one in known for one in ids):
        before, after = (set(known[one]) for one in ids)
        rows = [(feed, ONLY_A) for feed in before - after] + [(f, ONLY_B) for f in after - before]
    return pd.DataFrame(sorted(rows), columns=["feed_id", "found_in"], dtype=str)


def _run_id(results: Results) -> str:
    return str(results.run.get("run_id", results.folder))
