"""The parameters of a sample: how much of everything is planted, and how hard it is to find."""

from dataclasses import dataclass, field, fields
from datetime import date

from .arrays import Ints, Rng


@dataclass(frozen=True)
class Span:
    """A closed range of whole numbers or shares to draw from."""

    low: float
    high: float

    def whole(self, rng: Rng) -> int:
        """Draw one whole number."""
        return int(rng.integers(int(self.low), int(self.high) + 1))

    def wholes(self, rng: Rng, count: int) -> Ints:
        """Draw `count` whole numbers."""
        return rng.integers(int(self.low), int(self.high) + 1, size=count)

    def share(self, rng: Rng) -> float:
        """Draw one real number."""
        return float(rng.uniform(self.low, self.high))


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


@dataclass(frozen=True)
class GroupAdmissionPlan:
    """Strangers admitted to one hospital together, repeatedly."""

    size: Span = Span(8, 14)  # persons
    times: Span = Span(3, 5)  # joint admissions
    attendance: float = 0.9  # chance that a member is admitted with the others
    early: float = 0.0  # share of admissions on the day before
    late: float = 0.2  # share of admissions on the day after


@dataclass(frozen=True)
class DoctorPharmacyPlan:
    """A doctor's patients who are sent to one pharmacy."""

    patients: Span = Span(40, 69)
    visits: Span = Span(2, 5)  # of each patient
    filled: float = 0.75  # share of the visits with a prescription that is filled that day
    elsewhere: float = 0.0  # share of these prescriptions filled at the patient's usual pharmacy
    never_sent: float = 0.0  # further patients whom nobody sends, per patient: no members


@dataclass(frozen=True)
class DenseBlockPlan:
    """Many persons, a few pharmacies, a few drugs that resell."""

    persons: Span = Span(25, 44)
    places: Span = Span(3, 5)
    visits: Span = Span(8, 15)  # of each person
    other_goods: float = 0.0  # share of these visits for what anybody buys
    own_here: float = 0.0  # honest purchases at the same pharmacies, per visit
    own_elsewhere: float = 0.0  # honest purchases at the person's usual places, per visit


@dataclass(frozen=True)
class SharedPivotPlan:
    """Strangers on one phone or account."""

    size: Span = Span(7, 12)  # persons
    visits: Span = Span(4, 9)  # of each person


@dataclass(frozen=True)
class MoneyCirclePlan:
    """Money that returns from a provider to card holders."""

    size: Span = Span(6, 11)  # recipients
    visits: Span = Span(5, 9)  # of each recipient
    returned: float = 0.4  # of what the fund paid for them
    noise: float = 0.0  # each transfer differs from its due by up to this share
    delay_days: Span = Span(1, 1)  # from one transfer to the next
    parts: Span = Span(1, 1)  # a due is paid in so many transfers
    turnover: Span = Span(0, 0)  # honest payments of each carrier a month, in and out


@dataclass(frozen=True)
class TraceCodePlan:
    """Boxes that are settled a second time."""

    boxes: Span = Span(12, 24)


@dataclass(frozen=True)
class TemplateBasketPlan:
    """One basket for many persons on a few days."""

    days: Span = Span(3, 6)
    persons_a_day: Span = Span(18, 34)
    altered: float = 0.0  # share of claims in which one line is another drug


@dataclass(frozen=True)
class RefundLoopPlan:
    """Cards swiped, refunded, swiped again at one pharmacy."""

    size: Span = Span(8, 14)  # cards
    loops: Span = Span(3, 6)  # of each card


@dataclass(frozen=True)
class RepeatSwipePlan:
    """Cards swiped again and again within minutes at odd hours under one operator."""

    cards: Span = Span(6, 11)
    nights: Span = Span(4, 7)  # of each card
    swipes: Span = Span(3, 6)  # a night
    gap_seconds: Span = Span(50, 199)  # between two swipes of a card
    evenings: float = 0.0  # share of the nights that are late evenings instead


@dataclass(frozen=True)
class LookalikePlan:
    """How often each honest look-alike is planted: one for so many persons (0: none)."""

    clinic_pharmacy: int = 20_000
    promotion_basket: int = 30_000
    vaccination_day: int = 30_000
    standard_package: int = 60_000
    wages: int = 6_000
    family_transfers: int = 3_000
    employer_phone: int = 10_000
    clerk_phone: int = 10_000
    welfare_account: int = 24_000
    box_returned: int = 2_000
    split_pack: int = 1_000
    scan_error: int = 20_000  # one for so many scanned boxes, not persons
    cashier_repeats: int = 100
    night_pharmacy: int = 60_000
    refund_counter: int = 30_000
    discharge_fair: int = 12_000
    maternity_ward: int = 30_000
    ophthalmology_day: int = 30_000
    chronic_club: int = 20_000

    @classmethod
    def none(cls) -> "LookalikePlan":
        """Return the plan that plants none of them."""
        return cls(**dict.fromkeys((count.name for count in fields(cls)), 0))


@dataclass(frozen=True)
class Plan:
    """How often each thing is planted: one for so many persons (0: none, else one at least)."""

    last_day: date = date(2025, 6, 30)  # all samples end here: nothing lies in the future
    card_pool: RingPlan = field(default_factory=RingPlan)
    group_admission: GroupAdmissionPlan = field(default_factory=GroupAdmissionPlan)
    doctor_pharmacy: DoctorPharmacyPlan = field(default_factory=DoctorPharmacyPlan)
    dense_block: DenseBlockPlan = field(default_factory=DenseBlockPlan)
    shared_pivot: SharedPivotPlan = field(default_factory=SharedPivotPlan)
    money_circle: MoneyCirclePlan = field(default_factory=MoneyCirclePlan)
    trace_code: TraceCodePlan = field(default_factory=TraceCodePlan)
    template_basket: TemplateBasketPlan = field(default_factory=TemplateBasketPlan)
    refund_loop: RefundLoopPlan = field(default_factory=RefundLoopPlan)
    repeat_swipe: RepeatSwipePlan = field(default_factory=RepeatSwipePlan)
    lookalikes: LookalikePlan = field(default_factory=LookalikePlan)
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


HARD = Plan(
    card_pool=RingPlan(
        size=Span(4, 12),
        joint_visits=Span(8, 14),
        attendance=Span(0.5, 0.7),
        jitter_minutes=20.0,
        places=Span(4, 8),
        own_visits=0.5,
        outsiders=0.5,
        cross_region_share=0.4,
    ),
    group_admission=GroupAdmissionPlan(
        size=Span(4, 12), times=Span(3, 3), attendance=0.85, early=1 / 3, late=1 / 3
    ),
    doctor_pharmacy=DoctorPharmacyPlan(patients=Span(15, 40), elsewhere=1 / 3, never_sent=0.15),
    dense_block=DenseBlockPlan(other_goods=1 / 3, own_here=0.3, own_elsewhere=0.5),
    shared_pivot=SharedPivotPlan(size=Span(4, 8)),
    money_circle=MoneyCirclePlan(
        size=Span(4, 8), noise=0.15, delay_days=Span(1, 20), parts=Span(1, 3), turnover=Span(2, 6)
    ),
    trace_code=TraceCodePlan(boxes=Span(6, 12)),
    template_basket=TemplateBasketPlan(persons_a_day=Span(8, 15), altered=1 / 3),
    refund_loop=RefundLoopPlan(size=Span(5, 9), loops=Span(2, 4)),
    repeat_swipe=RepeatSwipePlan(
        cards=Span(4, 8), nights=Span(3, 5), gap_seconds=Span(50, 360), evenings=0.5
    ),
)


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
    return Plan() if difficulty == "default" else HARD
