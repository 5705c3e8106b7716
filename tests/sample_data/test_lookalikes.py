"""Honest look-alikes carry the data that explains them."""

import pandas as pd
import pytest

from sample_data.truth import TrueGroup

from .conftest import MADE_OF_CLAIMS, Sample, one_value

KINDS = {
    "dialysis_shift", "rehabilitation_series", "care_home", "employer_screening", "carpool",
    "errand", "clinic_pharmacy", "promotion_basket", "vaccination_day", "standard_package",
    "wages", "family_transfers", "employer_phone", "clerk_phone", "welfare_account",
    "box_returned", "split_pack", "scan_error", "cashier_repeats", "night_pharmacy",
    "refund_counter", "discharge_fair", "maternity_ward", "ophthalmology_day", "chronic_club",
}  # fmt: skip


def _of(sample: Sample, kind: str) -> list[TrueGroup]:
    return [group for group in sample.truth.lookalikes if group.pattern == kind]


def _persons(group: TrueGroup) -> list[str]:
    return [entity for kind, entity, _ in group.members if kind == "person"]


@pytest.fixture(scope="module")
def persons(planted: Sample) -> pd.DataFrame:
    return planted.table("persons").set_index("person_id")


def test_every_kind_is_there_in_both_samples(planted: Sample, clean: Sample) -> None:
    for sample in (planted, clean):
        assert {group.pattern for group in sample.truth.lookalikes} == KINDS


def test_nobody_plays_two_parts(planted: Sample) -> None:
    groups = [*planted.truth.lookalikes, *planted.truth.rings]
    # A template's patients are anybody; a welfare home's residents fetch their drugs together;
    # one person may buy two of the boxes.
    others = {"template_basket", "welfare_account", *MADE_OF_CLAIMS - {"refund_counter"}}
    groups = [g for g in groups if g.pattern not in others]
    cast = [person for group in groups for person in _persons(group)]
    assert len(cast) == len(set(cast))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("dialysis_shift", "N18.6"),
        ("rehabilitation_series", "Z50.8"),
        ("employer_screening", "Z00.0"),
    ],
)
def test_treatment_explains(planted: Sample, claims: pd.DataFrame, kind: str, code: str) -> None:
    for group in _of(planted, kind):
        mine = claims[claims["claim_id"].isin(group.claims)]
        assert set(mine["diagnosis_code"]) == {code}
        assert one_value(mine["facility_id"])


def test_dialysis_comes_three_fixed_days_a_week(planted: Sample, claims: pd.DataFrame) -> None:
    for group in _of(planted, "dialysis_shift"):
        mine = claims[claims["claim_id"].isin(group.claims)]
        assert set(mine["start_time"].dt.day_of_week) in ({0, 2, 4}, {1, 3, 5})
        a_week = len(mine) / len(_persons(group)) / 52
        assert 2.6 < a_week < 3.1


def test_a_care_home_is_one_address_and_one_pick_up(
    planted: Sample, claims: pd.DataFrame, persons: pd.DataFrame
) -> None:
    for group in _of(planted, "care_home"):
        assert one_value(persons.loc[_persons(group), "address"])
        assert len(_persons(group)) > 8
        mine = claims[claims["claim_id"].isin(group.claims)]
        span = mine.groupby(mine["start_time"].dt.date)["start_time"].agg(
            lambda t: t.max() - t.min()
        )
        assert 10 <= len(span) <= 14
        assert span.max() < pd.Timedelta(hours=1)


def test_employer_address_and_relation_explain(planted: Sample, persons: pd.DataFrame) -> None:
    for group in _of(planted, "employer_screening"):
        assert one_value(persons.loc[_persons(group), "employer"])
    for group in _of(planted, "carpool"):
        assert one_value(persons.loc[_persons(group), "address"])
        assert len(_persons(group)) >= 3
    relations = planted.table("relations")
    related = {
        frozenset(pair) for pair in zip(relations["from_id"], relations["to_id"], strict=True)
    }
    for group in _of(planted, "errand"):
        one_home = one_value(persons.loc[_persons(group), "address"])
        assert one_home or frozenset(_persons(group)) in related


def test_travellers_are_seen_in_another_region_and_paid_by_their_own(
    planted: Sample, claims: pd.DataFrame, persons: pd.DataFrame
) -> None:
    facilities = planted.table("facilities").set_index("facility_id")
    home = claims["person_id"].map(persons["region"])
    away = claims[(claims["facility_id"].map(facilities["region"]) != home)]
    away = away[~away["claim_id"].isin({c for ring in planted.truth.rings for c in ring.claims})]
    assert 0.001 < len(away) / len(claims) < 0.02
    assert (away["settle_region"] == home[away.index]).mean() > 0.9
