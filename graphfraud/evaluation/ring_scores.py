"""How well leads and true rings agree: by threshold, by pattern, by member, by rank."""

from math import nan
from statistics import fmean

import pandas as pd

from graphfraud.evaluation.comparison import Comparison
from graphfraud.evaluation.groups import closest
from graphfraud.evaluation.rates import rates

THRESHOLDS = (0.3, 0.5, 0.7)
MAIN = 0.5  # above it a lead cannot stand for two rings that have nobody in common


def ring_row(compared: Comparison, at: float, pattern: str | None = None) -> dict[str, object]:
    """Return one row: jaccard, leads, rings, hits, precision, recall, f1, mean_jaccard.

    Of one pattern: its rings are the truth's, its leads those that hit them and the unmatched ones
    that bear its name; a lead that hits a ring of another pattern is that one's.
    mean_jaccard: over the hits, NaN for none.
    """
    hits, unmatched = compared.hits(at), compared.unmatched(at)
    rings = list(compared.rings)
    if pattern is not None:
        hits = {a: b for a, b in hits.items() if compared.ring_patterns[b] == pattern}
        unmatched = [lead for lead in unmatched if compared.lead_patterns[lead] == pattern]
        rings = [ring for ring in rings if compared.ring_patterns[ring] == pattern]
    found, leads = len(hits), len(hits) + len(unmatched)
    return {
        "jaccard": at,
        "leads": leads,
        "rings": len(rings),
        "hits": found,
        **rates(reported=leads, right=found, planted=len(rings), found=found),
        "mean_jaccard": fmean(compared.partners[lead][1] for lead in hits) if hits else nan,
    }


def ring_scores(compared: Comparison) -> pd.DataFrame:
    """Return a row for each threshold, all patterns together."""
    return pd.DataFrame([ring_row(compared, at) for at in THRESHOLDS])


def pattern_scores(compared: Comparison) -> pd.DataFrame:
    """Return a row for each pattern of the truth, or of an unmatched lead, and each threshold."""
    named = {compared.ring_patterns[ring] for ring in compared.rings}
    named |= {compared.lead_patterns[lead] for lead in compared.leads}
    rows = [
        {"pattern": pattern} | ring_row(compared, at, pattern)
        for pattern in sorted(named - {""})
        for at in THRESHOLDS
    ]
    table = pd.DataFrame(rows, columns=["pattern", *ring_row(compared, MAIN)])
    kept = table.groupby("pattern")[["leads", "rings"]].transform("max").max(axis=1) > 0
    return table.loc[kept].reset_index(drop=True)


def member_row(compared: Comparison) -> dict[str, object]:
    """Return reported, hits, planted, precision, recall, f1 of all leads' members together."""
    reported = frozenset[tuple[str, str]]().union(*compared.leads.values())
    planted = frozenset[tuple[str, str]]().union(*compared.rings.values())
    hits = len(reported & planted)
    return {
        "reported": len(reported),
        "hits": hits,
        "planted": len(planted),
        **rates(reported=len(reported), right=hits, planted=len(planted), found=hits),
    }


def average_precision(compared: Comparison) -> float:
    """Return the mean, over the true rings, of the precision at the rank that finds each.

    Down the ranks a lead is right when its best Jaccard index with a ring not yet found is MAIN or
    more; a ring that is never found counts 0. NaN without rings. (Buckley and Voorhees 2000.)
    """
    found: set[str] = set()
    total = 0.0
    for rank, lead in enumerate(compared.leads, 1):
        free = {ring: j for ring, j in compared.overlaps[lead].items() if ring not in found}
        ring, jaccard = closest(free)
        if jaccard >= MAIN:
            found.add(ring)
            total += len(found) / rank
    return total / len(compared.rings) if compared.rings else nan
