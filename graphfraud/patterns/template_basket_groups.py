"""From templates to groups: the days of one facility on which one basket comes again and again."""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd

from graphfraud.network.beta_binomial import upper_tail
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.template_basket_chance import log_ways

SECONDS_A_DAY = 86_400
SHARED = 0.2  # of the smaller template's claims: then both are variants of one
DOMINANT = 0.2  # of the claims: a doctor who signed fewer is no prescriber of the template
NO_TIES = pd.DataFrame(columns=["type_a", "a", "type_b", "b", "observed", "expected", "p", "q"])


def chance_of(rows: pd.DataFrame, family: int, days: int) -> Callable[[int], float]:
    """Return the family-wise chance of so many persons over the days of one template.

    rows: the template's days with alike, seen, share, correlation; family: facilities × baskets;
    days: on which the facility was seen at all. Every choice of as many days is in the family.
    """
    size = int(rows["seen"].sum())
    mean = float((rows["seen"] * rows["share"]).sum()) / max(1, size)
    correlation = float(rows["correlation"].max())
    tests = float(np.log(max(1, family)) + log_ways(days, len(rows)))

    def chance(units: int) -> float:
        tail = upper_tail(*(np.array([value]) for value in (units, size, mean, correlation)))
        return float(np.exp(min(0.0, tests + np.log(max(float(tail[0]), 1e-300)))))

    return chance


def joined(claims: pd.DataFrame, templates: int) -> list[list[int]]:
    """Return the templates by group: variants that share claims are one; each sorted."""
    graph = nx.Graph()
    graph.add_nodes_from(range(templates))
    both = claims.merge(claims, on="claim_id", suffixes=("", "_other"))
    both = both[both["template"] < both["template_other"]]
    size = claims["template"].value_counts()
    pairs = both[["template", "template_other"]].to_numpy(np.int64)
    for (a, b), shared in zip(*np.unique(pairs, axis=0, return_counts=True), strict=True):
        if shared > SHARED * min(size[a], size[b]):
            graph.add_edge(a, b)
    return sorted(sorted(part) for part in nx.connected_components(graph))


def build_group(
    rows: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    kind: str,
    chance: Callable[[int], float],
    by_amount: bool,
) -> Group:
    """Return the group of one template (its days in `rows`) with the claims that resemble it.

    claims: rows of template_basket_claims of the group; those of the template itself are counted.
    """
    facility = str(rows["facility_id"].iloc[0])
    expected = float((rows["seen"] * rows["share"]).sum())
    acts = _acts(claims[claims["resemblance"] >= 1.0], facility)
    members = _members(claims, facility, kind)
    zh, en = _sentences(members, rows, acts, expected, by_amount=by_amount)
    events = claims["day"].rank(method="dense").astype(int)
    table = pd.DataFrame({"event": events, "claim_id": claims["claim_id"]})
    return Group(
        members=members,
        acts=acts,
        claims=table.drop_duplicates("claim_id").sort_values(
            ["event", "claim_id"], ignore_index=True
        ),
        ties=NO_TIES,
        expected=expected,
        chance=chance,
        summary_zh=zh,
        summary_en=en,
        dispersion=float(rows["correlation"].max()),
    )


def _acts(claims: pd.DataFrame, facility: str) -> pd.DataFrame:
    ordered = claims.sort_values(["day", "person_id"])
    days = ordered.groupby(["day", "person_id"], sort=True)["scheduled"].all().reset_index()
    table = pd.DataFrame(
        {
            "unit": np.arange(len(days)),
            "a": days["person_id"],
            "b": "",
            "facility_id": facility,
            "day": days["day"].to_numpy(np.int64) * SECONDS_A_DAY,
            "scheduled": days["scheduled"].astype(bool),
            "excuse": "",
        }
    )
    return table[list(ACT_COLUMNS)]


def _members(claims: pd.DataFrame, facility: str, kind: str) -> pd.DataFrame:
    weight = claims.groupby("person_id")["resemblance"].max()
    rows = [("person", str(person), "patient", float(value)) for person, value in weight.items()]
    rows.append(("facility", facility, kind, 1.0))
    signed = claims["doctor_id"].value_counts() / max(1, len(claims))
    rows += [
        ("doctor", str(doctor), "prescriber", float(share))
        for doctor, share in signed.items()
        if share >= DOMINANT
    ]
    return pd.DataFrame(sorted(rows), columns=["entity_type", "entity_id", "role", "weight"])


def _sentences(
    members: pd.DataFrame,
    rows: pd.DataFrame,
    acts: pd.DataFrame,
    expected: float,
    *,
    by_amount: bool,
) -> tuple[str, str]:
    facility, days = rows["facility_id"].iloc[0], len(rows)
    doctors = ", ".join(members.loc[members["entity_type"] == "doctor", "entity_id"])
    persons = acts["a"].nunique()
    what = (
        ("金额完全相同", "the same amount")
        if by_amount
        else ("完全相同的一组项目", "the same basket")
    )
    signed = (f"（医师 {doctors}）", f" (doctor {doctors})") if doctors else ("", "")
    zh = (
        f"机构 {facility}{signed[0]}在 {days} 天内为 {persons} 人共 {len(acts)} 人次结算{what[0]}，"
        f"按同区同类机构及本机构其他日期推算，偶然约为 {expected:.1f} 人次。"
    )
    en = (
        f"Facility {facility}{signed[1]} billed {what[1]} {len(acts)} times to {persons} persons "
        f"on {days} days; other facilities and other days would give {expected:.1f} by chance."
    )
    return zh, en
