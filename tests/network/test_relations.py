"""Relations between facilities: closed forms, calibration without any ring, and planted ones."""

import numpy as np
import pytest

from graphfraud.network.relations import Relations, relations

SHOPS, RUNS = 40, 300


def clean(seed: int, boxes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return honest repeats: shops differ in traffic and in how often they err and are erred to."""
    rng = np.random.default_rng([seed, boxes])
    traced = rng.lognormal(7, 1, SHOPS).astype(np.int64) + 3
    out, into = (traced * rng.gamma(2, 0.5, SHOPS) for _ in range(2))
    number = rng.poisson(boxes)
    source = rng.choice(SHOPS, number, p=out / out.sum())
    target = rng.choice(SHOPS, number, p=into / into.sum())
    home = rng.random(number) < 0.5  # at the same shop: errors at the own counter
    return source, np.where(home, source, target), traced


def kinds() -> tuple[np.ndarray, ...]:
    return (np.arange(SHOPS) % 2,)


def of(found: Relations, source: int, target: int) -> int:
    return int(np.flatnonzero((found.source == source) & (found.target == target))[0])


@pytest.mark.parametrize("boxes", [5, 60, 600])
def test_honest_errors_make_no_relation(boxes: int) -> None:
    smallest = np.empty(RUNS)
    for seed in range(RUNS):
        source, target, traced = clean(seed, boxes)
        found = relations(source, target, traced, kinds())
        smallest[seed] = found.p.min(initial=1.0) * SHOPS**2
    for level in (0.002, 0.05):
        margin = level + 3 * np.sqrt(level * (1 - level) / RUNS)
        assert (smallest <= level).mean() <= margin


@pytest.mark.parametrize("boxes", [0, 60, 600])
def test_a_planted_relation_stands_out_among_honest_errors(boxes: int) -> None:
    caught = 0
    for seed in range(40):
        source, target, traced = clean(seed, boxes)
        source, target = np.append(source, [3] * 15), np.append(target, [4] * 15)
        found = relations(source, target, traced, kinds())
        caught += found.p[of(found, 3, 4)] * SHOPS**2 <= 0.002
    assert caught >= 38


def test_rings_do_not_hide_each_other_by_filling_the_degrees() -> None:
    # Nothing but three rings: their own degrees would give each of them all its boxes.
    source = np.repeat([0, 2, 4], 15)
    found = relations(source, source + 1, np.full(SHOPS, 500), kinds())
    assert (found.p * SHOPS**2 < 1e-9).all()


def test_a_shop_that_trades_with_all_is_expected_to_trade_with_each() -> None:
    # Two shops whose codes are cut short repeat with everybody, with each other as well.
    others = np.tile(np.arange(2, SHOPS), 10)
    hubs = np.repeat([0, 1], len(others))
    there, back = (hubs, np.tile(others, 2)), (np.tile(others, 2), hubs)
    source = np.concatenate([there[0], back[0], [0] * 12])
    target = np.concatenate([there[1], back[1], [1] * 12])
    found = relations(source, target, np.full(SHOPS, 500), kinds())
    assert found.expected[of(found, 0, 1)] == pytest.approx(380 * 380 / 1520, rel=0.2)
    assert found.p[of(found, 0, 1)] > 0.5


def test_the_expectation_leaves_the_relation_itself_out() -> None:
    source = np.array([0] * 8 + [0, 0, 5, 6])
    target = np.array([1] * 8 + [2, 3, 1, 7])
    found = relations(source, target, np.full(SHOPS, 100), ())
    # Left over: 4 of the 12 boxes; 2 sent elsewhere, 1 received from elsewhere. Peers: 4.5 without
    # the shop (or 0's 10, if it counted), half an event for what was never seen, 39 other shops.
    peers_out, peers_in = (12 - 10 + 0.5) / 39, (12 - 9 + 0.5) / 39
    assert found.expected[of(found, 0, 1)] > 2 * 1 / (12 - 8 + 1)
    assert found.expected[of(found, 0, 1)] < (2 + peers_out) * (1 + peers_in) / (12 - 8 + 1)


def test_no_repeats_are_no_relations() -> None:
    nothing = np.zeros(0, np.int64)
    assert len(relations(nothing, nothing, np.full(SHOPS, 9), kinds()).p) == 0
    assert len(relations(nothing, nothing, nothing, (nothing,)).p) == 0
