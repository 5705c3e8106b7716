"""Replicates of purchases: what must stay stays, and edges are what sets would give."""

import numpy as np

from graphfraud.network.regimens import bought_elsewhere, classes, donors, exchanged

PLACES = 6


def shoppers(seed: int, persons: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return first, place, good: lines place by place, in the order of the places."""
    generator = np.random.default_rng(seed)
    size = generator.integers(4, 20, persons)
    place = np.concatenate([np.sort(generator.integers(0, PLACES, n)) for n in size])
    good = generator.integers(0, 5, int(size.sum()))
    first = np.concatenate(([0], np.cumsum(size)))
    return first, place.astype(np.int32), good.astype(np.int32)


def by_sets(
    first: np.ndarray, place: np.ndarray, good: np.ndarray, persons: list[int]
) -> list[tuple[int, int]]:
    """Return the edges by the definition: a good at two places, two such goods or more."""
    edges = []
    for person in persons:
        span = slice(first[person], first[person + 1])
        bought = set(zip(good[span].tolist(), place[span].tolist(), strict=True))
        shared = [(g, p) for g, p in bought if any(g == h and p != q for h, q in bought)]
        if len(shared) >= 4:
            edges += [(person, g * PLACES + p) for g, p in sorted(shared)]
    return edges


def test_edges_are_goods_bought_at_several_places() -> None:
    first, place, good = shoppers(1)
    chosen = np.arange(0, 60, 2, dtype=np.int32)
    who, what = bought_elsewhere(first, place, good, chosen, PLACES)
    expected = by_sets(first, place, good, chosen.tolist())
    assert len(expected) > 20
    assert list(zip(who.tolist(), what.tolist(), strict=True)) == expected


def test_goods_come_from_the_donor_and_places_stay() -> None:
    first, place, _ = shoppers(2)
    owner = np.repeat(np.arange(60), np.diff(first)).astype(np.int32)  # goods name their owner
    donor = np.roll(np.arange(60, dtype=np.int32), 1)
    everybody = np.arange(60, dtype=np.int32)
    generator = np.random.default_rng(0)
    # The owner is one good a person, so an edge needs a second: doubled lines of another name.
    goods = owner * 2 + np.arange(len(owner)) % 2
    who, what = exchanged(first, place, goods.astype(np.int32), everybody, PLACES, donor, generator)
    assert len(who) > 20
    size = np.diff(first)
    for person, at in zip(who.tolist(), what.tolist(), strict=True):
        givers = [int(donor[person])]
        while size[givers].sum() < size[person] / np.sqrt(2):
            givers.append(int(donor[givers[-1]]))
        assert at // PLACES // 2 in givers
        assert at % PLACES in place[first[person] : first[person + 1]]


def test_a_heavy_buyer_takes_the_goods_of_as_many_light_ones_as_it_takes() -> None:
    # Person 0 has 24 lines, the seven others four each: two at place 0, two elsewhere.
    size = np.array([24] + [4] * 7)
    first = np.concatenate(([0], np.cumsum(size)))
    place = np.concatenate([np.repeat([0, 1], n // 2) for n in size]).astype(np.int32)
    good = np.repeat(np.arange(8), size).astype(np.int32)
    donor = np.roll(np.arange(8, dtype=np.int32), -1)
    who, what = exchanged(
        first, place, good, np.array([0], np.int32), 2, donor, np.random.default_rng(4)
    )
    # 24 / √2 lines are 16.97, so five donors; each gave as much at the one place as at the other.
    assert who.tolist() == [0] * 10
    assert np.unique(what // 2).tolist() == [1, 2, 3, 4, 5]


def test_loyal_goods_stay_at_the_main_place() -> None:
    first = np.array([0, 4, 8])
    place = np.array([0, 0, 0, 1, 0, 0, 0, 2], np.int32)
    good = np.array([7, 7, 7, 9, 5, 5, 5, 6], np.int32)
    donor = np.array([1, 0], np.int32)
    who, _ = exchanged(
        first, place, good, np.array([0, 1], np.int32), 3, donor, np.random.default_rng(1)
    )
    assert len(who) == 0  # nobody's main good has wandered to a second place


def test_classes_hold_one_main_place_and_no_fewer_than_asked() -> None:
    generator = np.random.default_rng(5)
    main = generator.integers(0, 4, 2_000).astype(np.int32)
    lines = generator.geometric(0.1, 2_000).astype(np.int32)
    label = classes(main, lines, thin=25)
    for one in np.unique(label):
        assert len(np.unique(main[label == one])) == 1
    sizes = np.bincount(label)
    assert (sizes < 25).sum() <= 4  # the last of each place
    heavy, light = label[lines >= 16], label[lines == 1]
    assert not set(heavy.tolist()) & set(light.tolist())


def test_donors_are_a_permutation_within_classes() -> None:
    label = np.array([0, 0, 0, 1, 1, 2] * 20, np.int32)
    donor = donors(label, np.random.default_rng(2))
    assert sorted(donor.tolist()) == list(range(len(label)))
    assert (label[donor] == label).all()
    assert (donor != np.arange(len(label))).mean() > 0.9
