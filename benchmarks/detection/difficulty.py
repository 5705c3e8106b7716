"""How hard a population is: the generator's two plans as 0 and 1, what lies between and beyond.

Every field in which `default` and `hard` differ belongs to one axis; a field moves in a straight
line from the one value to the other, and on: 1.5 is half as far again beyond `hard`.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sample_data.plan import Plan, Span, preset

HARDEST = 1.5  # beyond it shares of one occasion would add up to more than one
FEWEST = 3  # two persons are a couple: a ring of fewer is none

AXES: Mapping[str, tuple[str, ...]] = {
    "attendance": (
        "card_pool.joint_visits", "card_pool.attendance", "group_admission.times",
        "group_admission.attendance", "doctor_pharmacy.elsewhere", "refund_loop.loops",
        "repeat_swipe.nights",
    ),
    "size": (
        "card_pool.size", "group_admission.size", "doctor_pharmacy.patients", "shared_pivot.size",
        "money_circle.size", "trace_code.boxes", "template_basket.persons_a_day",
        "refund_loop.size", "repeat_swipe.cards",
    ),
    "jitter": (
        "card_pool.jitter_minutes", "group_admission.early", "group_admission.late",
        "money_circle.noise", "money_circle.delay_days", "repeat_swipe.gap_seconds",
    ),
    "camouflage": (
        "card_pool.places", "card_pool.own_visits", "card_pool.outsiders",
        "card_pool.cross_region_share", "doctor_pharmacy.never_sent", "dense_block.other_goods",
        "dense_block.own_here", "dense_block.own_elsewhere", "money_circle.parts",
        "money_circle.turnover", "template_basket.altered", "repeat_swipe.evenings",
    ),
}  # fmt: skip


def plan_at(difficulty: Mapping[str, float]) -> Plan:
    """Return the plan with each axis as hard as asked (0 where not named), in 0 … HARDEST.

    >>> plan_at({"jitter": 1.0}).card_pool.jitter_minutes
    20.0
    """
    if not all(axis in AXES and 0 <= at <= HARDEST for axis, at in difficulty.items()):
        raise ValueError(f"{difficulty} is no difficulty: {', '.join(AXES)}, 0 to {HARDEST}.")
    plan, hard = preset("default"), preset("hard")
    for axis, at in difficulty.items():
        for name in AXES[axis]:
            part, _, key = name.partition(".")
            easy_part, hard_part = getattr(plan, part), getattr(hard, part)
            value = between(getattr(easy_part, key), getattr(hard_part, key), at)
            plan = replace(plan, **{part: replace(easy_part, **{key: value})})
    return plan


def everywhere(at: float) -> dict[str, float]:
    """Return the difficulty that is `at` on every axis."""
    return dict.fromkeys(AXES, at)


def between(easy: Any, hard: Any, at: float) -> Any:  # noqa: ANN401  a number or a span, as given
    """Return the value at `at` on the line from easy (0) to hard (1); a share stays a share."""
    if isinstance(easy, Span):
        return _span(easy, hard, at)
    most = 1.0 if max(easy, hard) <= 1 else float("inf")
    return min(most, max(0.0, easy * (1 - at) + hard * at))


def differing() -> set[str]:
    """Return the fields, PLAN.FIELD, in which the two plans differ."""
    easy, hard = preset("default"), preset("hard")
    return {
        f"{part.name}.{key}"
        for part in fields(Plan)
        if hasattr(getattr(easy, part.name), "__dataclass_fields__")
        for key, value in vars(getattr(easy, part.name)).items()
        if value != getattr(getattr(hard, part.name), key)
    }


def _span(easy: Span, hard: Span, at: float) -> Span:
    low = easy.low * (1 - at) + hard.low * at
    high = easy.high * (1 - at) + hard.high * at
    if all(float(end).is_integer() for end in (easy.low, easy.high, hard.low, hard.high)):
        low = max(round(low), min(FEWEST, easy.low, hard.low))
        high = round(high)
    else:
        low, high = max(0.0, low), min(1.0, high)
    return Span(low, max(low, high))
