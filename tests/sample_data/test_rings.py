"""Planted rings: strangers, and what each pattern is known by, recomputed from the tables."""

from itertools import combinations, pairwise

import pandas as pd
import pytest

from sample_data.truth import TrueGroup

from .conftest import Sample, one_value

PATTERNS = {
    "co_visit", "group_admission", "doctor_pharmacy", "dense_block", "shared_pivot", "money_circle",
    "trace_code", "template_basket", "refund_loop", "repeat_swipe",
}  # fmt: skip


def _of(sample: Sample, pattern: str, variant: str | None = None) -> list[TrueGroup]:
    rings = [ring for ring in sample.truth.rings if ring.pattern == pattern]
    return [ring for ring in rings if variant in (None, ring.variant)]


def _members(group: TrueGroup, entity_type: str) -> list[str]:
    return [entity for kind, entity, _ in group.members if kind == entity_type]


def _mine(claims: pd.DataFrame, group: TrueGroup) -> pd.DataFrame:
    return claims[claims["claim_id"].isin(group.claims)]


def test_every_pattern_is_planted(planted: Sample) -> None:
    assert {ring.pattern for ring in planted.truth.rings} == PATTERNS
    assert {r.variant for r in _of(planted, "money_circle")} == {
        "cycle", "chain", "fan_out", "scatter_gather",
    }  # fmt: skip
    assert {r.variant for r in _of(planted, "trace_code")} == {
        "same_facility", "far_apart", "close_in_time",
    }  # fmt: skip


def test_members_are_in_the_tables_and_carry_the_rings_claims(
    planted: Sample, claims: pd.DataFrame
) -> None:
    person_of = claims.set_index("claim_id")["person_id"]
    for ring in planted.truth.rings:
        assert ring.claims
        assert set(person_of[list(ring.claims)]) <= set(_members(ring, "person"))


@pytest.mark.parametrize("pattern", ["co_visit", "group_admission", "dense_block"])
def test_members_are_strangers(planted: Sample, pattern: str) -> None:
    persons = planted.table("persons").set_index("person_id")
    for ring in _of(planted, pattern):
        mine = persons.loc[_members(ring, "person")]
        assert mine["address"].is_unique
        assert mine["phone"].is_unique


def test_a_card_pool_meets_as_its_parameters_say(planted: Sample, claims: pd.DataFrame) -> None:
    for ring in _of(planted, "co_visit", "card_pool"):
        parameters = dict(ring.parameters)
        mine, size = _mine(claims, ring), int(parameters["size"])
        assert size == len(_members(ring, "person"))
        expected = size * int(parameters["joint_visits"]) * float(parameters["attendance"])
        assert abs(len(mine) - expected) < 5 * expected**0.5
        assert mine["facility_id"].nunique() == int(parameters["places"])
        minute = mine["start_time"].dt.hour * 60 + mine["start_time"].dt.minute
        assert minute.groupby(mine["start_time"].dt.date).std().max() < 3 * 10


def test_empty_swipes_come_a_minute_apart_for_one_basket(
    planted: Sample, claims: pd.DataFrame
) -> None:
    for ring in _of(planted, "co_visit", "empty_swipe"):
        mine = _mine(claims, ring).sort_values("start_time")
        gap = mine.groupby(mine["start_time"].dt.date)["start_time"].diff().dropna()
        assert gap.between(pd.Timedelta(seconds=40), pd.Timedelta(seconds=100)).all()
        assert one_value(mine["total_amount"])


def test_groups_are_admitted_together_to_one_hospital(
    planted: Sample, claims: pd.DataFrame
) -> None:
    for ring in _of(planted, "group_admission"):
        mine = _mine(claims, ring)
        assert set(mine["med_type"]) == {"inpatient"}
        assert one_value(mine["facility_id"])
        days = sorted(set(mine["start_time"].dt.normalize()))
        blocks = 1 + sum(b - a > pd.Timedelta(days=3) for a, b in pairwise(days))
        assert 3 <= blocks <= 5


def test_the_doctors_patients_go_to_one_pharmacy_the_same_day(
    planted: Sample, claims: pd.DataFrame
) -> None:
    for ring in _of(planted, "doctor_pharmacy"):
        mine = _mine(claims, ring)
        assert set(mine["doctor_id"]) == set(_members(ring, "doctor"))
        bought = mine[mine["med_type"] == "pharmacy"]
        assert set(bought["facility_id"]) == set(_members(ring, "facility"))
        seen = mine[mine["med_type"] == "outpatient"]
        days = set(zip(seen["person_id"], seen["start_time"].dt.date, strict=True))
        assert set(zip(bought["person_id"], bought["start_time"].dt.date, strict=True)) <= days
        assert 0.6 < len(bought) / len(seen) < 0.9


def test_a_shared_pivot_is_one_value_in_many_homes(planted: Sample) -> None:
    persons = planted.table("persons").set_index("person_id")
    facilities = planted.table("facilities").set_index("facility_id")
    for ring in _of(planted, "shared_pivot"):
        mine = persons.loc[_members(ring, "person")]
        assert one_value(mine[dict(ring.parameters)["column"]])
        assert mine["address"].is_unique
        assert one_value(facilities.loc[_members(ring, "facility"), "legal_rep"])


def test_a_box_is_settled_twice(planted: Sample) -> None:
    items = planted.table("claim_items")
    claims = planted.table("claims").set_index("claim_id")
    coded = items[items["trace_code"] != ""]
    twice = coded[coded.duplicated("trace_code", keep=False)]
    rings = {claim for ring in _of(planted, "trace_code") for claim in ring.claims}
    honest = {
        claim
        for pair in planted.truth.duplicate_lookalikes
        for claim in (pair.claim_id_a, pair.claim_id_b)
    }
    assert set(twice["claim_id"]) <= rings | honest
    assert rings <= set(twice["claim_id"])
    for ring in _of(planted, "trace_code"):
        mine = twice[twice["claim_id"].isin(ring.claims)]
        places = mine["claim_id"].map(claims["facility_id"]).groupby(mine["trace_code"]).nunique()
        assert (places == (1 if ring.variant == "same_facility" else 2)).all()
        times = pd.to_datetime(mine["claim_id"].map(claims["start_time"]))
        apart = times.groupby(mine["trace_code"]).agg(lambda t: t.max() - t.min())
        far = ring.variant == "far_apart"
        assert (apart > pd.Timedelta(days=29)).all() == far


def test_a_template_is_one_basket_for_many_persons_a_day(
    planted: Sample, claims: pd.DataFrame
) -> None:
    items = planted.table("claim_items")
    for ring in _of(planted, "template_basket"):
        mine = _mine(claims, ring)
        assert one_value(mine["total_amount"])
        assert one_value(mine["doctor_id"])
        assert mine.groupby(mine["start_time"].dt.date)["person_id"].nunique().min() >= 15
        lines = items[items["claim_id"].isin(ring.claims)]
        assert one_value(lines.groupby("claim_id")["item_code"].agg(tuple))


def test_refund_loops_are_swipe_refund_swipe(planted: Sample, claims: pd.DataFrame) -> None:
    for ring in _of(planted, "refund_loop"):
        mine = _mine(claims, ring)
        loops = int(dict(ring.parameters)["loops"])
        refunds = mine[mine["refund_of"] != ""]
        assert len(mine) == 3 * len(refunds)
        assert len(refunds) == loops
        reversed_sum = claims.set_index("claim_id").loc[refunds["refund_of"], "total_amount"]
        assert (reversed_sum.to_numpy() == -refunds["total_amount"].to_numpy()).all()


def test_repeat_swipes_have_one_operator_at_night(planted: Sample, claims: pd.DataFrame) -> None:
    for ring in _of(planted, "repeat_swipe"):
        mine = _mine(claims, ring)
        assert set(mine["operator_id"]) == set(_members(ring, "operator"))
        assert mine["start_time"].dt.hour.isin([2, 3, 4]).all()
        a_night = mine.groupby(["person_id", mine["start_time"].dt.date]).size()
        assert a_night.min() >= 3


def test_the_money_of_a_circle_comes_back(planted: Sample, claims: pd.DataFrame) -> None:
    payments = planted.table("payments")
    payments["fen"] = payments["amount"].str.replace(".", "").astype(int)
    account = planted.table("persons").set_index("person_id")["bank_account"]
    for ring in _of(planted, "money_circle"):
        mine = _mine(claims, ring)
        holders = set(account[_members(ring, "person")])
        carriers = set(_members(ring, "account"))
        back = payments[payments["payee_account"].isin(holders) & (payments["claim_id"] == "")]
        back = back[back["purpose"] != "工资"]
        assert 0.35 < back["fen"].sum() / mine["fund_amount"].sum() <= 0.40
        assert carriers <= set(payments["payer_account"])


def test_watch_listed_entities_are_near_rings_and_elsewhere(planted: Sample) -> None:
    listed = set(planted.table("watchlist")["entity_id"])
    members = {entity for ring in planted.truth.rings for _, entity, _ in ring.members}
    assert listed & members
    assert listed - members


def test_a_dense_block_is_denser_than_chance(planted: Sample, claims: pd.DataFrame) -> None:
    for ring in _of(planted, "dense_block"):
        inside = _mine(claims, ring).groupby("person_id").size()
        assert inside.between(8, 15).all()
        pairs = list(combinations(sorted(inside.index), 2))
        assert len(pairs) > 250
