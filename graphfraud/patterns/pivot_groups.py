"""From conduct beyond chance to groups: who, where, over which values, told in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from graphfraud.network.significance import adjusted
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.pivot_conduct import EACH, Conduct, Town, days_at, surprise, usual
from graphfraud.patterns.pivot_values import Pivot, Values

TIE_COLUMNS = ("type_a", "a", "type_b", "b", "observed", "expected", "p", "q")
SEEN = 2  # days: a holder takes part who was there twice, and no less than the like of them
TIE_LEVEL = 0.05  # of q, over all holders of all groups
KIND_ZH = {"phone": "电话", "account": "银行账户"}
KIND_EN = {"phone": "phone", "account": "bank account"}


@dataclass(frozen=True)
class Part:
    """One pivot whose holders' conduct may be beyond chance; best: the set that shows it most."""

    pivot: Pivot
    best: Conduct
    facilities: tuple[str, ...]
    persons: tuple[str, ...]


def parts(found: Sequence[Conduct], level: float, shown: float) -> list[Part]:
    """Return for each pivot the best set, with every set that is significant by itself."""
    by_pivot: dict[tuple[str, str], list[Conduct]] = {}
    for one in found:
        by_pivot.setdefault((one.pivot.kind, one.pivot.value), []).append(one)
    result = []
    for _, mine in sorted(by_pivot.items()):
        best = min(mine, key=lambda one: (one.p_value, -one.observed, one.facilities))
        if best.p_value <= shown:
            result.append(_part(mine, best, level))
    return sorted(result, key=lambda part: (part.best.p_value, part.pivot.kind, part.pivot.value))


def _part(mine: Sequence[Conduct], best: Conduct, level: float) -> Part:
    alone = {one.facilities[0]: one for one in mine if len(one.facilities) == 1}
    serving = {place for place, one in alone.items() if one.p_value <= level or one is best}
    for one in mine:
        joint = one is best or (one.p_value <= level and serving & set(one.facilities))
        if len(one.facilities) > 1 and joint:
            serving |= {place for place in one.facilities if _serves(alone.get(place))}
    return Part(best.pivot, best, tuple(sorted(serving)), ())


def _serves(one: Conduct | None) -> bool:
    """Return whether a controller's facility is used by half of the homes, and beyond the usual."""
    if one is None:
        return False
    there = sum(one.days[person] > 0 for person in one.homes)
    return 2 * there >= len(one.homes) and one.observed > one.expected


def with_persons(town: Town, part: Part) -> Part:
    """Return the part with the holders who take part in it."""
    chosen = tuple(
        person
        for person in sorted(part.pivot.homes)
        if part.best.days[person] >= max(SEEN, usual(town, part.best, person))
    )
    return Part(part.pivot, part.best, part.facilities, chosen)


def groups(
    values: Values, town: Town, told: Sequence[Part], known: pd.DataFrame, level: float
) -> tuple[Group, ...]:
    """Return one group a collusion: pivots that hold together the same persons are one."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(told)))
    for i, one in enumerate(told):
        for j in range(i):
            common = len(set(one.persons) & set(told[j].persons))
            near = 2 * common >= min(len(one.persons), len(told[j].persons)) > 0
            if near and max(one.best.p_value, told[j].best.p_value) <= level:
                graph.add_edge(i, j)
    numbers = sorted(nx.connected_components(graph), key=min)
    return tuple(_group(values, town, [told[n] for n in sorted(part)], known) for part in numbers)


def ties(town: Town, told: Sequence[Part]) -> pd.DataFrame:
    """Return person and facility, where the person alone is there beyond chance (q ≤ 0.05)."""
    rows = []
    for part in told:
        for person in part.persons:
            p, mean = surprise(town, part.best, person), usual(town, part.best, person)
            for place in part.facilities:
                days = days_at(town, person, [place])
                rows.append(("facility", place, "person", person, days, mean, p))
    table = pd.DataFrame(rows, columns=list(TIE_COLUMNS[:-1]))
    table["q"] = adjusted(table["p"].to_numpy(float), len(table))
    kept = table[(table["q"] <= TIE_LEVEL) & (table["observed"] > 0)]
    kept = kept.sort_values(["a", "b", "p"]).drop_duplicates(["a", "b"])
    return kept[list(TIE_COLUMNS)].reset_index(drop=True)


def _group(values: Values, town: Town, told: Sequence[Part], known: pd.DataFrame) -> Group:
    best = told[0]
    facilities = sorted({place for part in told for place in part.facilities})
    persons = sorted({person for part in told for person in part.persons})
    members = _members(town, told, persons, facilities)
    excuse = _excuses(values, best.pivot)
    visits = town.visits[
        town.visits["facility_id"].isin(facilities) & town.visits["person_id"].isin(persons)
    ]
    claims = visits.reset_index(drop=True)[["claims"]].explode("claims")
    claims = pd.DataFrame({"event": claims.index + 1, "claim_id": claims["claims"]})
    zh, en = _sentences(told, persons, facilities)
    mine = known["a"].isin(facilities) & known["b"].isin(persons)
    return Group(
        members=members,
        acts=_acts(town, best, excuse),
        claims=claims.sort_values(["event", "claim_id"], ignore_index=True),
        ties=known[mine].reset_index(drop=True),
        expected=best.best.expected,
        chance=best.best.chance,
        summary_zh=zh,
        summary_en=en,
    )


def _members(
    town: Town, told: Sequence[Part], persons: Sequence[str], facilities: Sequence[str]
) -> pd.DataFrame:
    often = {person: days_at(town, person, facilities) for person in persons}
    most = max([1, *often.values()])
    rows: list[tuple[str, str, str, float]] = [
        ("person", person, "card_holder", days / most) for person, days in often.items()
    ]
    for place in facilities:
        there = sum(days_at(town, person, [place]) > 0 for person in persons)
        rows.append(("facility", place, "controlled", there / max(1, len(persons))))
    accounts = {part.pivot.value for part in told if part.pivot.kind == "account"}
    rows += [("account", account, "pivot", 1.0) for account in sorted(accounts)]
    table = pd.DataFrame(rows, columns=["entity_type", "entity_id", "role", "weight"])
    return table.sort_values(["entity_type", "entity_id"], ignore_index=True)


def _acts(town: Town, part: Part, excuse: Mapping[str, str]) -> pd.DataFrame:
    """Return one act a counted day: of each home's representative, as many as the cap lets in."""
    conduct = part.best
    visits = town.visits[
        town.visits["person_id"].isin(conduct.homes)
        & town.visits["facility_id"].isin(conduct.facilities)
    ].sort_values(["person_id", "day", "facility_id"])
    count = visits.groupby("person_id").cumcount()
    visits = visits[count.to_numpy() < visits["person_id"].map(conduct.days).to_numpy()]
    acts = pd.DataFrame(
        {
            "unit": range(1, len(visits) + 1),
            "a": visits["person_id"],
            "b": "",
            "facility_id": visits["facility_id"],
            "day": visits["day"].astype("int64"),
            "scheduled": visits["scheduled"].astype(bool),
            "excuse": [excuse.get(person, "") for person in visits["person_id"]],
        }
    )
    return acts[list(ACT_COLUMNS)].reset_index(drop=True)


def _excuses(values: Values, pivot: Pivot) -> dict[str, str]:
    """Return the holders whom an employer or a registered agent explains, with the reason."""
    employer = values.facts.reindex(list(pivot.homes))["employer"]
    counts = employer[employer != ""].value_counts()
    common = sorted(counts.index[2 * counts >= len(pivot.homes)]) if len(counts) else []
    found = {str(person): "employer" for person in employer.index[employer.isin(common[:1])]}
    agents = values.relations[values.relations["relation"] == "agent"]
    agents = agents[agents["person_id"].isin(pivot.homes)]
    served = agents.groupby(["other_type", "other_id"])["person_id"].nunique()
    for kind, other in served.index[served > 1]:
        mine = (agents["other_type"] == kind) & (agents["other_id"] == other)
        found |= {str(person): "registered_agent" for person in agents.loc[mine, "person_id"]}
        found |= {str(other): "registered_agent"} if kind == "person" else {}
    return found


def _sentences(
    told: Sequence[Part], persons: Sequence[str], facilities: Sequence[str]
) -> tuple[str, str]:
    best = told[0].best
    zh_kinds = "、".join(dict.fromkeys(KIND_ZH[part.pivot.kind] for part in told))
    en_kinds = " and ".join(dict.fromkeys(KIND_EN[part.pivot.kind] for part in told))
    holders, rare = len(told[0].pivot.persons), told[0].pivot.rarity
    zh = (
        f"{holders} 名来自 {len(best.homes)} 个家庭的参保人共用同一{zh_kinds}"
        f"（数据中仅 {rare} 个值被如此多的人共用），其中 {len(persons)} 人集中在 {len(facilities)} "
        f"家机构就诊购药：各家庭合计 {best.observed} 天（每户每家机构至多计 {EACH} 天），偶然预期 "
        f"{best.expected:.1f} 天。"
    )
    en = (
        f"{holders} persons of {len(best.homes)} homes share one {en_kinds} ({rare} values in the "
        f"data are shared by so many), and {len(persons)} of them keep to {len(facilities)} "
        f"facilities: observed {best.observed} days of the homes (at most {EACH} a home and "
        f"facility), by chance {best.expected:.1f} expected."
    )
    return zh, en
