"""The result tables of a run, filled from rings: one function a table."""

from collections import defaultdict

import numpy as np
import pandas as pd

from graphfraud.findings.rings import Ring


def ring_table(rings: list[Ring]) -> pd.DataFrame:
    """Return one row a ring, in rank order (columns of rings.csv, amounts in fen)."""
    told: set[str] = set()
    rows = []
    for rank, ring in enumerate(rings, 1):
        paid = ring.claims.drop_duplicates("claim_id")
        new = paid[[claim not in told for claim in paid["claim_id"]]]
        told.update(paid["claim_id"])
        once = {"fund_amount_once": int(new["fund_amount"].sum())}
        rows.append({"rank": rank} | _identity(ring) | _sizes(ring) | _money(paid) | once)
    return pd.DataFrame(rows)


def _identity(ring: Ring) -> dict[str, object]:
    """Return what the ring is, and what its own pattern says of it."""
    return _said(ring) | {
        "explanation": ring.verdict.explanation,
        "score": ring.score,
        "also_found_by": ";".join(dict.fromkeys(other.pattern for other in ring.also)),
        "variants": ";".join(ring.variants),
        "stability": None if ring.stability is None else ring.stability.stood,
    }


def _said(ring: Ring) -> dict[str, object]:
    group = ring.group
    return {
        "ring_id": ring.ring_id,
        "pattern": ring.pattern,
        "status": ring.verdict.status,
        "p_value": group.p_value,
        "observed": group.observed,
        "expected": group.expected,
        "lift": group.observed / max(group.expected, 1e-9),
        "summary_zh": group.summary_zh,
        "summary_en": group.summary_en,
    }


def _sizes(ring: Ring) -> dict[str, object]:
    kinds = ring.members["entity_type"].value_counts()
    return {
        "n_persons": int(kinds.get("person", 0)),
        "n_doctors": int(kinds.get("doctor", 0)),
        "n_facilities": int(kinds.get("facility", 0)),
        "n_accounts": int(kinds.get("account", 0)),
    }


def _money(paid: pd.DataFrame) -> dict[str, object]:
    """Return amounts, times and regions; paid: the ring's claims, each once."""
    return {
        "n_claims": len(paid),
        "total_amount": int(paid["total_amount"].sum()),
        "fund_amount": int(paid["fund_amount"].sum()),
        "first_time": paid["start_time"].min(),
        "last_time": paid["start_time"].max(),
        "regions": ";".join(sorted(set(paid["region"]) - {""})),
    }


def pattern_table(rings: list[Ring]) -> pd.DataFrame:
    """Return what each pattern that found a ring says of it, the ring's own pattern first."""
    rows = [_said(one) | {"ring_id": ring.ring_id} for ring in rings for one in (ring, *ring.also)]
    return pd.DataFrame(rows)


def member_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the members of every ring, in rank order; core or fringe, and in what share."""
    return _stacked([_members(ring) for ring in rings])


def _members(ring: Ring) -> pd.DataFrame:
    known = ring.stability
    shares, standing = (np.nan, "") if known is None else (known.members, known.standing)
    return ring.members.assign(ring_id=ring.ring_id, stability=shares, standing=standing)


def tie_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the ties between persons of every ring, each with what excuses its joint visits."""
    return _stacked([_ties(ring) for ring in rings])


def _ties(ring: Ring) -> pd.DataFrame:
    of_persons = (ring.group.ties["type_a"] == "person") & (ring.group.ties["type_b"] == "person")
    ties = ring.group.ties[of_persons]
    return pd.DataFrame(
        {
            "ring_id": ring.ring_id,
            "person_id_a": ties["a"],
            "person_id_b": ties["b"],
            **_measured(ties),
            "explained_by": _excuses(ring, ties),
        }
    )


def _excuses(ring: Ring, ties: pd.DataFrame) -> list[str]:
    """Return for each tie the codes of the reasons that excuse acts of its two persons."""
    told, acts = ring.excused != "", ring.group.acts
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for a, b, code in zip(acts["a"][told], acts["b"][told], ring.excused[told], strict=True):
        codes[a, b].add(str(code))
    return [
        ";".join(sorted(codes.get(pair, ()))) for pair in zip(ties["a"], ties["b"], strict=True)
    ]


def _measured(ties: pd.DataFrame) -> "dict[str, pd.Series[float]]":
    return {
        "observed": ties["observed"],
        "expected": ties["expected"],
        "lift": ties["observed"] / np.maximum(ties["expected"], 1e-9),
        "p_value": ties["p"],
        "q_value": ties["q"],
    }


def link_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the ties of every ring that join other things than two persons."""
    return _stacked([_links(one, ring.ring_id) for ring in rings for one in (ring, *ring.also)])


def _links(ring: Ring, ring_id: str) -> pd.DataFrame:
    of_persons = (ring.group.ties["type_a"] == "person") & (ring.group.ties["type_b"] == "person")
    ties = ring.group.ties[~of_persons]
    return pd.DataFrame(
        {
            "ring_id": ring_id,
            "pattern": ring.pattern,
            "entity_type_a": ties["type_a"],
            "entity_id_a": ties["a"],
            "entity_type_b": ties["type_b"],
            "entity_id_b": ties["b"],
            **_measured(ties),
        }
    )


def claim_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the claims that decide about every ring."""
    return _stacked([ring.claims.assign(ring_id=ring.ring_id) for ring in rings])


def source_table(rings: list[Ring]) -> pd.DataFrame:
    """Return where each of those claims was delivered: feed, record, hash of the record."""
    claims = claim_table(rings)
    return claims if claims.empty else claims.drop_duplicates("claim_id").sort_values("claim_id")


def reason_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the innocent reasons tested for every ring, found or not."""
    rows = [
        {
            "ring_id": ring.ring_id,
            "code": reason.code,
            "found": "yes" if reason.found else "no" if reason.tested else "unknown",
            "share": reason.share,
            "sentence_zh": reason.sentence_zh,
            "sentence_en": reason.sentence_en,
        }
        for ring in rings
        for reason in ring.reasons
    ]
    return pd.DataFrame(rows)


def signal_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the conduct signals of every ring; without a value where not assessed."""
    rows = [
        {
            "ring_id": ring.ring_id,
            "code": signal.code,
            "assessed": "yes" if signal.assessed else "no",
            "value": signal.value,
            "points": signal.points,
            "sentence_zh": signal.sentence_zh,
            "sentence_en": signal.sentence_en,
            "claims": ";".join(signal.claims),
        }
        for ring in rings
        for signal in ring.signals
    ]
    return pd.DataFrame(rows)


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
