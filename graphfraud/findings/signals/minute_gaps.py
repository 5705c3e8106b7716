"""Signal: cards of different members swiped in a row."""

import numpy as np

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

LONGEST = 120  # seconds: one person at a counter serves no two patients in less

DESCRIPTION = Description(
    code="minute_gaps",
    title_zh="连续刷卡",
    title_en="cards in a row",
    what="Visits that follow, or are followed by, another member's at the same place in minutes.",
    formula="share of visits with a clock time whose neighbour at the same facility among the "
    "ring's is another member's and at most 120 seconds away; admissions left out",
    why="Cards kept in a stack are swiped one after the other (空刷); patients take longer.",
    source="Order 735 article 40: colluding to fake purchases and visits; gaps between events as a "
    "mark of conduct: Barabási 2005, The origin of bursts and heavy tails in human dynamics, "
    "Nature 435",
    excuse="A family at one counter, or two counters that serve one group at once.",
)


def look(rows: RingRows) -> Signal:
    """Return the share of visits within two minutes of another member's."""
    there = rows.places[rows.at_counter]
    order = np.argsort(there, kind="stable")  # claims come by start and claim already
    visits, place = rows.visits.iloc[order], there[order]
    if visits.empty:
        return unknown(DESCRIPTION, "单据只有日期没有时刻", "no visit has a time of day")
    person = visits["person_id"].to_numpy(object)
    seconds = np.diff(visits["start_time"].to_numpy("datetime64[s]").astype(np.int64))
    near = (place[1:] == place[:-1]) & (person[1:] != person[:-1]) & (seconds <= LONGEST)
    row = np.r_[near, False] | np.r_[False, near]
    value = float(row.mean())
    zh = f"{len(visits)} 次就诊中有 {row.sum()} 次（{value:.0%}）与另一成员相隔不超过 2 分钟。"
    en = f"{row.sum()} of {len(visits)} visits ({value:.0%}) are within 2 minutes of another's."
    return seen(DESCRIPTION, value, zh, en, visits.loc[row, "claim_id"])
