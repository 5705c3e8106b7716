"""Signal: how much of the ring's doing each of its members took part in."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="cohesion",
    title_zh="参与程度",
    title_en="cohesion",
    what="How much of what the ring did its members took part in, on average.",
    formula="mean weight of the members who are persons",
    why="A group acts as one; a crowd at one place only overlaps.",
    source="Density of a subgroup: Wasserman and Faust 1994, Social Network Analysis, chapter 7",
    excuse="A small group of acquaintances who do go everywhere together.",
)


def look(rows: RingRows) -> Signal:
    """Return the mean weight of the members who are persons."""
    weights = rows.members.loc[rows.members["entity_type"] == "person", "weight"]
    if weights.empty:
        return unknown(DESCRIPTION, "成员中没有人", "no member is a person")
    value = float(weights.mean())
    zh = f"{len(weights)} 名成员平均参与了 {value:.0%}。"
    en = f"The {len(weights)} members took part in {value:.0%} of it on average."
    return seen(DESCRIPTION, value, zh, en, rows.claims["claim_id"])
