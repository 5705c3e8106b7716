"""Groups of repeaters: persons who stand out at the same places, with places, operator and acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from graphfraud.engine.duckdb import Engine
from graphfraud.network.repeaters import family_wise
from graphfraud.network.significance import adjusted
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.repeat_parts import parts

Bools = NDArray[np.bool_]

TIE_COLUMNS = ("type_a", "a", "type_b", "b", "observed", "expected", "p", "q")
HOLDS_MOST = 0.5  # an operator is named when more than half of the acts are his …
WORTH_TELLING = 0.2  # groups with a larger p are not handed on
BEYOND_HIS_SHARE = 0.01  # … and his share of the place's other claims does not explain it


@dataclass(frozen=True)
class Found:
    """What a pattern of repeaters has found.

    links: place_type, place, person_id, count, expected, p, faint: the links that stand out and
        those that only join (faint), sorted.
    acts: person_id, facility_id, operator_id ('' for none), day, scheduled, claims (list of ids);
        one row an act of anybody, sorted.
    by_chance: persons whom chance lets stand out, by (place type, place); family: places judged.
    kinds: kind of each facility.
    """

    links: pd.DataFrame
    acts: pd.DataFrame
    by_chance: dict[tuple[str, str], float]
    family: int
    kinds: dict[str, str]


Summary = Callable[[pd.DataFrame, int, float], tuple[str, str]]


def tie_table(links: pd.DataFrame, family: int) -> pd.DataFrame:
    """Return the links as ties between a person and a place."""
    return pd.DataFrame(
        {
            "type_a": "person", "a": links["person_id"],
            "type_b": links["place_type"], "b": links["place"],
            "observed": links["count"], "expected": links["expected"],
            "p": links["p"], "q": adjusted(links["p"].to_numpy(float), max(family, len(links))),
        },
        columns=list(TIE_COLUMNS),
    )  # fmt: skip


def groups(found: Found, engine: Engine, summary: Summary, tests: int) -> tuple[Group, ...]:
    """Return one group for each connected set of links; tests: links that were possible.

    A place enters a group with two persons at least: one alone may stand out by chance.
    """
    links = found.links
    shared = (~links["faint"]).groupby([links["place_type"], links["place"]]).transform("sum") >= 2
    links = links[shared].reset_index(drop=True)
    if links.empty:
        return ()
    part = parts(links, found.acts)
    order = sorted(set(part.tolist()), key=lambda one: str(links["place"][part == one].min()))
    made = (_group(found, links[part == one], engine, summary, tests) for one in order)
    return tuple(group for group in made if group.p_value <= WORTH_TELLING)


def _group(
    found: Found, links: pd.DataFrame, engine: Engine, summary: Summary, tests: int
) -> Group:
    """Return the group of one connected set of links."""
    at = [(str(kind), str(place)) for kind, place in
          links[["place_type", "place"]].drop_duplicates().itertuples(index=False)]  # fmt: skip
    acts = _acts_of(found.acts, links)
    expected = sum(found.by_chance[place] for place in at)
    persons = int(acts["person_id"].nunique())
    # Who only joins proves nothing: the test counts those who stand out.
    faint = persons - links.loc[~links["faint"], "person_id"].nunique()
    zh, en = summary(acts, persons, expected)
    return Group(
        members=_members(acts, _shops(acts, links), found.kinds, _operator(acts, engine)),
        acts=_act_table(acts),
        claims=_claims(acts),
        ties=tie_table(links.reset_index(drop=True), tests),
        expected=expected,
        chance=lambda units: family_wise(units - faint, expected, found.family),
        summary_zh=zh,
        summary_en=en,
    )


def _acts_of(acts: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the acts of the linked persons at the linked facilities or operators."""
    linked = pd.Series(data=False, index=acts.index)
    for kind in ("facility", "operator"):
        mine = links[links["place_type"] == kind]
        pairs = pd.MultiIndex.from_frame(mine[["person_id", "place"]])
        linked |= pd.MultiIndex.from_frame(acts[["person_id", f"{kind}_id"]]).isin(pairs)
    # The linked persons' acts at all of the group's places belong to it.
    shops = {*links.loc[links["place_type"] == "facility", "place"], *_busy(acts[linked])}
    inside = acts["person_id"].isin(set(links["person_id"])) & acts["facility_id"].isin(shops)
    return acts[linked | inside].reset_index(drop=True)


def _busy(acts: pd.DataFrame) -> list[str]:
    """Return the facilities where at least two persons act."""
    persons = acts.groupby("facility_id")["person_id"].nunique()
    return [str(name) for name in persons.index[persons >= 2]]


def _operator(acts: pd.DataFrame, engine: Engine) -> tuple[str, float] | None:
    """Return who keyed in most of the acts, and which share, if that is more than his share."""
    counts = acts.loc[acts["operator_id"] != "", "operator_id"].value_counts()
    if counts.empty or counts.iloc[0] <= HOLDS_MOST * len(acts):
        return None
    name, most = str(counts.index[0]), int(counts.iloc[0])
    decisive = sorted({claim for claims in acts["claims"] for claim in claims})
    engine.register("places", acts[["facility_id"]].drop_duplicates())
    engine.register("decisive", pd.DataFrame({"claim_id": decisive}))
    shares = engine.frame("patterns/operator_shares")
    engine.unregister("places")
    engine.unregister("decisive")
    his = int(shares.loc[shares["operator_id"] == name, "claims"].sum())
    usual = (his + 1) / (int(shares["claims"].sum()) + 2)
    if stats.binom.sf(most - 1, int(counts.sum()), usual) > BEYOND_HIS_SHARE:
        return None
    return name, most / len(acts)


def _shops(acts: pd.DataFrame, links: pd.DataFrame) -> dict[str, float]:
    """Return each facility's share of the acts; an act at two shops of a chain counts at both."""
    linked = links[links["place_type"] == "facility"].groupby("place")["count"].sum()
    counts = acts["facility_id"].value_counts()
    most = counts.combine(linked, max, fill_value=0)
    return {str(shop): min(1.0, float(n) / len(acts)) for shop, n in most.items()}


def _members(
    acts: pd.DataFrame,
    shops: dict[str, float],
    kinds: dict[str, str],
    operator: tuple[str, float] | None,
) -> pd.DataFrame:
    """Return persons, facilities and the operator; weight: their share of the acts."""
    persons = acts["person_id"].value_counts()
    rows = [("facility", shop, kinds.get(shop, ""), share) for shop, share in shops.items()]
    rows += [("person", str(who), "card_holder", n / len(acts)) for who, n in persons.items()]
    if operator:
        rows.append(("operator", operator[0], "operator", operator[1]))
    return pd.DataFrame(sorted(rows), columns=["entity_type", "entity_id", "role", "weight"])


def _act_table(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the acts: the unit is the person, for persons are what is counted."""
    table = acts.assign(unit=acts["person_id"], a=acts["person_id"], b="", excuse="")
    return table[list(ACT_COLUMNS)]


def _claims(acts: pd.DataFrame) -> pd.DataFrame:
    rows: Sequence[tuple[int, str]] = [
        (event, claim)
        for event, claims in enumerate(acts["claims"], 1)
        for claim in sorted(set(claims))
    ]
    return pd.DataFrame(rows, columns=["event", "claim_id"])
