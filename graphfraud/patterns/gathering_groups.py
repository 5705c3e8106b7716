"""From what was extracted to groups: members with roles, acts, ties, claims and a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events
from graphfraud.engine.visits import Visits
from graphfraud.network.significance import adjusted, log_likelihood_ratio, upper_tail
from graphfraud.patterns.extraction import Extracted
from graphfraud.patterns.gathering_reruns import company_rule, core_rule
from graphfraud.patterns.group import Group, split
from graphfraud.patterns.joint_visits import joint_visits, visit_claims
from graphfraud.patterns.meetings import meetings
from graphfraud.patterns.organiser import with_organiser
from graphfraud.patterns.replicates import Null
from graphfraud.patterns.reruns import Bools, Reruns
from graphfraud.patterns.rhythm import Rhythms
from graphfraud.patterns.roles import members


@dataclass(frozen=True)
class Wording:
    """How a pattern names roles, and tells what a group did.

    sentences: (persons, occasions, joint days, expected) -> (zh, en).
    """

    person: str
    place: str
    doctor: str
    sentences: Callable[[int, int, int, float], tuple[str, str]]


@dataclass(frozen=True)
class Level:
    """At what level a pair inside a group is a tie, all its pairs together; κ; days to join."""

    family_wise: float
    dispersion: float
    at_least: int


def groups_of(
    engine: Engine,
    seen: Events,
    visits: Visits,
    found: list[Extracted],
    *,
    chance: Null,
    rhythms: Rhythms | None,
    level: Level,
    wording: Wording,
    company: bool = False,
) -> tuple[Group, ...]:
    """Return what was extracted as groups, in its order, with the claims behind their meetings.

    company: only meetings at which a third member was there count.
    """
    if not found:
        return ()
    member = np.zeros(visits.n_persons, bool)
    member[np.concatenate([one.persons for one in found])] = True
    rows = np.flatnonzero(member[visits.person])
    near = seen.at(rows), visits.at(rows)
    tables = [meetings(*near, one.persons, company=company) for one in found]
    claims = visit_claims(engine, joint_visits(tables))
    names = np.array(seen.person_ids, dtype=object)
    who = members(
        [names[one.persons].tolist() for one in found],
        claims,
        person=wording.person,
        place=wording.place,
        doctor=wording.doctor,
    )
    return tuple(
        _group(
            names,
            one,
            table,
            mine,
            persons,
            p_value=_in_company(one, chance) if company else _by_pairs(one, chance),
            rhythm=_in_rhythm(one, rhythms),
            level=level,
            wording=wording,
            company=company,
        )
        for one, table, mine, persons in zip(
            found, tables, split(claims, len(found)), who, strict=True
        )
    )


def _group(
    names: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    found: Extracted,
    table: pd.DataFrame,
    claims: pd.DataFrame,
    who: pd.DataFrame,
    *,
    p_value: Callable[[int], float],
    rhythm: Callable[[int], float] | None,
    level: Level,
    wording: Wording,
    company: bool,
) -> Group:
    occasions = int(claims["event"].nunique())
    told = wording.sentences(len(found.persons), occasions, found.observed, found.expected)
    tie_level = level.family_wise / max(1, len(found.pairs.a))
    ties = _ties(names, found, tie_level, level.dispersion)
    return Group(
        members=with_organiser(who, ties),
        acts=_acts(table),
        claims=claims[["event", "claim_id"]],
        ties=ties,
        expected=found.expected,
        chance=p_value,
        rhythm=rhythm,
        summary_zh=told[0],
        summary_en=told[1],
        tie_level=tie_level,
        dispersion=level.dispersion,
        stays=_rule(names, found, table, level, company=company),
    )


def _rule(
    names: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    found: Extracted,
    table: pd.DataFrame,
    level: Level,
    *,
    company: bool,
) -> Callable[[Reruns], Bools]:
    """Return the rule by which members stay; ids and pairs are in the order of the codes."""
    persons: list[str] = names[found.persons].tolist()
    if company:
        return company_rule(persons, table, at_least=level.at_least)
    joint, law = level.family_wise, found.pairs.expected
    return core_rule(persons, table, law, level=joint, at_least=level.at_least)


def _by_pairs(found: Extracted, chance: Null) -> Callable[[int], float]:
    """Return the p-value of so many joint days of the group's pairs."""
    return lambda days: chance.p_value(log_likelihood_ratio(days, found.expected))


def _in_company(found: Extracted, chance: Null) -> Callable[[int], float]:
    """Return the p-value of so many joint days in company: they keep their share of the statistic.

    The group was tested by its attendance, which single joint days do not tell.
    """
    return lambda days: chance.p_value(found.statistic * days / max(1, found.observed))


def _in_rhythm(found: Extracted, rhythms: Rhythms | None) -> Callable[[int], float] | None:
    """Return the p-value of so many joint days with rhythms kept, where that is looked for."""
    if rhythms is None:
        return None
    return lambda days: rhythms.p_value(found.persons, days, found.expected)


def _acts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings as acts; a unit is a pair's day together, and meetings lie by those."""
    what = [table[column].to_numpy() for column in ("a", "b", "day")]
    begins = np.ones(len(table), bool)
    begins[1:] = np.any([column[1:] != column[:-1] for column in what], axis=0)
    return table.assign(unit=np.cumsum(begins) - 1, excuse="")


def _ties(
    names: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    found: Extracted,
    tie_level: float,
    dispersion: float,
) -> pd.DataFrame:
    """Return the group's pairs that beat chance, with all its pairs as the family."""
    pairs = found.pairs
    p = upper_tail(pairs.observed, pairs.expected, dispersion)
    q = adjusted(p, len(p))
    keep = p <= tie_level
    return tie_table(
        names[pairs.a[keep]],
        names[pairs.b[keep]],
        pairs.observed[keep],
        pairs.expected[keep],
        p[keep],
        q[keep],
    )


def tie_table(*columns: "np.ndarray[tuple[int], np.dtype[np.generic]]") -> pd.DataFrame:
    """Return ties between persons as a table; columns: a, b (ids), observed, expected, p, q."""
    table = pd.DataFrame(
        dict(zip(("a", "b", "observed", "expected", "p", "q"), columns, strict=True))
    )
    return table.assign(type_a="person", type_b="person")
