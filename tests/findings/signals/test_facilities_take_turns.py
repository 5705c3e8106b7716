"""Runs of places against the exact moments over every order, and what random orders get."""

from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest

from graphfraud.findings.signals.facilities_take_turns import look
from graphfraud.findings.signals.rows import RingRows
from tests.findings.signal_rows import Given, claim


def at(places: str) -> RingRows:
    start = pd.Timestamp("2025-01-06 10:00")
    return Given([
        claim(n, str(start + pd.Timedelta(days=n)), facility_id=place)
        for n, place in enumerate(places)
    ]).rows()  # fmt: skip


def runs(places: tuple[str, ...]) -> int:
    return 1 + sum(a != b for a, b in pairwise(places))


@pytest.mark.parametrize("places", ["XYXYXYXY", "XXXXYYYY", "XYZXYZX", "XXYZZYX"])
def test_the_value_is_the_distance_in_exact_deviations(places: str) -> None:
    every = np.array([runs(order) for order in permutations(places)])
    wanted = abs(runs(tuple(places)) - every.mean()) / every.std()
    assert look(at(places)).value == pytest.approx(wanted, abs=1e-6)


def test_turns_and_blocks_are_told_apart() -> None:
    turns, blocks = look(at("XY" * 10)), look(at("X" * 10 + "Y" * 10))
    assert turns.points > 0
    assert blocks.points > 0
    assert ("交替" in turns.sentence_zh, "by turns" in turns.sentence_en) == (True, True)
    assert ("成段" in blocks.sentence_zh, "in blocks" in blocks.sentence_en) == (True, True)
    assert "20 stops at 2 places" in turns.sentence_en


def test_a_random_order_seldom_gets_points() -> None:
    """The mean plus two deviations is passed by about one order in twenty."""
    random = np.random.default_rng(11)
    orders = ("".join(random.choice(list("XYZ"), 30)) for _ in range(300))
    share = float(np.mean([look(at(order)).points > 0 for order in orders]))
    assert share < 0.10


@pytest.mark.parametrize("places", ["", "XYXYX", "XXXXXXXX"])
def test_few_stops_or_one_place_are_not_assessed(places: str) -> None:
    assert not look(at(places)).assessed


def test_several_claims_of_a_day_at_a_place_are_one_stop() -> None:
    once = at("XYXYXY")
    again = once.claims.assign(claim_id="D" + once.claims["claim_id"])
    twice = pd.concat([once.claims, again]).sort_values(["start_time", "claim_id"])
    assert look(Given(twice.to_dict("records")).rows()).value == look(once).value  # type: ignore[arg-type]
