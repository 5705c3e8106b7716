"""The insured: households, id numbers, addresses, phones."""

from datetime import date

import pandas as pd

from .conftest import Sample


def _valid(number: str) -> bool:
    """GB 11643-1999: the sum of digits times 2^(17-i) leaves 1 when divided by 11."""
    digits = [10 if c == "X" else int(c) for c in number]
    return sum(d * (1 << (17 - i)) for i, d in enumerate(digits)) % 11 == 1


def test_id_numbers_are_valid_distinct_and_agree_with_the_person(clean: Sample) -> None:
    persons = clean.table("persons")
    assert persons["id_number"].map(_valid).all()
    assert persons["id_number"].is_unique
    assert (persons["id_number"].str[6:14] == persons["birth_date"].str.replace("-", "")).all()
    odd = persons["id_number"].str[16].astype(int) % 2 == 1
    assert (odd == (persons["sex"] == "M")).all()


def test_households_have_one_to_six_members_and_mostly_one_phone(clean: Sample) -> None:
    persons = clean.table("persons")
    town = persons[persons["address"].str.endswith("室")]
    size = town.groupby("address").size()
    assert size.max() <= 6
    assert 2.2 < size.mean() < 3.5
    several = town[town["address"].isin(size[size > 1].index)]
    assert (
        several.groupby("address")["phone"].nunique().lt(several.groupby("address").size()).mean()
        > 0.6
    )


def test_names_ages_and_insurance(clean: Sample) -> None:
    persons = clean.table("persons")
    assert persons["name"].str.fullmatch("[\u4e00-\u9fff]{2,3}").all()
    born = pd.to_datetime(persons["birth_date"]).dt.date
    age = born.map(lambda day: (date(2025, 1, 1) - day).days / 365.25)
    assert age.between(-1, 97).all()
    assert 0.1 < (age < 18).mean() < 0.35
    assert set(persons["insurance_type"]) == {"310", "390"}
    assert persons["region"].nunique() == 2
    assert persons.loc[age > 18.5, "bank_account"].ne("").all()


def test_chronic_illness_shows_as_refills_about_a_month_apart(clean: Sample) -> None:
    claims = clean.table("claims")
    refills = claims[(claims["med_type"] == "pharmacy") & claims["diagnosis_code"].ne("")]
    refills = refills[refills["doctor_id"] == ""].sort_values(["person_id", "start_time"])
    start = pd.to_datetime(refills["start_time"])
    day = start.dt.day_of_year + 365 * start.dt.year
    gap = day.groupby(refills["person_id"]).diff().dropna()
    assert 27 <= gap.median() <= 32
    share = refills["person_id"].nunique() / clean.truth.counts["persons"]
    assert 0.1 < share < 0.4
