"""Signal: days that follow each other at even gaps."""

import numpy as np

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

FEWEST = 5  # days: four gaps, the fewest that show a rhythm

DESCRIPTION = Description(
    code="regular_period",
    title_zh="周期规律",
    title_en="regular period",
    what="How even the gaps between the days are on which the ring has claims.",
    formula="coefficient of variation (standard deviation / mean) of the gaps in days, over "
    "√(1 − days / span), what as many random days of the same span give; from 5 days, where some "
    "day of the span is free",
    why="Illness comes irregularly: independent days have 1, a calendar has 0. Who comes nearly "
    "every day has even gaps of necessity, so those are no mark.",
    source="Goh and Barabási 2008, Burstiness and memory in complex systems, EPL 81(4)",
    excuse="Treatment by timetable, monthly refills, a market day, a doctor's fixed clinic day.",
)


def look(rows: RingRows) -> Signal:
    """Return the coefficient of variation of the gaps between days."""
    days = rows.claims["start_day"].to_numpy("datetime64[D]").astype(np.int64)
    different, at = np.unique(days, return_index=True)
    first, gaps = rows.claims["claim_id"].iloc[at], np.diff(different)
    if len(gaps) < FEWEST - 1:
        return unknown(DESCRIPTION, f"不足 {FEWEST} 天", f"fewer than {FEWEST} days")
    mean = float(gaps.mean())
    if mean == 1:
        return unknown(DESCRIPTION, "期间每天都有单据", "the ring has claims on every day")
    value = float(gaps.std(ddof=1) / mean / np.sqrt(1 - 1 / mean))
    zh = f"{len(first)} 天之间平均相隔 {mean:.1f} 天，间隔的变动是随机日期的 {value:.2f} 倍。"
    en = (
        f"{len(first)} days, {mean:.1f} apart on average; gaps vary {value:.2f} times as at random."
    )
    return seen(DESCRIPTION, value, zh, en, first)
