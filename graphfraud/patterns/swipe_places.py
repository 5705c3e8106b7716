"""Where cards are swiped: facilities and operators with their traffic, and which hours are odd."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.engine.duckdb import Engine
from graphfraud.network.repeaters import Margins, Rates
from graphfraud.patterns.facility_peers import Facilities

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

QUARTERS = 96  # of an hour, in a day
ODD_SHARE = 0.01  # of a kind's claims: an hour of an even day has four times as much
POSTS = ("operator", "facility", "claims")
LEANING = 10.0  # claims that the kind's profile weighs in a place's own


@dataclass(frozen=True)
class SwipePlaces:
    """index: (place type, place), facilities first; strata: codes, finest first.

    kind: of each place; hours: places × QUARTERS, claims; odd: places × QUARTERS, by its kind;
    posts: operator, facility (positions), claims: where each operator works.
    """

    index: pd.MultiIndex
    margins: Margins
    strata: tuple[Ints, ...]
    hours: Ints
    odd: Bools
    posts: pd.DataFrame

    def codes(self, table: pd.DataFrame) -> Ints:
        """Return the position of each row's place_type and place."""
        keys = pd.MultiIndex.from_frame(table[["place_type", "place"]])
        return np.asarray(self.index.get_indexer(keys), np.int64)

    def as_their_shops(self, rates: Rates) -> Rates:
        """Return the rates, an operator's no lower than that of the facilities he works for.

        What all do at a counter is no trait of the one who has keyed in little so far.
        """
        operator, facility, claims = (self.posts[name].to_numpy() for name in POSTS)
        size = len(self.index)
        whole = np.bincount(operator, claims, size)
        theirs = np.bincount(operator, claims * rates.rate[facility], size)
        return Rates(np.maximum(rates.rate, theirs / np.maximum(whole, 1)), rates.spread)

    def odd_share(self, without: Ints) -> Floats:
        """Return the share of each place's claims at odd hours, leaning on its kind's.

        without: places × QUARTERS, claims that are left out: those whose hours are in question.
        """
        left = np.maximum(self.hours - without, 0)
        odd, total = (left * self.odd).sum(axis=1), left.sum(axis=1)
        kind = self.strata[-1]
        whole = np.bincount(kind, total)[kind]
        usual = (np.bincount(kind, odd)[kind] + 0.5) / (whole + 1)
        return np.asarray((odd + LEANING * usual) / (total + LEANING))


def swipe_places(engine: Engine, known: Facilities, window: tuple[int, int]) -> SwipePlaces:
    """Return the places of the bursts' tables; window: minutes of the day of maintenance."""
    hours = engine.frame("patterns/swipe_hours").astype(np.int64)
    margin = engine.frame("patterns/swipe_margins").astype(np.int64)
    operators = engine.frame("patterns/swipe_operators")
    places = pd.MultiIndex.from_tuples(
        [("facility", name) for name in known.ids]
        + [("operator", str(name)) for name in operators["operator_id"]],
        names=["place_type", "place"],
    )
    kinds = np.array([*known.kinds(), *(f"operator {kind}" for kind in operators["kind"])], object)
    counts = np.zeros((len(places), QUARTERS), np.int64)
    counts[hours["place"].to_numpy(), hours["quarter"].to_numpy()] = hours["claims"].to_numpy()
    strata = _strata(known, kinds)
    place, exposure, persons = (
        margin[name].to_numpy() for name in ("place", "exposure", "persons")
    )
    margins = Margins(place, exposure, persons, len(places))
    posts = engine.frame("patterns/swipe_posts").astype(np.int64)
    return SwipePlaces(places, margins, strata, counts, _odd(counts, strata[-1], window), posts)


def _strata(known: Facilities, kinds: NDArray[np.object_]) -> tuple[Ints, ...]:
    """Return the facilities' strata; operators stand by kind, apart from all facilities."""
    _, kind = np.unique(kinds.astype(str), return_inverse=True)
    behind = kind[len(known.ids) :]
    return tuple(
        np.concatenate([stratum, behind + int(stratum.max(initial=-1)) + 1]).astype(np.int64)
        for stratum in known.strata
    )


def _odd(counts: Ints, kind: Ints, window: tuple[int, int]) -> Bools:
    """Return which quarters are odd for a place: in the window, or hours its kind hardly works."""
    by_kind = np.zeros((int(kind.max(initial=-1)) + 1, QUARTERS // 4))
    np.add.at(by_kind, kind, counts.reshape(len(counts), -1, 4).sum(axis=2))
    share = by_kind / np.maximum(by_kind.sum(axis=1, keepdims=True), 1)
    begins = np.arange(QUARTERS) * 15
    start, end = window
    inside = (begins >= start) & (begins < end)
    if start > end:  # over midnight
        inside = (begins >= start) | (begins < end)
    return np.asarray(np.repeat(share < ODD_SHARE, 4, axis=1)[kind] | inside)
