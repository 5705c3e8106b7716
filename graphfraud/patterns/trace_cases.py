"""Which relations between shops are one case: who sells the boxes on, and whose cards are used.

A relation is of one conduct, what most of its boxes are; where the boxes of another conduct come
after waits of their own and with cards of their own, and beat chance by themselves, the same two
shops have a part in two. Relations of one conduct are one case where one shop sells the boxes of
several others on, where boxes go round, or where cards or boxes are in both. A shop where boxes
were first bought, and nothing more, joins nobody: whoever collects boxes buys where others do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graphfraud.network.relations import Relations
from graphfraud.network.separation import waits_apart
from graphfraud.network.significance import upper_tail

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

VERDICTS = ("same_facility", "far_apart", "close_in_time")
CLOSE = 2
COMMON = 2  # cards of two relations: one alone may be a customer of both …
SHARE = 0.1  # … and of many, a tenth: large shops have customers in common


@dataclass(frozen=True)
class Case:
    """relations: which of the relations seen (n); boxes: row numbers of the boxes, sorted."""

    relations: Bools
    boxes: Ints


@dataclass(frozen=True)
class _Strand:
    """The boxes of one conduct of one relation."""

    relation: int
    conduct: int
    boxes: Ints


def cases(
    seen: Relations, strong: Bools, resold: pd.DataFrame, relation: Ints, limit: tuple[int, float]
) -> Iterator[Case]:
    """Yield the cases of the strong relations, by conduct and then by relation.

    resold: boxes (code, person_a, person_b, verdict, hours); relation: of each box. limit: how many
    boxes a conduct needs at least to be a case of its own, and the largest p-value of so many.
    """
    strands = [
        one for number in np.flatnonzero(strong).tolist()
        for one in _strands(seen, number, resold, np.flatnonzero(relation == number), limit)
    ]  # fmt: skip
    for conduct in range(len(VERDICTS)):
        mine = [one for one in strands if one.conduct == conduct]
        for part in _joined(seen, mine, resold):
            chosen = np.isin(np.arange(len(seen.p)), [one.relation for one in part])
            yield Case(chosen, np.sort(np.concatenate([one.boxes for one in part])))


def _strands(
    seen: Relations, number: int, resold: pd.DataFrame, boxes: Ints, limit: tuple[int, float]
) -> list[_Strand]:
    """Return the relation's boxes as one strand, or as two where both stand by themselves."""
    verdict = resold["verdict"].to_numpy(object)[boxes]
    counts = [int((verdict == name).sum()) for name in VERDICTS]
    close = np.asarray(verdict == VERDICTS[CLOSE], np.bool_)
    fewest, level = limit
    least = min(int(close.sum()), int((~close).sum()))
    if least >= fewest and _tail(seen, number, least) <= level:
        hours = resold["hours"].to_numpy(np.float64)[boxes]
        cards = _cards(resold, boxes[close]), _cards(resold, boxes[~close])
        if not _in_common(*cards) and waits_apart(hours, close):
            rest = int(np.argmax(counts[:CLOSE]))
            return [_Strand(number, rest, boxes[~close]), _Strand(number, CLOSE, boxes[close])]
    return [_Strand(number, int(np.argmax(counts)), boxes)]


def _tail(seen: Relations, number: int, boxes: int) -> float:
    mean, spread = seen.expected[[number]], float(seen.dispersion[number])
    return float(upper_tail(np.array([boxes]), mean, spread)[0])


def _joined(seen: Relations, strands: list[_Strand], resold: pd.DataFrame) -> list[list[_Strand]]:
    """Return the strands of one conduct, those of one case together."""
    size = len(strands)
    ends = [(int(seen.source[one.relation]), int(seen.target[one.relation])) for one in strands]
    ring = _round(ends)
    cards = [_cards(resold, one.boxes) for one in strands]
    codes = [set(resold["code"].to_numpy(object)[one.boxes]) for one in strands]
    pairs = [
        (i, j) for i, j in combinations(range(size), 2)
        if _one_seller(ends[i], ends[j])
        or ring[i] == ring[j]
        or _in_common(cards[i], cards[j])
        or codes[i] & codes[j]
    ]  # fmt: skip
    both = np.array(pairs, np.int64).reshape(-1, 2).T
    _, label = connected_components(coo_array((np.ones(both.shape[1]), both), shape=(size, size)))
    return [
        [one for one, its in zip(strands, label.tolist(), strict=True) if its == number]
        for number in dict.fromkeys(label.tolist())
    ]


def _one_seller(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether the same shop sells the boxes of both on, and not its own."""
    return one[1] == other[1] and one[0] != one[1] and other[0] != other[1]


def _round(ends: list[tuple[int, int]]) -> list[int]:
    """Return the circle that each relation is part of; a number of its own where of none."""
    shops, at = np.unique(np.array(ends, np.int64).reshape(-1, 2), return_inverse=True)
    source, target = at.reshape(-1, 2).T
    graph = coo_array((np.ones(len(source)), (source, target)), shape=(len(shops), len(shops)))
    _, label = connected_components(graph, connection="strong")
    return [
        int(label[s]) if s != t and label[s] == label[t] else -1 - n
        for n, (s, t) in enumerate(zip(source.tolist(), target.tolist(), strict=True))
    ]


def _cards(resold: pd.DataFrame, boxes: Ints) -> set[str]:
    """Return who is on the first or second sale of the boxes."""
    ends = (resold[name].to_numpy(object)[boxes] for name in ("person_a", "person_b"))
    return {str(person) for end in ends for person in end}


def _in_common(one: set[str], other: set[str]) -> bool:
    """Return whether cards are in both, beyond customers that any two shops share."""
    return len(one & other) >= max(COMMON, SHARE * min(len(one), len(other)))
