"""Signal: what share of the members' claims lies inside the ring."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="inside",
    title_zh="圈内占比",
    title_en="share inside the ring",
    what="The share of all of the members' claims that are the ring's.",
    formula="claims of members in the ring / claims of members in all, refunds left out",
    why="A lent or collected card is used for little besides what it was lent for.",
    source="Regulation on the Supervision and Administration of the Use of Medical Security Funds "
    "(State Council order 735, 2021), article 41: lending the card",
    excuse="A healthy person whose only visits are those, or data of a few places alone.",
)


def look(rows: RingRows) -> Signal:
    """Return the ring's share of its members' claims."""
    own, everything = rows.claims_of(list(rows.persons)), int(rows.own["claims"].sum())
    if not everything:
        return unknown(DESCRIPTION, "成员没有单据", "the members have no claims")
    value = min(1.0, len(own) / everything)
    zh = f"成员共有单据 {everything} 条，其中 {len(own)} 条（{value:.0%}）在圈内。"
    en = f"{len(own)} of the members' {everything} claims ({value:.0%}) lie inside the ring."
    return seen(DESCRIPTION, value, zh, en, own)
