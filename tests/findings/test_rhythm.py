"""A lead whose persons are merely in step is explained, with both p-values told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from graphfraud.findings.explanations import GENERAL
from graphfraud.findings.rhythm import SHARED_RHYTHM
from graphfraud.findings.rings import Ring, build_rings
from tests.findings.groups import group_of, registers
from tests.findings.test_rings import HOME, claims_of

TESTED = (*GENERAL, SHARED_RHYTHM)


def judged(rhythm: Callable[[int], float] | None, homes: str = "") -> Ring:
    group = replace(group_of("ABC"), rhythm=rhythm)
    known = registers(dict.fromkeys(homes, HOME))
    claims = claims_of(0, "ABC")
    rings = build_rings("co_visit", [group], claims, known, tested=TESTED, level=0.05, fewest=3)
    return rings[0]


def test_persons_in_step_are_explained_and_both_p_values_told() -> None:
    ring = judged(lambda _: 0.5)
    assert (ring.verdict.status, ring.verdict.explanation) == ("explained", SHARED_RHYTHM)
    (reason,) = [one for one in ring.reasons if one.code == SHARED_RHYTHM]
    assert (reason.found, reason.share) == (True, 1.0)
    assert "p = 0.010" in reason.sentence_en
    assert "p = 0.500" in reason.sentence_en
    assert "p = 0.500" in reason.sentence_zh


@pytest.mark.parametrize("p_value", [0.0, 0.01, 0.05])
def test_what_beats_rhythms_as_well_stays_a_lead(p_value: float) -> None:
    ring = judged(lambda _: p_value)
    assert ring.verdict.status == "lead"
    (reason,) = [one for one in ring.reasons if one.code == SHARED_RHYTHM]
    assert not reason.found
    assert (f"p = {p_value:.3f}" in reason.sentence_en) == (p_value > 0)


def test_where_rhythms_are_not_looked_for_nothing_changes() -> None:
    assert judged(None).verdict.status == "lead"


def test_rhythms_are_not_asked_where_a_home_explains_the_group() -> None:
    def never(_: int) -> float:
        raise AssertionError

    assert judged(never, homes="ABC").verdict.explanation == "household"


def test_the_ring_lets_go_of_the_visits_it_was_compared_with() -> None:
    assert judged(lambda _: 0.0).group.rhythm is None
