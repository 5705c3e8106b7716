"""From pairs to groups: pairs that share a doctor or a pharmacy and patients are one group."""

from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pandas as pd

from graphfraud.network.beta_binomial import upper_tail
from graphfraud.patterns.doctor_pharmacy_members import Member
from graphfraud.patterns.doctor_pharmacy_search import Searched
from graphfraud.patterns.doctor_pharmacy_sequences import Codes
from graphfraud.patterns.group import ACT_COLUMNS, Group

OVERLAP = 0.2  # of the smaller pair's patients: far more than two doctors share by chance


def joined(pairs: pd.DataFrame, members: Sequence[Member]) -> list[list[int]]:
    """Return the pairs' numbers by group, each sorted, in the order of their first pair."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(members)))
    for a in range(len(members)):
        for b in range(a):
            if _together(pairs, members, a, b):
                graph.add_edge(a, b)
    return sorted(sorted(part) for part in nx.connected_components(graph))


def _together(pairs: pd.DataFrame, members: Sequence[Member], a: int, b: int) -> bool:
    ids = pairs[["doctor_id", "pharmacy_id"]].to_numpy()
    same = [bool(equal) for equal in ids[a] == ids[b]]
    one, other = set(members[a].person), set(members[b].person)
    shared = len(one & other)
    return all(same) or (any(same) and shared > OVERLAP * min(len(one), len(other)))


def build_group(
    numbers: list[int],
    *,
    pairs: pd.DataFrame,
    acts: pd.DataFrame,
    claims: pd.DataFrame,
    members: Sequence[Member],
    searched: Searched,
) -> Group:
    """Return the group of these pairs; acts, claims: rows of all pairs, by `pair`."""
    mine = pairs.loc[numbers]
    decisive = np.argmin(searched.p[numbers], axis=1)
    others = sum(members[number].others for number in numbers)
    whole = float(searched.pairs.expected[numbers, decisive].sum())
    expected = max(whole - others, sum(members[number].expected for number in numbers))
    took = acts[acts["pair"].isin(numbers)]
    units = int(took.loc[took["counted"], ["pair", "person_id"]].drop_duplicates().shape[0])
    zh, en = _sentences(mine, took, units, expected, again=bool(decisive.all()))
    return Group(
        members=_members(mine, [members[number] for number in numbers]),
        acts=_acts(took[took["counted"]]),
        claims=_claims(claims[claims["pair"].isin(numbers)]),
        ties=tie_table(mine, numbers, searched),
        expected=expected,
        chance=_chance(numbers, decisive, searched, others),
        summary_zh=zh,
        summary_en=en,
        dispersion=float(searched.rho[decisive].max()),
    )


def _chance(
    numbers: list[int], decisive: Codes, searched: Searched, others: int
) -> Callable[[int], float]:
    """Return the family-wise chance of so many patients over all pairs of the group.

    others: patients who were there as well but are no members: they are part of what was counted.
    """
    size = searched.pairs.size[numbers, decisive].sum()
    mean = searched.pairs.expected[numbers, decisive].sum() / max(1, size)
    known = searched.pairs.known[numbers].max() + searched.rho[decisive].max()

    def chance(units: int) -> float:
        counted = min(int(size), units + others) if units else 0
        tail = upper_tail(*(np.array([value]) for value in (counted, size, mean, min(known, 0.99))))
        return min(1.0, searched.family * float(tail[0]))

    return chance


def _members(mine: pd.DataFrame, sent: list[Member]) -> pd.DataFrame:
    weight: dict[str, float] = {}
    for one in sent:
        for person, probability in zip(one.person, one.probability, strict=True):
            weight[person] = max(probability, weight.get(person, 0.0))
    rows = [("doctor", doctor, "prescriber", 1.0) for doctor in set(mine["doctor_id"])]
    rows += [("facility", place, "dispensing", 1.0) for place in set(mine["pharmacy_id"])]
    rows += [("person", person, "patient", value) for person, value in weight.items()]
    return pd.DataFrame(sorted(rows), columns=["entity_type", "entity_id", "role", "weight"])


def _acts(took: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "unit": took.groupby(["pair", "person_id"], sort=True).ngroup(),
            "a": took["person_id"],
            "b": "",
            "facility_id": took["pharmacy_id"],
            "day": took["day"].to_numpy("datetime64[s]").astype(np.int64),
            "scheduled": took["scheduled"].astype(bool),
            "excuse": took["excuse"],
        }
    )
    order = ["unit", "day", "facility_id"]
    return table[list(ACT_COLUMNS)].sort_values(order, ignore_index=True)


def _claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return event (a person's day) and claim_id."""
    ordered = claims.sort_values(["day", "person_id", "claim_id"])
    event = ordered.groupby(["day", "person_id"], sort=True).ngroup() + 1
    table = pd.DataFrame({"event": event, "claim_id": ordered["claim_id"]})
    return table.drop_duplicates(ignore_index=True)


def tie_table(mine: pd.DataFrame, numbers: list[int], searched: Searched) -> pd.DataFrame:
    """Return the pairs as ties of a doctor and a pharmacy, with their decisive numbers."""
    group = np.argmin(searched.p[numbers], axis=1)
    p = searched.p[numbers, group]
    return pd.DataFrame(
        {
            "type_a": "doctor",
            "a": mine["doctor_id"].to_numpy(),
            "type_b": "facility",
            "b": mine["pharmacy_id"].to_numpy(),
            "observed": searched.pairs.observed[numbers, group],
            "expected": searched.pairs.expected[numbers, group],
            "p": p,
            "q": np.minimum(1.0, p * searched.family),
        }
    )


def _sentences(
    mine: pd.DataFrame, took: pd.DataFrame, units: int, expected: float, *, again: bool
) -> tuple[str, str]:
    doctors, shops = (", ".join(sorted(set(mine[n]))) for n in ("doctor_id", "pharmacy_id"))
    days = took[["person_id", "day"]].drop_duplicates().shape[0]
    own = bool(mine["own"].any())
    zh = (
        f"医师 {doctors} 的患者中有 {units} 人{'多次' if again else ''}就诊当日主要在药店 {shops} "
        f"购药（共 {days} 人日），按同机构其他医师的同类患者推算，偶然约为 {expected:.1f} 人。"
    )
    en = (
        f"{units} patients of doctor {doctors} {'repeatedly ' if again else ''}took most of the "
        f"same day's purchases to pharmacy {shops} ({days} person-days); like patients of the "
        f"colleagues would give {expected:.1f} by chance."
    )
    if own:
        zh += "登记信息显示该药店与接诊机构的法定代表人、账户或地址相同，需一并核查。"
        en += " By the registers, pharmacy and facility share a representative, account or address."
    return zh, en
