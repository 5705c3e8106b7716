"""Which links of repeaters belong together: cards that share operators, or places alone.

Cards under one operator belong together, and so do operators who take turns on the same cards.
Crews whose cards keep apart are cases of their own even where they share all their shops, for a
shop may serve two rings; only a crew too small to be a case is a shift of the house. A card under
no operator who stands out goes with the crew that keyed in most of its acts, else with its shop.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Pairs = list[tuple[int, int]]

TURNS = 2  # cards that two crews share: one alone may have met the other by chance
CASE = 3  # cards that can be a case: two are a couple


def parts(links: pd.DataFrame, acts: pd.DataFrame) -> Ints:
    """Return a part number for each link (place_type, place, person_id; n).

    acts: person_id, facility_id, operator_id ('' for none), one row an act.

    >>> parts(pd.DataFrame({"place_type": "facility", "place": ["A", "A", "B"],
    ...                     "person_id": ["1", "2", "3"]}),
    ...       pd.DataFrame(columns=["person_id", "facility_id", "operator_id"])).tolist()
    [0, 0, 1]
    """
    by_operator = links["place_type"] == "operator"
    shops = links[~by_operator]
    crew = _crews(links[by_operator], shops, acts)
    # All cards of a crew meet in it; all others of a shop meet there.
    alone = shops[~shops["person_id"].isin(crew)]
    hubs = [f"crew {number}" for number in crew.values()] + [f"at {one}" for one in alone["place"]]
    persons = [*crew, *alone["person_id"]]
    label = _connected(np.array(persons, object), np.array(hubs, object))
    return np.asarray(links["person_id"].map(label), np.int64)


def _crews(operated: pd.DataFrame, shops: pd.DataFrame, acts: pd.DataFrame) -> dict[str, int]:
    """Return the crew of each card that has one; operated, shops: the links, by type."""
    team = _connected(operated["person_id"].to_numpy(object), operated["place"].to_numpy(object))
    of_operator = dict(zip(operated["place"], operated["person_id"].map(team), strict=True))
    mine = acts[acts["person_id"].isin({*shops["person_id"], *team})]
    keyed = mine.assign(crew=mine["operator_id"].map(of_operator)).dropna(subset="crew")
    seen = keyed.groupby(["person_id", "crew"], as_index=False).size()
    number = _merged(sorted(set(team.values())), _turns(seen, team) + _shifts(shops, team))
    crews = {card: number[one] for card, one in team.items()}
    return _by_shop(shops, mine, _by_acts(seen, number) | crews)


def _turns(seen: pd.DataFrame, team: dict[str, int]) -> Pairs:
    """Return the pairs of crews that take turns on the same cards."""
    home = seen["person_id"].map(team)
    away = seen.assign(home=home)[home.notna() & (home != seen["crew"])]
    low, high = away[["home", "crew"]].min(axis=1), away[["home", "crew"]].max(axis=1)
    cards = away.groupby([low, high])["person_id"].nunique()
    return [(int(a), int(b)) for a, b in cards.index[cards >= TURNS]]


def _shifts(shops: pd.DataFrame, team: dict[str, int]) -> Pairs:
    """Return each crew too small to be a case with those at whose shops all of it is."""
    size = pd.Series(team).value_counts()
    crew = shops["person_id"].map(team)
    places = {int(number): frozenset(mine) for number, mine in shops.groupby(crew)["place"]}
    return [
        (a, b) for a in sorted(places) for b in sorted(places)
        if size[a] < CASE and places[a] <= places[b]
    ]  # fmt: skip


def _merged(crews: list[int], pairs: Pairs) -> dict[int, int]:
    """Return the number of each crew after the pairs are made one."""
    both = pairs + [(one, one) for one in crews]
    left = np.array([a for a, _ in both], object)
    number = _connected(left, np.array([f"to {b}" for _, b in both], object))
    return {one: number[one] for one in crews}


def _by_acts(seen: pd.DataFrame, number: dict[int, int]) -> dict[str, int]:
    """Return the crew that keyed in most of each card's acts, the first among equals."""
    acts = seen.assign(crew=seen["crew"].map(number))
    summed = acts.groupby(["person_id", "crew"], as_index=False).agg(size=("size", "sum"))
    ordered = summed.sort_values(["person_id", "size", "crew"], ascending=[True, False, True])
    first = ordered.drop_duplicates("person_id")
    return dict(zip(first["person_id"], first["crew"].astype(int), strict=True))


def _by_shop(shops: pd.DataFrame, acts: pd.DataFrame, crew: dict[str, int]) -> dict[str, int]:
    """Return the crews, with the cards of which no operator is known: those of an only crew."""
    known = set(acts.loc[acts["operator_id"] != "", "person_id"])
    here = shops.assign(crew=shops["person_id"].map(crew))
    crews = here.dropna(subset="crew").groupby("place")["crew"]
    only = crews.min()[crews.min() == crews.max()].astype(int)
    alone = here[here["crew"].isna() & ~here["person_id"].isin(known)]
    joined = alone.assign(crew=alone["place"].map(only)).dropna(subset="crew")
    first = joined.sort_values(["person_id", "place"]).drop_duplicates("person_id")
    return crew | dict(zip(first["person_id"], first["crew"].astype(int), strict=True))


def _connected(left: NDArray[np.object_], right: NDArray[np.object_]) -> dict[Any, int]:
    """Return the number of the connected part of each left vertex, in order of first appearance."""
    a, names = pd.factorize(left)
    b, others = pd.factorize(right)
    size = len(names) + len(others)
    if not size:
        return {}
    edges = coo_array((np.ones(len(a)), (a, b + len(names))), shape=(size, size))
    _, label = connected_components(edges)
    return dict(zip(names.tolist(), label[: len(names)].tolist(), strict=True))
