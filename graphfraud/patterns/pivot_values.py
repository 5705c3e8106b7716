"""Values that persons share: who holds them, in how many homes, and which are placeholders."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.network.adjacency import edges_of
from graphfraud.network.components import components

FAR_OUT = 3.0  # Tukey's fence, in interquartile ranges of the log size
HOUSEHOLD_PHONE = 6  # more persons on one phone are no household


@dataclass(frozen=True)
class Pivot:
    """One value that persons of several homes share.

    persons: ids, sorted; homes: person -> number of their home; rarity: how many values of this
    kind are shared by as many persons or more (one: nothing like it).
    """

    kind: str
    value: str
    persons: tuple[str, ...]
    homes: Mapping[str, int]
    rarity: int


@dataclass(frozen=True)
class Values:
    """What is shared: the pivots, the people's facts and relations, and what was left out."""

    pivots: tuple[Pivot, ...]
    facts: pd.DataFrame
    relations: pd.DataFrame
    placeholders: tuple[tuple[str, int], ...]  # kind, persons


def read_values(engine: Engine, *, at_least: int, homes: int) -> Values:
    """Return the values that persons of at least `homes` homes hold.

    at_least: a value on no more persons than this is never a placeholder.
    """
    held = engine.frame("patterns/pivot_holders")
    sizes = engine.frame("patterns/pivot_sizes")
    fence = {kind: max(float(at_least), _fence(part)) for kind, part in sizes.groupby("kind")}
    size, most = held["holders"], held["kind"].map(fence).fillna(float(at_least))
    fillers = {value for value in held["value"].unique() if _is_filler(value)}
    filler = held["value"].isin(fillers) | (size > most)
    left_out = held[filler].groupby(["kind", "value"], as_index=False).first()
    held = held[~filler]
    engine.register("pivot_people", held[["person_id"]].drop_duplicates())
    facts = engine.frame("patterns/pivot_facts", {"phone": HOUSEHOLD_PHONE}).set_index("person_id")
    relations = engine.frame("patterns/pivot_relations")
    home = _homes(facts, relations)
    spread = held["person_id"].map(home).groupby([held["kind"], held["value"]]).nunique()
    wide = held.set_index(["kind", "value"]).loc[spread.index[spread >= homes]].reset_index()
    kept = tuple(
        _pivot(str(part["kind"].iloc[0]), str(part["value"].iloc[0]), part, home, sizes)
        for _, part in wide.groupby(["kind", "value"])
    )
    told = zip(left_out["kind"], left_out["holders"], strict=True)
    return Values(kept, facts, relations, tuple((str(k), int(n)) for k, n in sorted(told)))


def _pivot(
    kind: str, value: str, part: pd.DataFrame, home: Mapping[str, int], sizes: pd.DataFrame
) -> Pivot:
    persons = tuple(sorted(part["person_id"]))
    like = sizes[(sizes["kind"] == kind) & (sizes["holders"] >= len(persons))]
    homes = {person: home[person] for person in persons if person in home}
    return Pivot(kind, value, persons, homes, max(1, int(like["n_values"].sum())))


def _fence(sizes: pd.DataFrame) -> float:
    """Return the size of a value beyond which it lies far out of what is usual.

    Q3·(Q3/Q1)^3, the outer fence of a box plot of log sizes (Tukey 1977).
    """
    whole = np.repeat(sizes["holders"].to_numpy(float), sizes["n_values"].to_numpy(np.int64))
    low, high = (float(edge) for edge in np.quantile(whole, [0.25, 0.75]))
    return float(high * (high / low) ** FAR_OUT)


def _is_filler(value: str) -> bool:
    """Return whether a value is one character again and again, or counts up: typed to fill in.

    >>> _is_filler("00000000"), _is_filler("12345678"), _is_filler("13800138000")
    (True, True, False)
    """
    digits = "01234567890123456789"
    return len(set(value)) == 1 or (len(value) > 3 and (value in digits or value in digits[::-1]))


def _homes(facts: pd.DataFrame, relations: pd.DataFrame) -> dict[str, int]:
    """Return the number of each person's home: one address, one household's phone, or kin.

    An address counts whatever its size: a care home, dormitory or hamlet is one party, because who
    lives together may well share a phone and a clinic.
    """
    kin = relations[relations["relation"].isin(["household", "relative"])]
    kin = kin[kin["other_id"].isin(facts.index) & (kin["other_type"] == "person")]
    links = [facts.index.get_indexer(pd.Index(kin[end])) for end in ("person_id", "other_id")]
    pairs = [np.stack(links), *(_alike(facts[name]) for name in ("home_address", "home_phone"))]
    home = components(edges_of(len(facts), *np.hstack(pairs)))
    return dict(zip(facts.index, home.tolist(), strict=True))


def _alike(values: "pd.Series[str]") -> NDArray[np.int64]:
    """Return (2, n): where each value stands that is not empty, and where it stands first."""
    known = np.flatnonzero(values != "")
    code, _ = pd.factorize(values.iloc[known])
    _, first = np.unique(code, return_index=True)
    return np.stack([known, known[first[code]]])
