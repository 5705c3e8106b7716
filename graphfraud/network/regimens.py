"""Replicates in which nobody buys in concert: customers of one place exchange what they buy.

A person keeps where they shop and how often; what they buy is taken from another customer of the
same main place who buys about as much, the goods of that customer's main place going to theirs;
where nobody there buys as much, from as many others as it takes.
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
SHORT = 32  # keys that insertion sorts faster


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


@njit(cache=True, nogil=True)
def donors(group: Ints, generator: np.random.Generator) -> Ints:
    """Return for each person whose goods they get: a permutation within classes (from 0)."""
    held = np.bincount(group)
    end = np.cumsum(held)
    free, deck = end - held, np.empty(len(group), np.int32)
    for person in range(len(group)):
        deck[free[group[person]]] = person
        free[group[person]] += 1
    dealt = deck.copy()
    for one in range(len(held)):
        start = end[one] - held[one]
        for last in range(end[one] - 1, start, -1):
            swap = start + int(generator.random() * (last - start + 1))
            dealt[last], dealt[swap] = dealt[swap], dealt[last]
    donor = np.empty(len(group), np.int32)
    donor[deck] = dealt
    return donor


@njit(cache=True, nogil=True)
def bought_elsewhere(
    first: Longs, place: Ints, good: Ints, persons: Ints, n_places: int
) -> tuple[Ints, Longs]:
    """Return (person, good × n_places + place) of goods bought at several places.

    place, good: lines, those of person p at first[p]:first[p + 1]; persons: ascending. Each edge
    once, sorted; persons with fewer than FEWEST of them have none.
    """
    room = _room(first, persons)
    who, what, size = np.empty(room, np.int32), np.empty(room, np.int64), 0
    desk = _desk(good)
    for person in persons:
        start, end = first[person], first[person + 1]
        size = _keep(person, place, start, end, good, start, n_places, desk, who, what, size)
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
    goods come in random order, and are stretched or thinned to the person's own number. Where the
    donor buys less than a class is wide, the donor's donor gives as well, and so on.
    """
    room = _room(first, persons)
    who, what, size = np.empty(room, np.int32), np.empty(room, np.int64), 0
    desk = _desk(good)
    longest = np.diff(first).max()
    goods, places = np.empty(2 * longest, np.int32), np.empty(2 * longest, np.int32)
    taken = np.empty(longest, np.int32)
    # No slices below: each would be counted, and the threads would wait for each other's counts.
    for person in persons:
        start, end = first[person], first[person + 1]
        many = _gather(person, first, place, good, donor, goods, places)
        _mix(goods, places, many, generator)
        _stretch(goods, many, taken, end - start)
        size = _keep(person, place, start, end, taken, 0, n_places, desk, who, what, size)
    return who[:size].copy(), what[:size].copy()


@njit(cache=True, nogil=True)
def _room(first: Longs, persons: Ints) -> int:
    """Return how many lines these persons have."""
    room = 0
    for person in persons:
        room += first[person + 1] - first[person]
    return room


@njit(cache=True, nogil=True)
def _desk(good: Ints) -> tuple[Longs, Ints, Longs]:
    """Return notes per good: whose it is and where first, whose elsewhere too, what was told."""
    goods = good.max() + 1 if len(good) else 0
    nobody = np.full(goods, -1, np.int64)
    return nobody, np.full(goods, -1, np.int32), nobody.copy()


@njit(cache=True, nogil=True)
def _gather(
    person: int, first: Longs, place: Ints, good: Ints, donor: Ints, goods: Ints, places: Ints
) -> int:
    """Put the donors' goods, those of the main place first, and their places; return how many.

    Another donor, the donor's own, joins until they buy as much within the width of a class (√2):
    the few goods of one light buyer, stretched, would leave a heavy one fewer goods than they had.
    """
    own, one, last, held = first[person + 1] - first[person], donor[person], donor[person], 0
    while True:
        held += first[last + 1] - first[last]
        if 2 * held * held >= own * own:
            break
        last = donor[last]
    many, here = 0, place[first[person]]
    for main in (True, False):
        giver = one
        while True:
            for at in range(first[giver], first[giver + 1]):
                if (place[at] == here) == main:
                    goods[many], places[many] = good[at], place[at]
                    many += 1
            if giver == last:
                break
            giver = donor[giver]
    return many


@njit(cache=True, nogil=True)
def _mix(goods: Ints, places: Ints, many: int, generator: np.random.Generator) -> None:
    """Put the goods of each place in random order."""
    start = 0
    for at in range(1, many + 1):
        if at == many or places[at] != places[start]:
            for last in range(at - 1, start, -1):
                swap = start + int(generator.random() * (last - start + 1))
                goods[last], goods[swap] = goods[swap], goods[last]
            start = at


@njit(cache=True, nogil=True)
def _stretch(goods: Ints, many: int, taken: Ints, wanted: int) -> None:
    """Fill `taken` with the goods in their order, each as often as its share: no division."""
    source, over = 0, 0
    for at in range(wanted):
        taken[at] = goods[source]
        over += many
        while over >= wanted:
            over -= wanted
            source += 1


@njit(cache=True, nogil=True)
def _keep(
    person: int,
    place: Ints,
    start: int,
    stop: int,
    good: Ints,
    begin: int,
    n_places: int,
    desk: tuple[Longs, Ints, Longs],
    who: Ints,
    what: Longs,
    size: int,
) -> int:
    """Add the person's distinct goods with two places or more, sorted; return the new size.

    Lines start to stop are at place[start:stop] and of the goods from good[begin] on.
    """
    first, several, told = desk
    end, head, shift = size, place[start], begin - start
    _note(person, place, start, stop, good, shift, first, several)
    for at in range(start, stop):
        one = good[at + shift]
        if place[at] == head and first[one] >> 32 == person:
            several[one] = person
            end = _told(person, head, one, n_places, told, what, end)
    for at in range(start, stop):
        one = good[at + shift]
        if place[at] != head and several[one] == person:
            end = _told(person, place[at], one, n_places, told, what, end)
    if end - size < FEWEST:
        return size
    _sort(what, size, end)
    before = size
    for at in range(before, end):
        who[size], what[size] = person, what[at]
        size += at == end - 1 or what[at] != what[at + 1]
    return size if size - before >= FEWEST else before


@njit(cache=True, nogil=True)
def _note(
    person: int,
    place: Ints,
    start: int,
    stop: int,
    good: Ints,
    shift: int,
    first: Longs,
    several: Ints,
) -> None:
    """Note the goods of the lines that are not at the first place.

    Most lines are there; a good at two places is at one beside it, so those are only looked up.
    """
    for at in range(start, stop):
        if place[at] != place[start]:
            one, here = good[at + shift], np.int64(person) << 32 | place[at]
            if first[one] >> 32 != person:
                first[one] = here
            elif first[one] != here:
                several[one] = person


@njit(cache=True, nogil=True)
def _told(
    person: int, place: int, good: int, n_places: int, told: Longs, what: Longs, end: int
) -> int:
    """Add a key, unless it was the last of this good; return the new end."""
    here = np.int64(person) << 32 | place
    if told[good] == here:
        return end
    told[good] = here
    what[end] = np.int64(good) * n_places + place
    return end + 1


@njit(cache=True, nogil=True)
def _sort(keys: Longs, begin: int, end: int) -> None:
    """Sort keys[begin:end] in place; few by insertion."""
    if end - begin > SHORT:
        keys[begin:end].sort()
        return
    for at in range(begin + 1, end):
        key, to = keys[at], at
        while to > begin and keys[to - 1] > key:
            keys[to] = keys[to - 1]
            to -= 1
        keys[to] = key
