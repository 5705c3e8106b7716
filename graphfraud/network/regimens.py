"""Replicates in which nobody buys in concert: customers of one place exchange what they buy.

A person keeps where they shop and how often; what they buy is taken from another customer of the
same main place who buys about as much, the goods of that customer's main place going to theirs.
So who goes where, what goes over a counter, the goods one person takes together and again and
again (a regimen), and loyalty to one place, all stay; that strangers carry one regimen through the
same places does not.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

FEWEST = 4  # edges: two goods at two places each; who has fewer holds no block together


def classes(main: Ints, lines: Ints, *, thin: int) -> Ints:
    """Return per person the class within which goods are exchanged.

    main: the person's main place; lines: how much they buy. Persons of one main place and about
    the same number (within a factor √2) form a class; one of fewer than `thin` takes in the next.
    """
    size = np.floor(2 * np.log2(np.maximum(lines, 1))).astype(np.int64)
    deck = main.astype(np.int64) * 64 + size
    key, inverse, count = np.unique(deck, return_inverse=True, return_counts=True)
    label, held = np.zeros(len(key), np.int64), 0
    for at in range(1, len(key)):
        held += int(count[at - 1])
        opens = key[at] // 64 != key[at - 1] // 64 or held >= thin
        label[at] = label[at - 1] + opens
        held = 0 if opens else held
    return np.asarray(label[inverse], dtype=np.int32)


def donors(group: Ints, generator: np.random.Generator) -> Ints:
    """Return for each person whose goods they get: a permutation within classes."""
    lots = [generator.integers(0, 1 << 31, len(group)) for _ in range(2)]
    before, after = (np.lexsort((lot, group)) for lot in lots)
    donor = np.empty(len(group), np.int32)
    donor[before] = after
    return donor


@njit(cache=True, nogil=True)
def bought_elsewhere(
    first: Longs, place: Ints, good: Ints, persons: Ints, n_places: int
) -> tuple[Ints, Longs]:
    """Return (person, good × n_places + place) of goods bought at several places.

    place, good: lines, those of person p at first[p]:first[p + 1]; persons: ascending. Each edge
    once, sorted; persons with fewer than FEWEST of them have none.
    """
    room = 0
    for person in persons:
        room += first[person + 1] - first[person]
    who, what, size = np.empty(room, np.int32), np.empty(room, np.int64), 0
    for person in persons:
        start, end = first[person], first[person + 1]
        key = good[start:end].astype(np.int64) * n_places + place[start:end]
        size = _keep(person, key, n_places, who, what, size)
    return who[:size].copy(), what[:size].copy()


@njit(cache=True, nogil=True)
def exchanged(
    first: Longs,
    place: Ints,
    good: Ints,
    persons: Ints,
    n_places: int,
    donor: Ints,
    generator: np.random.Generator,
) -> tuple[Ints, Longs]:
    """Return what `bought_elsewhere` would, had each person the goods of their donor.

    The lines of a person stand place by place, the main place first; within a place the donor's
    goods come in random order, and are stretched or thinned to the person's own number.
    """
    room = 0
    for person in persons:
        room += first[person + 1] - first[person]
    who, what, size = np.empty(room, np.int32), np.empty(room, np.int64), 0
    for person in persons:
        start, end = first[person], first[person + 1]
        other = donor[person]
        goods = good[first[other] : first[other + 1]].copy()
        _mix(goods, place[first[other] : first[other + 1]], generator)
        key = np.empty(end - start, np.int64)
        for at in range(end - start):
            taken = goods[at * len(goods) // (end - start)]
            key[at] = np.int64(taken) * n_places + place[start + at]
        size = _keep(person, key, n_places, who, what, size)
    return who[:size].copy(), what[:size].copy()


@njit(cache=True, nogil=True)
def _mix(goods: Ints, place: Ints, generator: np.random.Generator) -> None:
    """Put the goods of each place in random order."""
    start = 0
    for at in range(1, len(goods) + 1):
        if at == len(goods) or place[at] != place[start]:
            for last in range(at - 1, start, -1):
                swap = start + int(generator.random() * (last - start + 1))
                goods[last], goods[swap] = goods[swap], goods[last]
            start = at


@njit(cache=True, nogil=True)
def _keep(person: int, key: Longs, n_places: int, who: Ints, what: Longs, size: int) -> int:
    """Add the distinct keys of goods with two places or more, and return the new size."""
    key.sort()
    start, before = 0, size
    while start < len(key):
        good, end, begin = key[start] // n_places, start, size
        while end < len(key) and key[end] // n_places == good:
            if end == start or key[end] != key[end - 1]:
                who[size], what[size] = person, key[end]
                size += 1
            end += 1
        if size - begin < 2:
            size = begin
        start = end
    return size if size - before >= FEWEST else before
