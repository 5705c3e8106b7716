"""Signal: members who leave with the same items in the same quantities."""

from collections import defaultdict

import numpy as np

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

FEWEST = 5  # baskets; below, one pair would already be a large share

DESCRIPTION = Description(
    code="identical_baskets",
    title_zh="清单雷同",
    title_en="identical baskets",
    what="Baskets (item codes with quantities) that two different members had alike.",
    formula="share of the ring's baskets of two or more lines that another member of the ring had "
    "as well; assessed from 5 such baskets",
    why="A template prescription (模板化开药) is filled in for whoever's card is there.",
    source="Regulation on the Supervision and Administration of the Use of Medical Security Funds "
    "(State Council order 735, 2021), articles 38 and 40: invented services, false documents",
    excuse="A package: a health check, a course of dialysis, an epidemic's standard prescription.",
    needs=("claim_items",),
)


def look(rows: RingRows) -> Signal:
    """Return the share of baskets that another member had as well."""
    baskets = rows.baskets[rows.baskets["lines"] >= 2]
    if len(baskets) < FEWEST:
        zh = f"两行以上的清单不足 {FEWEST} 份"
        return unknown(DESCRIPTION, zh, f"fewer than {FEWEST} baskets have two lines")
    person_of = dict(zip(rows.claims["claim_id"], rows.claims["person_id"], strict=True))
    holders: dict[str, set[str]] = defaultdict(set)
    for claim, basket in zip(baskets["claim_id"], baskets["basket"], strict=True):
        holders[basket].add(person_of[claim])
    shared = np.array([len(holders[basket]) >= 2 for basket in baskets["basket"]])
    same, value = int(shared.sum()), float(shared.mean())
    zh = f"{len(baskets)} 份清单中有 {same} 份（{value:.0%}）与另一成员的完全相同。"
    en = f"{same} of {len(baskets)} baskets ({value:.0%}) are the same as another member's."
    return seen(DESCRIPTION, value, zh, en, baskets.loc[shared, "claim_id"])
