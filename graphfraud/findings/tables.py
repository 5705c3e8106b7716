"""The result tables of a run, filled from rings: one function a table."""

import numpy as np
import pandas as pd

from graphfraud.findings.rings import Ring


def ring_table(rings: list[Ring]) -> pd.DataFrame:
    """Return one row a ring, in rank order (columns of rings.csv, amounts in fen)."""
    return pd.DataFrame([_ring_row(rank, ring) for rank, ring in enumerate(rings, 1)])


def _ring_row(rank: int, ring: Ring) -> dict[str, object]:
    group, kinds = ring.group, ring.members["entity_type"].value_counts()
    paid = ring.claims.drop_duplicates("claim_id")
    regions = sorted(set(paid["region"]) - {""})
    return {
        "ring_id": ring.ring_id,
        "rank": rank,
        "pattern": ring.pattern,
        "status": ring.verdict.status,
        "explanation": ring.verdict.explanation,
        "score": ring.score,
        "p_value": group.p_value,
        "n_persons": len(group.persons),
        "n_doctors": int(kinds.get("doctor", 0)),
        "n_facilities": int(kinds.get("facility", 0)),
        "n_accounts": 0,
        "n_claims": len(paid),
        "total_amount": int(paid["total_amount"].sum()),
        "fund_amount": ring.fund_amount,
        "first_time": paid["start_time"].min(),
        "last_time": paid["start_time"].max(),
        "regions": ";".join(regions),
        "joint_visits": group.observed,
        "expected": group.expected,
        "lift": group.observed / max(group.expected, 1e-9),
        "summary_zh": _summary_zh(ring),
        "summary_en": _summary_en(ring),
    }


def _summary_zh(ring: Ring) -> str:
    group = ring.group
    occasions = int(ring.claims["event"].nunique())
    return (
        f"{len(group.persons)} 人先后 {occasions} 次同时出现在同一机构，"
        f"两两同日相遇合计 {group.observed} 人次；按各自习惯和当地客流，"
        f"偶然相遇预期 {group.expected:.1f} 人次。"
    )


def _summary_en(ring: Ring) -> str:
    group = ring.group
    occasions = int(ring.claims["event"].nunique())
    return (
        f"{len(group.persons)} persons were together at one place on {occasions} occasions: "
        f"{group.observed} joint days over all pairs; by chance {group.expected:.1f} expected."
    )


def member_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the members of every ring, in rank order."""
    return _stacked([ring.members.assign(ring_id=ring.ring_id) for ring in rings])


def tie_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the validated ties of every ring, each with the reasons that excuse its meetings."""
    return _stacked([_ties(ring) for ring in rings])


def _ties(ring: Ring) -> pd.DataFrame:
    ties = ring.group.ties
    told = ring.group.meetings.assign(why=ring.excused).query("why != ''")
    why = told.groupby(["a", "b"])["why"].agg(lambda codes: ";".join(sorted(set(codes))))
    keys = pd.MultiIndex.from_frame(ties[["a", "b"]])
    return pd.DataFrame(
        {
            "ring_id": ring.ring_id,
            "person_id_a": ties["a"],
            "person_id_b": ties["b"],
            "observed": ties["observed"],
            "expected": ties["expected"],
            "lift": ties["observed"] / np.maximum(ties["expected"], 1e-9),
            "p_value": ties["p"],
            "q_value": ties["q"],
            "explained_by": why.reindex(keys).fillna("").to_numpy(),
        }
    )


def claim_table(rings: list[Ring]) -> pd.DataFrame:
    """Return the claims of every ring's joint visits."""
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
            "found": "yes" if reason.found else "no",
            "share": reason.share,
            "sentence_zh": reason.sentence_zh,
            "sentence_en": reason.sentence_en,
        }
        for ring in rings
        for reason in ring.reasons
    ]
    return pd.DataFrame(rows)


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
