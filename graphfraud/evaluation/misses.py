"""The leads that match no true ring and the rings that no lead matches, one by one."""

from collections.abc import Mapping

import pandas as pd

from graphfraud.evaluation.comparison import Comparison
from graphfraud.evaluation.groups import Groups, closest, overlaps, persons_only, shared

FALSE_LEADS = (
    "ring_id", "pattern", "n_persons", "n_entities", "ring", "jaccard",
    "lookalike", "kind", "shared_persons",
)  # fmt: skip
MISSED = (
    "ring", "pattern", "n_persons", "n_entities", "ring_id", "jaccard", "status", "explanation",
)  # fmt: skip


def false_leads(compared: Comparison, lookalikes: Groups, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return the leads without a partner, by rank: FALSE_LEADS.

    ring, jaccard: the true ring they overlap most, "" for none; a part of a ring whose partner is
    another lead shows so. lookalike, kind: the honest group with which they share most persons.
    """
    names = compared.unmatched()
    leads = {name: compared.leads[name] for name in names}
    common = shared(persons_only(leads), persons_only(lookalikes))
    rows = []
    for name in names:
        ring, jaccard = closest(compared.overlaps[name])
        lookalike, persons = closest(common.get(name, {}))
        near = (ring, jaccard, lookalike, kinds.get(lookalike, ""), int(persons))
        rows.append((name, compared.lead_patterns[name], *sizes(leads, name), *near))
    return pd.DataFrame(rows, columns=list(FALSE_LEADS))


def missed_rings(
    compared: Comparison, explained: Groups, reasons: Mapping[str, str]
) -> pd.DataFrame:
    """Return the true rings without a partner, by name: MISSED.

    ring_id, jaccard, status: the lead or explained ring they overlap most, "" for none; one that is
    explained shows which reason took the ring away.
    """
    hit = set(compared.hits().values())
    rings = {name: group for name, group in compared.rings.items() if name not in hit}
    overlap = overlaps(rings, {**compared.leads, **explained})
    rows = []
    for name in rings:
        ring_id, jaccard = closest(overlap[name])
        status = "explained" if ring_id in explained else "lead" if ring_id else ""
        near = (ring_id, jaccard, status, reasons.get(ring_id, ""))
        rows.append((name, compared.ring_patterns[name], *sizes(rings, name), *near))
    return pd.DataFrame(rows, columns=list(MISSED))


def sizes(groups: Groups, name: str) -> tuple[int, int]:
    """Return how many persons and how many entities a group has."""
    return sum(kind == "person" for kind, _ in groups[name]), len(groups[name])
