"""Signal: on how many days the ring acted."""

from graphfraud.findings.signals.contract import Description, Signal, seen
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="persistence",
    title_zh="持续性",
    title_en="persistence",
    what="On how many days members acted together.",
    formula="number of distinct days",
    why="What recurs is arranged; what happened once may be an event that everybody attended.",
    source="Repeated interaction sustains collusion: Stigler 1964, A Theory of Oligopoly, Journal "
    "of Political Economy 72(1)",
    excuse="A course of treatment, a class or a bus with a timetable.",
)


def look(rows: RingRows) -> Signal:
    """Return the number of days."""
    zh, en = f"共在 {rows.days} 天出现。", f"Days on which it acted: {rows.days}."
    return seen(DESCRIPTION, rows.days, zh, en, rows.claims["claim_id"])
