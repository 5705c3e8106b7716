"""Signal: visits at hours when counters are closed."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows
from graphfraud.model.hours import NIGHT_BEGINS, NIGHT_ENDS

DESCRIPTION = Description(
    code="odd_hours",
    title_zh="异常时段",
    title_en="odd hours",
    what="Visits begun at night, of those with a clock time; admissions left out.",
    formula="share of visits begun between 22:00 and 06:00",
    why="Cards are swiped when nobody looks; outpatient desks and most pharmacies are closed.",
    source="Transactions at odd times as an indicator: ACFE, Fraud Examiners Manual",
    excuse="An emergency department, an all-night pharmacy, a clock that is wrong, late entry.",
)


def look(rows: RingRows) -> Signal:
    """Return the share of visits begun at night."""
    visits = rows.visits
    if visits.empty:
        return unknown(DESCRIPTION, "单据只有日期没有时刻", "no visit has a time of day")
    hour = visits["start_time"].dt.hour
    night = (hour >= NIGHT_BEGINS) | (hour < NIGHT_ENDS)
    value = float(night.mean())
    zh = f"{len(visits)} 次就诊中有 {night.sum()} 次（{value:.0%}）在 22 点至次日 6 点之间。"
    en = f"{night.sum()} of {len(visits)} visits ({value:.0%}) began between 22:00 and 06:00."
    return seen(DESCRIPTION, value, zh, en, visits.loc[night, "claim_id"])
