"""The hard rings are as hard as the plan says, recomputed from the tables."""

from itertools import pairwise

import pandas as pd

from sample_data.truth import TrueGroup

from .conftest import Sample


def _of(sample: Sample, pattern: str) -> list[TrueGroup]:
    rings = [ring for ring in sample.truth.rings if ring.pattern == pattern]
    rings = [ring for ring in rings if ring.variant != "empty_swipe"]
    assert len(rings) == 4
    return rings


def _members(group: TrueGroup, entity_type: str = "person") -> list[str]:
    return [entity for kind, entity, _ in group.members if kind == entity_type]


def _mine(claims: pd.DataFrame, group: TrueGroup) -> pd.DataFrame:
    return claims[claims["claim_id"].isin(group.claims)]


def _near(hits: int, trials: float, share: float) -> bool:
    """Tell whether a count lies within four standard deviations of its binomial mean."""
    return bool(abs(hits - trials * share) <= 4 * (trials * share * (1 - share)) ** 0.5)


def test_card_pools_rotate_and_skip_meetings(hard: Sample, hard_claims: pd.DataFrame) -> None:
    for ring in _of(hard, "co_visit"):
        parameters = dict(ring.parameters)
        size, meetings = int(parameters["size"]), int(parameters["joint_visits"])
        share = float(parameters["attendance"])
        assert 4 <= size <= 12
        assert 8 <= meetings <= 14
        assert 0.5 <= share <= 0.7
        mine = _mine(hard_claims, ring)
        assert _near(len(mine), size * meetings, share)
        assert 3 <= len(_members(ring, "facility")) <= 8
        assert mine["facility_id"].nunique() == len(_members(ring, "facility"))


def test_three_admissions_within_a_day_of_each_other(
    hard: Sample, hard_claims: pd.DataFrame
) -> None:
    came = invited = 0
    moved: list[int] = []
    for ring in _of(hard, "group_admission"):
        mine = _mine(hard_claims, ring)
        days = mine["start_time"].dt.normalize().drop_duplicates().sort_values()
        blocks = (days.diff() > pd.Timedelta(days=3)).cumsum()
        assert blocks.nunique() == 3
        assert days.groupby(blocks).agg(lambda d: d.max() - d.min()).max() <= pd.Timedelta(days=2)
        assert 4 <= len(_members(ring)) <= 12
        came, invited = came + len(mine), invited + 3 * len(_members(ring))
        moved += days.groupby(blocks).nunique().tolist()
    assert _near(came, invited, 0.85)
    assert max(moved) == 3  # a day before, the day, the day after


def test_a_third_of_the_prescriptions_is_filled_elsewhere(
    hard: Sample, hard_claims: pd.DataFrame
) -> None:
    here = elsewhere = 0
    for ring in _of(hard, "doctor_pharmacy"):
        doctor, patients = _members(ring, "doctor")[0], set(_members(ring))
        assert 15 <= len(patients) <= 40
        bought = hard_claims[
            (hard_claims["doctor_id"] == doctor) & (hard_claims["med_type"] == "pharmacy")
        ]
        mine = bought[bought["person_id"].isin(patients)]
        ours = mine["claim_id"].isin(ring.claims)
        here, elsewhere = here + int(ours.sum()), elsewhere + int((~ours).sum())
        shop = _members(ring, "facility")
        assert set(mine.loc[ours, "facility_id"]) == set(shop)
        spared = int(float(dict(ring.parameters)["never_sent"]))
        assert spared == round(0.15 * len(patients))
        others = bought[~bought["person_id"].isin(patients)]
        assert others["person_id"].nunique() >= spared
        assert not set(others["claim_id"]) & set(ring.claims)
    assert _near(elsewhere, here + elsewhere, 1 / 3)


def test_dense_blocks_hide_among_other_goods(hard: Sample, hard_claims: pd.DataFrame) -> None:
    items = hard.table("claim_items")
    baskets = items.groupby("claim_id")["item_code"].agg(frozenset)
    for ring in _of(hard, "dense_block"):
        mine, people = _mine(hard_claims, ring), _members(ring)
        usual = baskets[mine["claim_id"]].value_counts()
        assert _near(int(usual.iloc[:4].sum()), len(mine), 2 / 3)
        theirs = hard_claims[hard_claims["person_id"].isin(people)]
        other = theirs[~theirs["claim_id"].isin(ring.claims) & (theirs["med_type"] == "pharmacy")]
        at_the_blocks = other["facility_id"].isin(_members(ring, "facility"))
        assert at_the_blocks.sum() >= 0.25 * len(mine)
        assert len(other) >= 0.7 * len(mine)


def test_pivots_boxes_and_loops_are_few(hard: Sample, hard_claims: pd.DataFrame) -> None:
    assert all(4 <= len(_members(ring)) <= 8 for ring in _of(hard, "shared_pivot"))
    items = hard.table("claim_items")
    for ring in _of(hard, "trace_code"):
        codes = items.loc[items["claim_id"].isin(ring.claims), "trace_code"].value_counts()
        assert 6 <= len(codes) <= 12
        assert (codes == 2).all()
    for ring in _of(hard, "refund_loop"):
        mine = _mine(hard_claims, ring)
        loops = mine[mine["refund_of"] != ""].groupby("person_id").size()
        assert 5 <= len(loops) <= 9
        assert loops.between(2, 4).all()


def test_templates_differ_in_one_line(hard: Sample, hard_claims: pd.DataFrame) -> None:
    items = hard.table("claim_items")
    changed = total = 0
    for ring in _of(hard, "template_basket"):
        mine = _mine(hard_claims, ring)
        assert mine.groupby(mine["start_time"].dt.date)["person_id"].nunique().between(8, 15).all()
        lines = items[items["claim_id"].isin(ring.claims)]
        baskets = lines.groupby("claim_id")["item_code"].agg(frozenset)
        template = baskets.value_counts().index[0]
        differs = baskets.map(lambda basket, usual=template: len(basket - usual))
        assert set(differs) == {0, 1}
        changed, total = changed + int(differs.sum()), total + len(baskets)
    assert _near(changed, total, 1 / 3)


def test_swipes_are_fewer_slower_and_half_by_evening(
    hard: Sample, hard_claims: pd.DataFrame
) -> None:
    late = nights = 0
    gaps: list[pd.Timedelta] = []
    for ring in _of(hard, "repeat_swipe"):
        mine = _mine(hard_claims, ring).sort_values("start_time")
        assert 4 <= len(_members(ring)) <= 8
        series = mine.groupby(["person_id", mine["start_time"].dt.date])["start_time"]
        assert series.size().groupby("person_id").size().between(3, 5).all()
        hour = series.min().dt.hour
        assert hour.isin([2, 3, 4, 21, 22, 23]).all()
        late, nights = late + int((hour > 20).sum()), nights + len(hour)
        gaps += series.diff().dropna().tolist()
    assert _near(late, nights, 0.5)
    assert pd.Timedelta(minutes=5) < max(gaps) <= pd.Timedelta(minutes=6)


def test_money_comes_back_late_uneven_and_in_parts(hard: Sample, hard_claims: pd.DataFrame) -> None:
    payments = hard.table("payments")
    payments["fen"] = payments["amount"].str.replace(".", "").astype(int)
    payments["paid_time"] = pd.to_datetime(payments["paid_time"])
    account = hard.table("persons").set_index("person_id")["bank_account"]
    facility = hard.table("facilities").set_index("facility_id")["bank_account"]
    for ring in _of(hard, "money_circle"):
        people, carriers = _members(ring), _members(ring, "account")
        assert 4 <= len(people) <= 8
        sources = {facility[_members(ring, "facility")[0]]} | set(carriers)
        back = payments[
            payments["payee_account"].isin(set(account[people]))
            & payments["payer_account"].isin(sources)
        ]
        due = 0.4 * _mine(hard_claims, ring)["fund_amount"].sum()
        assert 0.8 * due < back["fen"].sum() < 1.2 * due
        assert back["paid_time"].dt.day.nunique() > 5
        for carrier in carriers:
            trade = payments["payer_account"].eq(carrier) | payments["payee_account"].eq(carrier)
            others = payments[trade & ~payments["purpose"].isin(["往来款", "劳务费"])]
            assert len(others) > 12
            assert others["payer_account"].eq(carrier).sum() > 3
            assert others["payee_account"].eq(carrier).sum() > 3


def test_the_parameters_of_every_hard_ring_are_kept(hard: Sample) -> None:
    for ring in hard.truth.rings:
        assert len(ring.parameters) >= (1 if ring.pattern == "trace_code" else 2), ring.pattern


def test_the_rests_between_admissions_are_those_of_a_cure(
    hard: Sample, hard_claims: pd.DataFrame
) -> None:
    for ring in _of(hard, "group_admission"):
        for _, stays in _mine(hard_claims, ring).sort_values("start_time").groupby("person_id"):
            times = list(zip(stays["start_time"], stays["end_time"], strict=True))
            assert all(end < start for (_, end), (start, _) in pairwise(times))
