"""Signal: how far what was counted lies beyond chance."""

import math

from graphfraud.findings.signals.contract import Description, Signal, seen
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="beyond_chance",
    title_zh="超出偶然",
    title_en="beyond chance",
    what="What was counted against what the same traffic gives by chance.",
    formula="log10(observed / expected), 0 where no more was seen than expected",
    why="Coincidences are common at busy places; only the excess over them is evidence.",
    source="Tumminello, Miccichè, Lillo, Piilo, Mantegna 2011, statistically validated networks, "
    "PLoS ONE 6(3)",
    excuse="Whatever brings people together for a good reason: see the innocent reasons, which "
    "take their share off the score.",
)


def look(rows: RingRows) -> Signal:
    """Return log10 of observed over expected."""
    value = math.log10(max(1.0, rows.observed / max(rows.expected, 1e-9)))
    zh = f"计数 {rows.observed}，按偶然应有 {rows.expected:.3g}，相差 10 的 {value:.1f} 次方。"
    en = f"Counted {rows.observed} against {rows.expected:.3g} by chance: 10 to the {value:.1f}."
    return seen(DESCRIPTION, value, zh, en, rows.claims["claim_id"])
