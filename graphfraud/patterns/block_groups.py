"""Dense blocks as groups: members, the purchases that count, and who buys where beyond chance."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphfraud.engine.duckdb import Engine
from graphfraud.model.scheduled import SCHEDULED_CODES
from graphfraud.network.significance import adjusted, upper_tail
from graphfraud.patterns.block_search import Found
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.purchases import Sales

TIE_COLUMNS = ("type_a", "a", "type_b", "b", "observed", "expected", "p", "q")
TIE_LEVEL = 0.01  # false discovery rate of the ties that are told


def groups(
    engine: Engine, sold: Sales, found: Sequence[Found], *, items: bool
) -> tuple[Group, ...]:
    """Return the blocks as groups, in their order."""
    if not found:
        return ()
    acts = _acts(engine, sold, found, items=items)
    names = _names(engine, sold, found)
    return tuple(
        _group(sold, one, acts[acts["block"] == number], names) for number, one in enumerate(found)
    )


def network(made: Sequence[Group]) -> pd.DataFrame:
    """Return the ties of all groups, each once."""
    ties = [group.ties for group in made] or [pd.DataFrame(columns=list(TIE_COLUMNS))]
    whole = pd.concat(ties, ignore_index=True)
    return whole.drop_duplicates(["type_a", "a", "type_b", "b"]).reset_index(drop=True)


def _acts(engine: Engine, sold: Sales, found: Sequence[Found], *, items: bool) -> pd.DataFrame:
    """Return every purchase that a block is counted from; a unit is a (person, place, good)."""
    units = [
        pd.DataFrame(
            {
                "block": np.int32(number),
                "unit": np.arange(1, len(one.block.rows) + 1, dtype=np.int32),
                "person": sold.person[one.block.rows],
                "place": sold.place[one.block.rows],
                "good": sold.good[one.block.rows],
            }
        )
        for number, one in enumerate(found)
    ]
    if not items:
        engine.run("patterns/dense_block_kinds")
    engine.register("dense_units", pd.concat(units, ignore_index=True))
    codes = [code.replace(".", "").upper() for code in SCHEDULED_CODES]
    source = "claim_items" if items else "dense_visits"
    acts = engine.frame("patterns/dense_block_acts", {"scheduled": codes}, names={"sales": source})
    engine.unregister("dense_units")
    return acts


def _names(engine: Engine, sold: Sales, found: Sequence[Found]) -> dict[str, dict[int, str]]:
    """Return the ids of all persons and facilities of the blocks, by kind and code."""
    persons = np.unique(np.concatenate([one.block.persons for one in found]))
    places = np.unique(np.concatenate([one.block.columns % sold.n_places for one in found]))
    kinds = np.repeat(["person", "facility"], [len(persons), len(places)])
    codes = np.concatenate((persons, places)).astype(np.int32)
    engine.register("dense_wanted", pd.DataFrame({"kind": kinds, "code": codes}))
    rows = engine.frame("patterns/dense_block_names")
    engine.unregister("dense_wanted")
    return {
        str(kind): dict(zip(part["code"].tolist(), part["id"].tolist(), strict=True))
        for kind, part in rows.groupby("kind")
    }


def _group(
    sold: Sales,
    found: Found,
    acts: pd.DataFrame,
    names: dict[str, dict[int, str]],
) -> Group:
    observed, dense = len(found.block.rows), found.density
    goods = len(np.unique(found.block.columns // sold.n_places))
    members = _members(sold, found, names)
    persons = int((members["entity_type"] == "person").sum())
    places = len(members) - persons
    expected = found.block.expected
    return Group(
        members=members,
        acts=_told(acts),
        claims=_claims(acts),
        ties=_ties(sold, found, names),
        expected=expected,
        # What is excused takes its weight along, in proportion.
        chance=lambda units: found.chance.p_value(dense * units / observed),
        summary_zh=(
            f"{persons} 人在 {places} 家机构购买同样的 {goods} 种商品："
            f"人、店、药的组合出现 {observed} 种，按各人习惯与店内销售预计 {expected:.1f} 种。"
        ),
        summary_en=(
            f"{persons} persons buy the same {goods} goods at {places} facilities: "
            f"{observed} combinations of person, place and good, {expected:.1f} expected by chance."
        ),
    )


def _members(sold: Sales, found: Found, names: dict[str, dict[int, str]]) -> pd.DataFrame:
    """Return persons and facilities, each with its weight.

    A person's is the share of the block's columns they bought, a facility's that of its persons
    who bought there.
    """
    rows = found.block.rows
    pairs = np.unique(np.stack((sold.person[rows], sold.place[rows])), axis=1)
    bought = np.unique(sold.person[rows], return_counts=True)
    served = np.unique(pairs[1], return_counts=True)
    parts = (
        ("person", "buyer", bought, len(found.block.columns)),
        ("facility", "pharmacy", served, len(found.block.persons)),
    )
    told = [
        (kind, names[kind][code], role, count / whole)
        for kind, role, counted, whole in parts
        for code, count in zip(*(values.tolist() for values in counted), strict=True)
    ]
    frame = pd.DataFrame(told, columns=["entity_type", "entity_id", "role", "weight"])
    return frame.sort_values(["entity_type", "entity_id"]).reset_index(drop=True)


def _told(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the acts as the contract names them."""
    day = acts["day"].to_numpy("datetime64[s]").astype(np.int64)
    frame = acts.rename(columns={"person_id": "a"}).assign(b="", excuse="", day=day)
    return frame[list(ACT_COLUMNS)].reset_index(drop=True)


def _claims(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the claims, each an occasion of its own, in order of time."""
    claims = acts["claim_id"].drop_duplicates().tolist()
    return pd.DataFrame({"event": range(1, len(claims) + 1), "claim_id": claims})


def _ties(sold: Sales, found: Found, names: dict[str, dict[int, str]]) -> pd.DataFrame:
    """Return who buys the block's goods at which facility beyond chance."""
    block = found.block
    near = np.isin(sold.place, np.unique(block.columns % sold.n_places))
    rows = np.flatnonzero(near)
    frame = pd.DataFrame({"person": sold.person[rows], "place": sold.place[rows]})
    frame["inside"] = np.isin(
        sold.good[rows] * np.int64(sold.n_places) + sold.place[rows], block.columns
    )
    member = np.isin(frame["person"], block.persons)
    other = frame[~member].groupby("place")["inside"].agg(["sum", "size"])
    share = (other["sum"] + 1) / (other["size"] + 1)
    pairs = frame[member].groupby(["person", "place"])["inside"].agg(["sum", "size"]).reset_index()
    pairs = pairs[pairs["sum"] > 0].reset_index(drop=True)
    expected = pairs["size"] * pairs["place"].map(share).fillna(1.0)
    p = upper_tail(pairs["sum"].to_numpy(), expected.to_numpy(np.float64))
    frame = pd.DataFrame(
        {
            "type_a": "person",
            "a": pairs["person"].map(names["person"]),
            "type_b": "facility",
            "b": pairs["place"].map(names["facility"]),
            "observed": pairs["sum"].astype(np.int64),
            "expected": expected,
            "p": p,
            "q": adjusted(p, max(1, len(p))),
        }
    )
    return frame[frame["q"] <= TIE_LEVEL].sort_values(["a", "b"]).reset_index(drop=True)
