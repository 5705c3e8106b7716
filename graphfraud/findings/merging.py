"""One ring, found by several patterns, is one ring: candidates that hold the same persons merge.

Two candidates are one where their persons agree (Jaccard 1901: shared over all) or where one lies
in the other. The stronger one gives the ring its pattern, members and numbers; the others stand
beside it with theirs, and add members only of kinds that it has none of.
"""

from collections import defaultdict
from dataclasses import replace

import pandas as pd

from graphfraud.findings.rings import Ring

ALIKE = 0.5  # Jaccard: more is shared than not
INSIDE = 0.8  # share of the smaller one's persons that the larger one holds


def merged(rings: list[Ring]) -> list[Ring]:
    """Return the rings, each once, ranked."""
    kept: list[Ring] = []
    # Where each person is found among those kept; merging adds no persons to a ring that has some.
    holding: dict[str, list[int]] = defaultdict(list)
    for ring in sorted(rings, key=_strength):
        near = sorted({n for person in ring.persons for n in holding.get(person, ())})
        at = next((n for n in near if _one(kept[n], ring)), None)
        if at is None:
            for person in ring.persons:
                holding[person].append(len(kept))
            kept.append(ring)
        else:
            kept[at] = _with(kept[at], ring)
    return sorted(kept, key=lambda ring: ring.rank)


def _strength(ring: Ring) -> tuple[bool, float, int, str, str]:
    """Sort leads first, then the least p-value, then the most persons."""
    status, p_value = ring.verdict.status != "lead", ring.group.p_value
    return status, p_value, -len(ring.persons), ring.pattern, ring.ring_id


def _one(a: Ring, b: Ring) -> bool:
    """Say whether the two, who share a person, hold the same persons, or one the other's."""
    shared = len(a.persons & b.persons)
    smaller, larger = sorted((len(a.persons), len(b.persons)))
    return shared >= ALIKE * (smaller + larger - shared) or shared >= INSIDE * smaller


def _with(ring: Ring, other: Ring) -> Ring:
    """Return the ring with what another pattern found of it beside it."""
    more = other.members[~other.members["entity_type"].isin(set(ring.members["entity_type"]))]
    members = pd.concat([ring.members, more]).sort_values(["entity_type", "entity_id"])
    told = {reason.code for reason in ring.reasons}
    return replace(
        ring,
        members=members.reset_index(drop=True),
        claims=_joined(ring.claims, other.claims),
        reasons=(*ring.reasons, *(one for one in other.reasons if one.code not in told)),
        also=(*ring.also, other),
    )


def _joined(claims: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of both; those that only the second has are occasions of their own."""
    new = others[~others["claim_id"].isin(claims["claim_id"])]
    first = int(claims["event"].max()) if len(claims) else 0
    return pd.concat([claims, new.assign(event=new["event"] + first)], ignore_index=True)
