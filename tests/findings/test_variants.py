"""A lead of joint visits is called by how it acts, and nothing else is."""

import dataclasses

import pytest

from graphfraud.findings.rings import Ring
from graphfraud.findings.signals.contract import Signal
from graphfraud.findings.variants import variants
from tests.findings.groups import group_of
from tests.findings.signal_rows import Given, claim
from tests.findings.test_rings import built


def lead(status: str = "lead", **values: float | None) -> Ring:
    """Return a ring of co_visit whose signals have these values."""
    ring = built(group_of("ABC"))[0]
    signals = tuple(Signal(code, value, 0.0, "", "") for code, value in values.items())
    judged = dataclasses.replace(ring.verdict, status=status)
    return dataclasses.replace(ring, signals=signals, verdict=judged)


SHOP = Given(claims=[claim(n) for n in range(4)]).rows()
CLINIC = Given(claims=[claim(n, med_type="outpatient") for n in range(4)]).rows()


def test_cards_in_a_row_at_a_pharmacy_are_empty_swipes() -> None:
    assert variants(lead(minute_gaps=0.95), SHOP) == ("empty_swipe",)
    assert variants(lead(minute_gaps=0.95), CLINIC) == ()
    assert variants(lead(minute_gaps=0.8), SHOP) == ()


def test_places_in_an_order_are_a_rotation_wherever_they_are() -> None:
    assert variants(lead(facilities_take_turns=4.1), CLINIC) == ("rotation",)
    assert variants(lead(facilities_take_turns=2.5), SHOP) == ()


def test_a_ring_may_be_both_and_what_was_not_assessed_names_nothing() -> None:
    both = lead(minute_gaps=1.0, facilities_take_turns=3.0)
    assert variants(both, SHOP) == ("empty_swipe", "rotation")
    assert variants(lead(minute_gaps=None, facilities_take_turns=None), SHOP) == ()


@pytest.mark.parametrize("pattern", ["co_visit", "dense_block"])
def test_what_is_explained_or_of_another_pattern_has_no_such_name(pattern: str) -> None:
    ring = dataclasses.replace(lead(minute_gaps=1.0), pattern=pattern)
    assert (variants(ring, SHOP) != ()) == (pattern == "co_visit")
    explained = dataclasses.replace(lead("explained", minute_gaps=1.0), pattern=pattern)
    assert variants(explained, SHOP) == ()


def test_a_ring_that_joint_visits_also_show_is_named_too() -> None:
    also = dataclasses.replace(lead(minute_gaps=1.0), pattern="repeat_swipe", also=(lead(),))
    assert variants(also, SHOP) == ("empty_swipe",)
