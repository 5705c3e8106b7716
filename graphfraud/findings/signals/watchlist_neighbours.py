"""Signal: members, places, doctors or operators of the ring on the watch list."""

from typing import Any

import pandas as pd

from graphfraud.findings.signals.contract import Description, Signal, seen
from graphfraud.findings.signals.rows import RingRows
from graphfraud.model.ontology import ONTOLOGY, NodeKind

SHOWN = 5
COLUMN = {"person": "person_id", "facility": "facility_id", "doctor": "doctor_id"}
COLUMN |= {"operator": "operator_id"}

DESCRIPTION = Description(
    code="watchlist_neighbours",
    title_zh="关注名单",
    title_en="watch list",
    what="Who of the ring is on the watch list: members, and the places, doctors and operators of "
    "its claims.",
    formula="number of them",
    why="People who were caught once look for others who were not.",
    source="Social influence of labelled neighbours: Van Vlasselaer, Eliassi-Rad, Akoglu, Snoeck, "
    "Baesens 2017, GOTCHA! Network-based fraud detection for social security fraud, Management "
    "Science 63(9)",
    excuse="A large hospital or a common doctor on the list, an entry long settled. It says "
    "nothing of this ring's own conduct, so it gives few points.",
    needs=("watchlist",),
)


def look(rows: RingRows) -> Signal:
    """Return the number of entities on the watch list."""
    watched = rows.watched.drop_duplicates(["entity_type", "entity_id"])
    if watched.empty:
        return seen(DESCRIPTION, 0, "无人在关注名单上（0 个）。", "0 on the watch list.")
    number, more = len(watched), len(watched) > SHOWN
    first = list(watched.head(SHOWN).itertuples(index=False))
    told_zh = "、".join(f"{_kind(one).zh} {one.entity_id}（{one.reason}）" for one in first)
    told_en = ", ".join(f"{_kind(one).en} {one.entity_id} ({one.reason})" for one in first)
    zh = f"关注名单上有 {number} 个：{told_zh}{' 等' if more else ''}。"
    en = f"{number} on the watch list: {told_en}{' and others' if more else ''}."
    return seen(DESCRIPTION, number, zh, en, _claims(rows, watched))


def _kind(row: Any) -> NodeKind:  # noqa: ANN401  a named tuple of pandas
    return ONTOLOGY.kind(str(row.entity_type))


def _claims(rows: RingRows, watched: pd.DataFrame) -> "pd.Series[str]":
    """Return the ring's claims that name somebody who is watched."""
    named = pd.Series(data=False, index=rows.claims.index)
    for kind, column in COLUMN.items():
        ids = set(watched.loc[watched["entity_type"] == kind, "entity_id"])
        if ids:
            named |= rows.claims[column].isin(ids)
    return rows.claims.loc[named, "claim_id"]
