"""Honest ties: staff, families, switchboards, clerks and welfare homes stand in the registers."""

import pandas as pd
import pytest

from .conftest import Sample, entities, lookalikes, mine, one_value


@pytest.fixture(scope="module")
def persons(planted: Sample) -> pd.DataFrame:
    return planted.table("persons").set_index("person_id")


@pytest.fixture(scope="module")
def facilities(planted: Sample) -> pd.DataFrame:
    return planted.table("facilities").set_index("facility_id")


@pytest.fixture(scope="module")
def payments(planted: Sample) -> pd.DataFrame:
    table = planted.table("payments")
    table["fen"] = table["amount"].str.replace(".", "").astype(int)
    return table


def _related(sample: Sample, word: str) -> set[tuple[str, str]]:
    relations = sample.table("relations")
    chosen = relations[relations["relation"] == word]
    return set(zip(chosen["from_id"], chosen["to_id"], strict=True))


def test_staff_are_registered_paid_and_customers(
    planted: Sample,
    claims: pd.DataFrame,
    persons: pd.DataFrame,
    facilities: pd.DataFrame,
    payments: pd.DataFrame,
) -> None:
    employed, employer_of = _related(planted, "employer"), persons["employer"].to_dict()
    for group in lookalikes(planted, "wages"):
        employer = entities(group, "facility")[0]
        paid = payments[payments["payer_account"] == facilities.loc[employer, "bank_account"]]
        for person in entities(group):
            assert (person, employer) in employed
            assert employer_of[person] == facilities.loc[employer, "name"]
            theirs = paid[paid["payee_account"] == persons.loc[person, "bank_account"]]
            wages = theirs[theirs["purpose"] == "工资"]
            assert len(wages) == 12
            assert one_value(wages["fen"])
            assert {"绩效奖金", "费用报销"} <= set(theirs["purpose"])
        bought = mine(claims, group)
        assert set(bought["person_id"]) == set(entities(group))
        assert set(bought["facility_id"]) == {employer}


def test_doctors_among_the_staff_get_a_bonus(planted: Sample, payments: pd.DataFrame) -> None:
    plan_has_doctors = [g for g in planted.truth.lookalikes if entities(g, "doctor", "doctor")]
    known = _related(planted, "same_person")
    assert len(known) == len(plan_has_doctors)
    assert (payments["purpose"] == "年终奖").sum() == len(known)


def test_families_are_tied_by_address_or_register(
    planted: Sample,
    claims: pd.DataFrame,
    persons: pd.DataFrame,
    facilities: pd.DataFrame,
    payments: pd.DataFrame,
) -> None:
    related, employed = _related(planted, "relative"), _related(planted, "employer")
    account, homes = persons["bank_account"], 0
    for group in lookalikes(planted, "family_transfers"):
        (worker,), (relative,) = (entities(group, "person", r) for r in ("employee", "relative"))
        employer = entities(group, "facility")[0]
        assert (worker, employer) in employed
        one_home = one_value(persons.loc[[worker, relative], "address"])
        assert one_home or (worker, relative) in related
        homes += one_home
        given = payments[
            (payments["payer_account"] == account[worker])
            & (payments["payee_account"] == account[relative])
        ]
        assert len(given) == 12
        wage = payments[
            (payments["payer_account"] == facilities.loc[employer, "bank_account"])
            & (payments["payee_account"] == account[worker])
        ]
        assert len(wage) >= 12
        bought = mine(claims, group)
        assert set(bought["person_id"]) == {relative}
        assert set(bought["facility_id"]) == {employer}
    assert 0 < homes < len(lookalikes(planted, "family_transfers"))


def test_a_switchboard_rings_for_colleagues_only(planted: Sample, persons: pd.DataFrame) -> None:
    for group in lookalikes(planted, "employer_phone"):
        theirs = persons.loc[entities(group)]
        assert 10 <= len(theirs) <= 40
        assert one_value(theirs["employer"])
        assert theirs["employer"].iloc[0]
        assert one_value(theirs["phone"])
        assert theirs["phone"].iloc[0].startswith("0")
        assert (persons["phone"] == theirs["phone"].iloc[0]).sum() == len(theirs)


def test_a_clerk_acts_for_the_old_of_one_hamlet(planted: Sample, persons: pd.DataFrame) -> None:
    agents = _related(planted, "agent")
    for group in lookalikes(planted, "clerk_phone"):
        (clerk,), elders = entities(group, "person", "clerk"), entities(group, "person", "elder")
        assert 3 <= len(elders) <= 8
        assert one_value(persons.loc[[clerk, *elders], "phone"])
        assert one_value(persons.loc[[clerk, *elders], "address"])
        assert {(clerk, elder) for elder in elders} <= agents


def test_a_welfare_home_keeps_its_residents_account(planted: Sample, persons: pd.DataFrame) -> None:
    agents = _related(planted, "agent")
    for group in lookalikes(planted, "welfare_account"):
        residents, (home,) = entities(group), entities(group, "company")
        assert one_value(persons.loc[residents, "address"])
        assert one_value(persons.loc[residents, "bank_account"])
        assert (persons["bank_account"] == persons.loc[residents[0], "bank_account"]).sum() == len(
            residents
        )
        assert {(home, resident) for resident in residents} <= agents


def test_a_refund_counter_corrects_the_diagnoses_of_many(
    planted: Sample, claims: pd.DataFrame
) -> None:
    refunded = claims["refund_of"] != ""
    rate = refunded.groupby(claims["facility_id"]).mean()
    code = claims.set_index("claim_id")["diagnosis_code"]
    for group in lookalikes(planted, "refund_counter"):
        hospital = entities(group, "facility")[0]
        assert rate[hospital] > 4 * rate.drop(hospital).median()
        theirs = mine(claims, group)
        assert set(theirs["facility_id"]) == {hospital}
        assert theirs["person_id"].nunique() > 0.25 * len(theirs)
        pairs = [
            (pair.claim_id_a, pair.claim_id_b)
            for pair in planted.truth.duplicate_lookalikes
            if pair.kind == "resettled" and pair.claim_id_a in set(group.claims)
        ]
        assert 3 * len(pairs) == len(theirs)
        assert all(code[a] != code[b] for a, b in pairs)
