"""Signal: places that take turns, one after the other or in blocks."""

import numpy as np
from numpy.typing import NDArray

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

FEWEST = 6  # stops; the normal approximation of the number of runs needs as many

DESCRIPTION = Description(
    code="facilities_take_turns",
    title_zh="机构轮换",
    title_en="facilities take turns",
    what="Whether the ring's places follow each other in an order: by turns, or one for a while "
    "and then the next.",
    formula="|runs − expected| / standard deviation of the runs of equal places in the sequence of "
    "stops (days at a place), under random order; from 6 stops at 2 or more places",
    why="Several pharmacies that share the same cards take turns, to stay below each one's limits "
    "(多家药店轮换).",
    source="Mood 1940, The distribution theory of runs, Annals of Mathematical Statistics 11(4)",
    excuse="A move, a closure, a clinic day that alternates between two branches.",
)


def look(rows: RingRows) -> Signal:
    """Return how far the order of the places is from a random one, in standard deviations."""
    day = rows.claims["start_day"].to_numpy("datetime64[D]").astype(np.int64)
    visited = np.stack((day, rows.places))
    first = np.sort(np.unique(visited, axis=1, return_index=True)[1])
    stops, places = rows.claims["claim_id"].iloc[first], rows.places[first]
    different, deviation = len(np.unique(places)), _deviation(places)
    if len(stops) < FEWEST or different < 2 or deviation is None:
        zh, en = f"不足 {FEWEST} 次或只有一处", f"fewer than {FEWEST} stops, or one place alone"
        return unknown(DESCRIPTION, zh, en)
    way_zh, way_en = ("交替", "by turns") if deviation > 0 else ("成段", "in blocks")
    value, counts = abs(deviation), f"{len(stops)}"
    zh = f"{different} 处机构的 {counts} 次先后{way_zh}，偏离随机顺序 {value:.1f} 个标准差。"
    en = f"{counts} stops at {different} places, {way_en}: {value:.1f} deviations off random."
    return seen(DESCRIPTION, value, zh, en, stops)


def _deviation(places: NDArray[np.int64]) -> float | None:
    """Return (runs − mean) / deviation under random order, Mood's moments; None without spread."""
    sizes, n = np.bincount(places).astype(float), float(len(places))
    if n < 2:
        return None
    runs = 1 + int((places[1:] != places[:-1]).sum())
    squares, cubes = float((sizes**2).sum()), float((sizes**3).sum())
    mean = n + 1 - squares / n
    variance = squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3
    spread = float(np.sqrt(max(0.0, variance) / (n**2 * (n - 1))))
    return (runs - mean) / spread if spread else None
