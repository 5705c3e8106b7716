"""The ways of acting together at counters that have names of their own: 空刷 and 多家药店轮换.

Conduct signals decide (findings.signals.minute_gaps, findings.signals.facilities_take_turns). Only
a lead that co_visit found is called by such a name: what an innocent reason explains is not.
"""

from graphfraud.findings.rings import Ring
from graphfraud.findings.signals.rows import RingRows

PATTERN = "co_visit"
IN_A_ROW = 0.9  # share of visits: a stack is swiped whole; one in ten may be the owner's own visit
OFF_RANDOM = 3.0  # deviations: one ring in 370 by chance, where a run has dozens of rings
VARIANTS = ("empty_swipe", "rotation")


def variants(ring: Ring, rows: RingRows) -> tuple[str, ...]:
    """Return which of VARIANTS the ring is, in their order; its signals must be looked for."""
    patterns = {ring.pattern, *(other.pattern for other in ring.also)}
    if ring.verdict.status != "lead" or PATTERN not in patterns:
        return ()
    value = {signal.code: signal.value or 0.0 for signal in ring.signals}
    shop = bool((rows.visits["med_type"] == "pharmacy").mean() > 0.5)
    found = {
        "empty_swipe": shop and value.get("minute_gaps", 0.0) >= IN_A_ROW,
        "rotation": value.get("facilities_take_turns", 0.0) >= OFF_RANDOM,
    }
    return tuple(name for name in VARIANTS if found[name])
