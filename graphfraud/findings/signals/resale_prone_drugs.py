"""Signal: money spent on drugs that resellers buy."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="resale_prone_drugs",
    title_zh="易倒卖药品",
    title_en="resale-prone drugs",
    what="The share of the ring's spend that went to drugs with a second-hand market (回流药).",
    formula="amount of items on the list model/resale.toml / amount of all items",
    why="Drugs on insurance are cheap to the card holder and dear to the next buyer.",
    source="Guiding opinions on criminal cases of medical-insurance fraud (Supreme People's Court, "
    "Supreme People's Procuratorate, Ministry of Public Security, 2024); order 735 article 41; HHS "
    "OIG 2014, OEI-02-11-00170; the list names its own sources",
    excuse="A long-term patient: the same drug for the same person at the dose of the illness.",
    needs=("claim_items",),
)


def look(rows: RingRows) -> Signal:
    """Return the share of spend on resale-prone drugs."""
    spend, resale = int(rows.baskets["spend"].sum()), int(rows.baskets["resale"].sum())
    if spend <= 0:
        return unknown(DESCRIPTION, "这些单据没有明细", "the claims have no items")
    value = min(1.0, max(0.0, resale / spend))
    zh = f"明细共 {spend / 100:,.2f} 元，其中易倒卖药品 {resale / 100:,.2f} 元（{value:.0%}）。"
    en = f"{resale / 100:,.2f} of {spend / 100:,.2f} yuan ({value:.0%}) bought resale-prone drugs."
    dear = rows.baskets.loc[rows.baskets["resale"] > 0]
    largest = sorted(zip(-dear["resale"], dear["claim_id"], strict=True))
    return seen(DESCRIPTION, value, zh, en, [claim for _, claim in largest])
