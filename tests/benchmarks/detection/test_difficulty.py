"""Difficulty 0 and 1 are the generator's own plans; every field they differ in is swept once."""

from dataclasses import fields

import pytest

from benchmarks.detection.difficulty import AXES, HARDEST, between, differing, everywhere, plan_at
from sample_data.plan import Plan, Span, preset


def test_zero_is_default_and_one_is_hard() -> None:
    assert plan_at({}) == plan_at(everywhere(0.0)) == preset("default")
    assert plan_at(everywhere(1.0)) == preset("hard")


def test_every_field_that_differs_belongs_to_one_axis() -> None:
    listed = [name for names in AXES.values() for name in names]
    assert sorted(listed) == sorted(differing())


@pytest.mark.parametrize("axis", AXES)
def test_one_axis_leaves_the_others_alone(axis: str) -> None:
    moved = plan_at({axis: 1.0})
    for name in differing():
        part, _, key = name.partition(".")
        source = preset("hard" if name in AXES[axis] else "default")
        assert getattr(getattr(moved, part), key) == getattr(getattr(source, part), key), name


def test_spans_move_in_a_line_and_keep_their_order() -> None:
    assert between(Span(6, 15), Span(4, 12), 0.5) == Span(5, 14)
    assert between(Span(6, 15), Span(4, 12), 1.5) == Span(3, 10)
    assert between(Span(3, 5), Span(3, 3), 1.5) == Span(3, 3)
    assert between(Span(0.7, 0.95), Span(0.5, 0.7), 1.5).low == pytest.approx(0.4)
    assert between(10.0, 20.0, 1.5) == 25.0
    assert between(0.9, 1.0, 1.5) == 1.0


def test_beyond_hard_no_ring_has_fewer_than_three_and_no_share_more_than_one() -> None:
    plan = plan_at(everywhere(HARDEST))
    sizes = ("size", "patients", "boxes", "cards", "persons_a_day", "persons")
    for part in fields(Plan):
        values = getattr(getattr(plan, part.name), "__dict__", {})
        for name, value in values.items():
            if isinstance(value, Span):
                assert 0 <= value.low <= value.high
                assert name not in sizes or value.low >= 3
    admission = plan.group_admission
    assert admission.early + admission.late <= 1


@pytest.mark.parametrize("asked", [{"jitter": 1.6}, {"jitter": -0.1}, {"speed": 0.5}])
def test_no_other_difficulty_is_known(asked: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no difficulty"):
        plan_at(asked)
