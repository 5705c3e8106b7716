"""The parameters of a sample: how much of everything is planted, and how hard it is to find."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Span:
    """A closed range of whole numbers or shares to draw from."""

    low: float
    high: float


@dataclass(frozen=True)
class RingPlan:
    """What a card pool (pattern co_visit) looks like; spans are drawn anew for each ring."""

    size: Span = Span(6, 15)  # persons
    joint_visits: Span = Span(10, 20)  # over the whole period
    attendance: Span = Span(0.7, 0.95)  # chance that a member is there
    jitter_minutes: float = 10.0  # standard deviation around the joint visit
    places: Span = Span(1, 4)  # taking turns
    own_visits: float = 0.0  # members' further visits alone at the ring's places, per joint visit
    outsiders: float = 0.1  # strangers drawn into a joint visit, per member
    cross_region_share: float = 0.2  # rings whose members come from two regions


HARD = RingPlan(
    size=Span(5, 10),
    joint_visits=Span(8, 12),
    attendance=Span(0.45, 0.55),
    jitter_minutes=20.0,
    places=Span(2, 4),
    own_visits=0.5,
    outsiders=0.5,
    cross_region_share=0.4,
)


@dataclass(frozen=True)
class Plan:
    """How often each thing is planted: one for so many persons (0: none, else one at least)."""

    last_day: date = date(2025, 6, 30)  # all samples end here: nothing lies in the future
    card_pool: RingPlan = field(default_factory=RingPlan)
    persons_per_card_pool: int = 7_500
    persons_per_empty_swipe: int = 30_000
    persons_per_ring: int = 30_000  # of each other pattern
    persons_per_duplicate: int = 1_000
    persons_per_dialysis_unit: int = 12_000
    persons_per_rehabilitation: int = 6_000
    persons_per_care_home: int = 12_000
    persons_per_screening: int = 6_000
    persons_per_carpool: int = 3_000
    persons_per_buyer: int = 400
    traveller_share: float = 0.04  # of households
    couple_share: float = 0.15  # mean share of a person's visits on which the spouse comes along


def planned(persons: int, per: int) -> int:
    """Return how many are planted in a population; at least one unless `per` is 0.

    >>> planned(60_000, 7_500), planned(100, 7_500), planned(100, 0)
    (8, 1, 0)
    """
    return max(1, round(persons / per)) if per else 0


def preset(difficulty: str) -> Plan:
    """Return the plan called `default` or `hard`; ValueError for any other name."""
    if difficulty not in {"default", "hard"}:
        raise ValueError(f"difficulty must be default or hard, not {difficulty!r}")
    return Plan() if difficulty == "default" else Plan(card_pool=HARD)
