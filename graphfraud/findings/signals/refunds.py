"""Signal: members' claims at the ring's places that were refunded."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="refunds",
    title_zh="退费",
    title_en="refunds",
    what="How many of the members' claims at the ring's places were refunded.",
    formula="refunded claims / claims, of members at the ring's facilities, refunds themselves not "
    "counted",
    why="Swipe and refund (刷卡即退) turns the account into cash and leaves no goods behind.",
    source="Order 735 article 40: fabricating purchases; refund abuse as an indicator: ACFE Fraud "
    "Examiners Manual, register disbursement schemes",
    excuse="A till that fails, a drug out of stock, a claim settled again in the right insurance.",
    needs=("claims.refund_of",),
)


def look(rows: RingRows) -> Signal:
    """Return the share of refunded claims."""
    everything = int(rows.own["at_places"].sum())
    if not everything:
        return unknown(DESCRIPTION, "成员在这些机构没有单据", "the members have no claims there")
    back = rows.refunds["claim_id"].nunique()
    value = back / everything
    zh = f"成员在这些机构的 {everything} 条单据中有 {back} 条（{value:.0%}）已退费。"
    en = f"{back} of the members' {everything} claims there ({value:.0%}) were refunded."
    return seen(DESCRIPTION, value, zh, en, rows.refunds["claim_id"])
