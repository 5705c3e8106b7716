"""Honest crowds: promotions, single services, clubs, operation days, neighbours, the night."""

from itertools import pairwise

import pandas as pd
import pytest

from .conftest import Sample, entities, lookalikes, mine, one_value


@pytest.fixture(scope="module")
def baskets(planted: Sample) -> pd.Series:
    """Return the goods of each claim, sorted."""
    items = planted.table("claim_items").sort_values(["claim_id", "item_code"])
    return items.groupby("claim_id")["item_code"].agg(tuple)


def test_a_promotion_is_two_goods_at_several_shops_for_a_few_days(
    planted: Sample, claims: pd.DataFrame, baskets: pd.Series
) -> None:
    for group in lookalikes(planted, "promotion_basket"):
        theirs, shops = mine(claims, group), entities(group, "facility")
        assert len(baskets[theirs["claim_id"]].iloc[0]) == 2
        assert one_value(baskets[theirs["claim_id"]])
        assert len(shops) >= 3
        assert set(theirs["facility_id"]) == set(shops)
        days = theirs["start_time"].dt.normalize()
        assert 2 <= days.nunique() <= 3
        assert days.max() - days.min() <= pd.Timedelta(days=2)
        assert theirs["person_id"].is_unique
        assert theirs.groupby("facility_id").size().min() >= 10


def test_the_customers_of_a_promotion_are_those_of_the_shop(
    planted: Sample, claims: pd.DataFrame
) -> None:
    pharmacy = claims[claims["med_type"] == "pharmacy"]
    for group in lookalikes(planted, "promotion_basket"):
        theirs = mine(claims, group).set_index("person_id")["facility_id"]
        other = pharmacy[~pharmacy["claim_id"].isin(group.claims)]
        other = other[other["person_id"].isin(theirs.index)]
        same = other["facility_id"] == other["person_id"].map(theirs)
        assert same.mean() > 0.6


@pytest.mark.parametrize(
    ("kind", "code"), [("vaccination_day", "Z25.1"), ("standard_package", "J44.9")]
)
def test_one_service_for_dozens_a_day_in_one_week(
    planted: Sample, claims: pd.DataFrame, baskets: pd.Series, kind: str, code: str
) -> None:
    for group in lookalikes(planted, kind):
        theirs = mine(claims, group)
        assert one_value(baskets[theirs["claim_id"]])
        assert len(baskets[theirs["claim_id"]].iloc[0]) == 1
        assert one_value(theirs["total_amount"])
        assert set(theirs["diagnosis_code"]) == {code}
        assert theirs["facility_id"].nunique() >= 2
        days = theirs["start_time"].dt.normalize()
        assert days.dt.day_of_week.max() < 5
        assert days.max() - days.min() <= pd.Timedelta(days=4)
        assert theirs.groupby(["facility_id", days])["person_id"].nunique().max() >= 24
        assert theirs.groupby("facility_id")["doctor_id"].agg(one_value).all()


def test_a_club_buys_the_same_drugs_on_days_of_its_own(
    planted: Sample, claims: pd.DataFrame, baskets: pd.Series
) -> None:
    for group in lookalikes(planted, "chronic_club"):
        theirs = mine(claims, group).sort_values("start_time")
        assert one_value(baskets[theirs["claim_id"]])
        assert one_value(theirs["facility_id"])
        assert (theirs["diagnosis_code"] != "").all()
        gaps = theirs.groupby("person_id")["start_time"].diff().dropna()
        assert gaps.between(pd.Timedelta(days=26), pd.Timedelta(days=36)).all()
        days = [set(times.dt.date) for _, times in theirs.groupby("person_id")["start_time"]]
        shared = [len(a & b) for a, b in pairwise(days)]
        assert sum(shared) / len(shared) < 2  # of twelve


def test_births_bunch_on_two_weekdays_and_nobody_comes_twice(
    planted: Sample, claims: pd.DataFrame
) -> None:
    persons = planted.table("persons").set_index("person_id")
    for group in lookalikes(planted, "maternity_ward"):
        theirs = mine(claims, group)
        assert set(theirs["diagnosis_code"]) == {"O80.9"}
        assert set(persons.loc[theirs["person_id"], "sex"]) == {"F"}
        assert theirs["person_id"].is_unique
        fixed = theirs["start_time"].dt.day_of_week.isin([1, 3]).mean()
        share = 0.6 + 0.4 * 2 / 7
        assert abs(fixed - share) < 4 * (share * (1 - share) / len(theirs)) ** 0.5


def test_eyes_are_operated_every_other_week_and_some_patients_meet_again(
    planted: Sample, claims: pd.DataFrame
) -> None:
    for group in lookalikes(planted, "ophthalmology_day"):
        theirs = mine(claims, group).sort_values("start_time")
        assert set(theirs["diagnosis_code"]) == {"H25.9"}
        assert one_value(theirs["start_time"].dt.day_of_week)
        eyes = theirs.groupby("person_id").size()
        assert set(eyes) == {1, 2}
        gap = theirs.groupby("person_id")["start_time"].diff().dropna().dt.round("7D")
        assert set(gap) <= {pd.Timedelta(days=14), pd.Timedelta(days=28)}
        assert theirs.groupby(theirs["start_time"].dt.date).size().max() >= 4


def test_neighbours_are_admitted_on_the_same_day_twice(
    planted: Sample, claims: pd.DataFrame
) -> None:
    persons = planted.table("persons").set_index("person_id")
    for group in lookalikes(planted, "discharge_fair"):
        theirs = mine(claims, group)
        assert one_value(persons.loc[entities(group), "address"])
        assert 5 <= len(entities(group)) <= 8
        assert set(theirs["med_type"]) == {"inpatient"}
        assert one_value(theirs["facility_id"])
        assert theirs["start_time"].dt.date.nunique() == 2
        assert len(theirs) == 2 * len(entities(group))


def test_split_baskets_are_everywhere_at_all_hours_and_partly_cash(
    planted: Sample, claims: pd.DataFrame
) -> None:
    (group,) = lookalikes(planted, "cashier_repeats")
    theirs = mine(claims, group).sort_values(["person_id", "start_time"])
    gap = theirs.groupby("person_id")["start_time"].diff()
    later = gap < pd.Timedelta(minutes=10)
    assert (gap[later] >= pd.Timedelta(minutes=1)).all()
    assert (theirs.loc[later, "fund_amount"] == 0).all()
    assert (theirs.loc[~later, "fund_amount"] > 0).all()
    series = (~later).cumsum()
    assert set(series.value_counts()) == {2, 3}
    pharmacies = claims.loc[claims["med_type"] == "pharmacy", "facility_id"].nunique()
    assert theirs["facility_id"].nunique() > 0.7 * pharmacies
    assert theirs["start_time"].dt.hour.nunique() >= 11


def test_one_pharmacy_serves_many_by_night_each_once_or_twice(
    planted: Sample, claims: pd.DataFrame
) -> None:
    names = planted.table("facilities").set_index("facility_id")["name"]
    (group,) = lookalikes(planted, "night_pharmacy")
    theirs = mine(claims, group)
    assert set(theirs["facility_id"]) == set(entities(group, "facility"))
    assert "24小时" in names[entities(group, "facility")[0]]
    hour = theirs["start_time"].dt.hour
    assert ((hour >= 21) | (hour < 7)).all()
    assert theirs.groupby("person_id").size().max() <= 2
    assert theirs["person_id"].nunique() >= 30


def test_patients_of_any_doctor_go_next_door(planted: Sample, claims: pd.DataFrame) -> None:
    facilities = planted.table("facilities").set_index("facility_id")
    bought = claims[(claims["med_type"] == "pharmacy") & (claims["doctor_id"] != "")]
    ours = {claim for ring in planted.truth.rings for claim in ring.claims}
    bought = bought[~bought["claim_id"].isin(ours)]
    for group in lookalikes(planted, "clinic_pharmacy"):
        clinic = entities(group, "facility", "clinic")[0]
        pharmacy = entities(group, "facility", "next_door")[0]
        street, beside = (
            (facilities.loc[[clinic, pharmacy], "address"])
            .str.extract(r"^(\D+)(\d+)号$")
            .itertuples(index=False)
        )
        assert street[0] == beside[0]
        assert int(beside[1]) - int(street[1]) == 2
        for doctor in entities(group, "doctor"):
            filled = bought[bought["doctor_id"] == doctor]
            assert len(filled) > 50
            assert (filled["facility_id"] == pharmacy).mean() > 0.85
            assert filled["person_id"].nunique() > 0.3 * len(filled)


def test_every_other_clinic_with_a_pharmacy_has_one_doctor(planted: Sample) -> None:
    doctors = planted.table("doctors")["facility_id"].value_counts()
    staff = [
        doctors[entities(group, "facility", "clinic")[0]]
        for group in lookalikes(planted, "clinic_pharmacy")
    ]
    assert staff == [1, 4][: len(staff)]
