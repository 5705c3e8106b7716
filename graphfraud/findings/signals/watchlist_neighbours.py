"""Signal: members, places, doctors or operators of the ring on the watch list."""

import pandas as pd

from graphfraud.findings.signals.contract import Description, Signal, seen
from graphfraud.findings.signals.rows import RingRows

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
    names = [
        f"{kind} {name}（{why}）"
        for kind, name, why in zip(
            watched["entity_type"], watched["entity_id"], watched["reason"], strict=True
        )
    ]
    told, more = names[:SHOWN], len(names) - SHOWN
    zh = f"关注名单上有 {len(names)} 个：{'、'.join(told)}{' 等' if more > 0 else ''}。"
    en = f"{len(names)} on the watch list: {', '.join(told)}{' and others' if more > 0 else ''}."
    if not names:
        zh, en = "无人在关注名单上（0 个）。", "0 on the watch list."
    return seen(DESCRIPTION, len(names), zh, en, _claims(rows, watched))


def _claims(rows: RingRows, watched: pd.DataFrame) -> "pd.Series[str]":
    """Return the ring's claims that name somebody who is watched."""
    if watched.empty:
        return rows.claims["claim_id"].iloc[:0]
    named = pd.Series(data=False, index=rows.claims.index)
    for kind, column in COLUMN.items():
        ids = set(watched.loc[watched["entity_type"] == kind, "entity_id"])
        named |= rows.claims[column].isin(ids)
    return rows.claims.loc[named, "claim_id"]
