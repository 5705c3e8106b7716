"""Signal: members admitted on one day also leave on one day (同进同出)."""

import numpy as np

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

FEWEST = 3  # pairs: three persons in and out once

DESCRIPTION = Description(
    code="same_stay",
    title_zh="同进同出",
    title_en="in and out together",
    what="How often members who were admitted to a hospital on one day also left it on one day.",
    formula="(observed − expected) / (1 − expected): share of the pairs of members' stays begun at "
    "one hospital on one day that ended on one day, against the chance that two stays of others "
    "there are equally long, Σ p(nights)², thirty stays of all hospitals beside its own",
    why="Illness sends people home one by one; who was brought in as a group is taken home as one.",
    source="Agreement beyond chance: Cohen 1960, A coefficient of agreement for nominal scales, "
    "doi:10.1177/001316446002000104; a group admitted and discharged together as an indicator of "
    "faked admissions: order 735 articles 38 and 40",
    excuse="One operation or course of treatment with a fixed length, a couple in one ward, a ward "
    "that closes over a holiday.",
    needs=("claims.end_time",),
)


def look(rows: RingRows) -> Signal:
    """Return how much oftener than by chance those who came on one day left on one day."""
    stays = rows.stays
    if len(stays) < FEWEST:  # most rings have none; grouping none takes as long as grouping some
        return _too_few()
    came = stays.groupby(["facility_id", "start_day"])["claim_id"].transform("size").to_numpy()
    gone = stays.groupby(["facility_id", "start_day", "nights"])["claim_id"].transform("size")
    # Each of n stays is in n − 1 pairs, and each pair is counted from both ends.
    others, alike = np.maximum(came - 1, 0), stays["alike"].to_numpy(float)
    pairs, same = int(others.sum()) // 2, int((gone - 1).sum()) // 2
    if pairs < FEWEST:
        return _too_few()
    expected = float(others @ alike) / others.sum()
    if expected == 1:
        return unknown(DESCRIPTION, "住院天数全都相同", "all stays there are equally long")
    value = (same / pairs - expected) / (1 - expected)
    zh = (
        f"同日入院的 {pairs} 对中有 {same} 对同日出院，"
        f"按该院他人的住院天数，偶然应为 {expected:.0%}。"
    )
    en = (
        f"{same} of {pairs} pairs admitted on one day also left on one day; by the hospital's "
        f"lengths of stay, chance gives {expected:.0%}."
    )
    return seen(DESCRIPTION, value, zh, en, stays.loc[gone.to_numpy() > 1, "claim_id"])


def _too_few() -> Signal:
    return unknown(
        DESCRIPTION,
        f"同日入院且出院日期已知的不足 {FEWEST} 对",
        f"fewer than {FEWEST} pairs admitted on one day with known days of discharge",
    )
