"""Which links of repeaters belong together: cards that share operators, or places alone.

Cards under one operator belong together. Cards under different operators who only share a shop are
two cases, for a shop may serve two rings; unless all places of one are places of the other: then
they are the shifts of one house. Cards without an operator who stands out go with their shop.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]


def parts(links: pd.DataFrame) -> Ints:
    """Return a part number for each link (place_type, place, person_id; n).

    >>> parts(pd.DataFrame({"place_type": "facility", "place": ["A", "A", "B"],
    ...                     "person_id": ["1", "2", "3"]})).tolist()
    [0, 0, 1]
    """
    by_operator = links["place_type"] == "operator"
    team = _teams(links[by_operator], links[~by_operator])
    crew = links["person_id"].map(team).fillna(-1).astype(int)
    shops = links.loc[~by_operator].assign(crew=crew[~by_operator])
    known = shops.loc[shops["crew"] >= 0, ["place", "crew"]].drop_duplicates()
    # A card without an operator joins all crews of its shop, or stands with its like.
    alone = shops[shops["crew"] < 0].drop(columns="crew").merge(known, on="place", how="left")
    joined = pd.concat([shops[shops["crew"] >= 0], alone.fillna({"crew": -1})])
    hubs = pd.concat([
        "shop " + joined["place"].astype(str) + " " + joined["crew"].astype(int).astype(str),
        pd.Series([f"crew {number}" for number in team.values()]),
    ])  # fmt: skip
    persons = pd.concat([joined["person_id"], pd.Series(list(team), dtype=object)])
    label = _connected(persons.to_numpy(object), hubs.to_numpy(object))
    return np.asarray(links["person_id"].map(label), np.int64)


def _teams(operated: pd.DataFrame, shops: pd.DataFrame) -> dict[str, int]:
    """Return the crew of each card that has an operator; crews of the same places are one."""
    team = _connected(operated["person_id"].to_numpy(object), operated["place"].to_numpy(object))
    crew = shops["person_id"].map(team)
    places = {int(number): frozenset(mine) for number, mine in shops.groupby(crew)["place"]}
    crews = sorted(places)
    pairs = [(a, b) for a in crews for b in crews if places[a] <= places[b]]
    merged = _connected(
        np.array([a for a, _ in pairs], object), np.array([f"to {b}" for _, b in pairs], object)
    )
    # Behind the merged crews stand those without a shop of their own.
    return {card: merged.get(number, 2 * len(crews) + number) for card, number in team.items()}


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
