"""Difficulty and scale: what the plan says is what is planted."""

from dataclasses import fields
from pathlib import Path

import pandas as pd

from sample_data import Plan, RingPlan, generate
from sample_data.plan import planned, preset

PATTERNS = (
    "card_pool", "group_admission", "doctor_pharmacy", "dense_block", "shared_pivot",
    "money_circle", "trace_code", "template_basket", "refund_loop", "repeat_swipe",
)  # fmt: skip


def test_scale_grows_with_the_population() -> None:
    plan = Plan()
    for persons, rings in ((60_000, 10), (600_000, 100)):
        pools = planned(persons, plan.persons_per_card_pool)
        assert pools + planned(persons, plan.persons_per_empty_swipe) == rings


def test_hard_is_harder_in_every_way() -> None:
    easy, hard = RingPlan(), preset("hard").card_pool
    assert hard.attendance.high <= easy.attendance.low
    assert hard.joint_visits.high < easy.joint_visits.high
    assert hard.places.low >= easy.places.high
    assert hard.jitter_minutes > easy.jitter_minutes
    assert hard.own_visits > easy.own_visits
    assert hard.outsiders > easy.outsiders


def test_hard_changes_every_pattern() -> None:
    easy, hard = Plan(), preset("hard")
    for pattern in PATTERNS:
        assert getattr(hard, pattern) != getattr(easy, pattern), pattern
    counts = [part.name for part in fields(Plan) if part.name not in PATTERNS]
    assert all(getattr(hard, name) == getattr(easy, name) for name in counts)


def test_members_camouflage_themselves_where_the_plan_says_so(tmp_path: Path) -> None:
    alone = {}
    for name, own in (("none", 0.0), ("much", 2.0)):
        plan = Plan(card_pool=RingPlan(own_visits=own), persons_per_card_pool=500)
        truth = generate(tmp_path / name, persons=2_000, days=200, seed=9, plan=plan)
        claims = pd.read_csv(tmp_path / name / "claims.csv", dtype=str)
        pools = [ring for ring in truth.rings if ring.variant == "card_pool"]
        ring_claims = {claim for ring in pools for claim in ring.claims}
        inside = 0
        for ring in pools:
            members = {entity for _, entity, _ in ring.members}
            here = claims["person_id"].isin(members) & claims["facility_id"].isin(members)
            inside += int((here & ~claims["claim_id"].isin(ring_claims)).sum())
        alone[name] = inside / len(pools)
    assert alone["much"] > alone["none"] + 100
