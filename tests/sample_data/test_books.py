"""Amounts, items, duplicates of every kind, and what honestly looks like one."""

import pandas as pd

from sample_data.truth import TrueDuplicate

from .conftest import Sample

KINDS = {
    "same_invoice", "same_expense", "second_identity", "two_insurances",
    "overlapping_stay", "trace_code",
}  # fmt: skip


def _pairs(claims: pd.DataFrame, pairs: tuple[TrueDuplicate, ...], kind: str) -> pd.DataFrame:
    chosen = [(pair.claim_id_a, pair.claim_id_b) for pair in pairs if pair.kind == kind]
    keys = pd.DataFrame(chosen, columns=["a", "b"])
    both = keys.merge(claims.add_suffix("_a"), left_on="a", right_on="claim_id_a")
    both = both.merge(claims.add_suffix("_b"), left_on="b", right_on="claim_id_b")
    assert len(both) == len(chosen) > 0
    return both


def test_fund_and_cash_make_the_total_to_the_fen(claims: pd.DataFrame) -> None:
    assert (claims["fund_amount"] + claims["cash_amount"] == claims["total_amount"]).all()
    refund = claims["refund_of"] != ""
    assert (claims.loc[~refund, "total_amount"] > 0).all()
    assert (claims.loc[refund, "total_amount"] < 0).all()


def test_the_lines_of_a_claim_make_its_total(planted: Sample, claims: pd.DataFrame) -> None:
    items = planted.table("claim_items")
    fen = items["amount"].str.replace(".", "").astype("int64")
    sums = fen.groupby(items["claim_id"]).sum()
    total = claims.set_index("claim_id")["total_amount"]
    assert (sums == total[sums.index]).all()
    bare = total.index.difference(sums.index)
    mine = claims.set_index("claim_id").loc[bare]
    paired = {pair.claim_id_b for pair in planted.truth.duplicates}
    assert (mine["refund_of"].ne("") | mine.index.isin(paired)).all()
    price = items["unit_price"].str.replace(".", "").astype("int64")
    assert (price * items["quantity"].astype(float) == fen).all()


def test_every_kind_of_duplicate_is_planted(planted: Sample) -> None:
    assert {pair.kind for pair in planted.truth.duplicates} == KINDS


def test_the_same_invoice_is_paid_in_two_regions(planted: Sample, claims: pd.DataFrame) -> None:
    both = _pairs(claims, planted.truth.duplicates, "same_invoice")
    for column in ("invoice_no", "person_id", "facility_id", "total_amount", "start_time"):
        assert (both[f"{column}_a"] == both[f"{column}_b"]).all()
    assert (both["settle_region_a"] != both["settle_region_b"]).all()
    assert (both["settle_time_a"] < both["settle_time_b"]).all()
    assert "manual" in set(both["med_type_b"])


def test_an_altered_expense_differs_in_one_thing(planted: Sample, claims: pd.DataFrame) -> None:
    both = _pairs(claims, planted.truth.duplicates, "same_expense")
    differs = [
        (both[f"{column}_a"] != both[f"{column}_b"]).astype(int)
        for column in ("invoice_no", "total_amount", "start_time")
    ]
    assert (pd.concat(differs, axis=1).sum(axis=1) == 1).all()
    assert all(column.any() for column in differs)


def test_a_second_identity_is_one_human_twice(planted: Sample, claims: pd.DataFrame) -> None:
    persons = planted.table("persons").set_index("person_id").to_dict("index")
    for a, b in planted.truth.identities:
        for column in ("name", "birth_date", "sex", "phone"):
            assert persons[a][column] == persons[b][column]
        first, second = str(persons[a]["id_number"]), str(persons[b]["id_number"])
        assert second in (first, first[:6] + first[8:17])
        assert persons[a]["region"] != persons[b]["region"]
    both = _pairs(claims, planted.truth.duplicates, "second_identity")
    used = set(zip(both["person_id_a"], both["person_id_b"], strict=True))
    assert used == set(planted.truth.identities)
    assert (both["total_amount_a"] == both["total_amount_b"]).all()


def test_two_insurances_pay_one_stay(planted: Sample, claims: pd.DataFrame) -> None:
    both = _pairs(claims, planted.truth.duplicates, "two_insurances")
    assert set(both["insurance_type_a"]) <= {"310", "390"}
    assert set(both["insurance_type_b"]) <= {"410", "510"}
    assert (both["total_amount_a"] == both["total_amount_b"]).all()


def test_only_the_planted_are_in_two_beds_at_once(planted: Sample, claims: pd.DataFrame) -> None:
    both = _pairs(claims, planted.truth.duplicates, "overlapping_stay")
    assert (both["start_time_b"] < both["end_time_a"]).all()
    assert (both["facility_id_a"] != both["facility_id_b"]).all()
    planted_claims = {pair.claim_id_b for pair in planted.truth.duplicates}
    stays = claims[(claims["med_type"] == "inpatient") & ~claims["claim_id"].isin(planted_claims)]
    stays = stays[
        ~stays["claim_id"].isin({p.claim_id_b for p in planted.truth.duplicate_lookalikes})
    ]
    stays = stays.sort_values(["person_id", "start_time"])
    next_start = stays.groupby("person_id")["start_time"].shift(-1)
    assert not (next_start < stays["end_time"]).any()


def test_refunds_instalments_and_boxes_look_like_duplicates_in_clean_data_too(
    clean: Sample,
) -> None:
    kinds = {pair.kind for pair in clean.truth.duplicate_lookalikes}
    assert kinds == {
        "refund", "resettled", "instalment", "box_returned", "split_pack", "scan_error",
    }  # fmt: skip


def test_an_instalment_follows_the_first_bill(planted: Sample, claims: pd.DataFrame) -> None:
    both = _pairs(claims, planted.truth.duplicate_lookalikes, "instalment")
    assert (both["end_time_a"] == both["start_time_b"]).all()
    assert (both["encounter_id_a"] == both["encounter_id_b"]).all()
    assert (both["total_amount_a"] == both["total_amount_b"]).all()
    known = both["invoice_no_a"] != ""
    assert (both["invoice_no_a"] != both["invoice_no_b"])[known].all()


def test_funds_pay_providers_what_the_claims_say(clean: Sample) -> None:
    payments, claims = clean.table("payments"), clean.table("claims")
    paid = payments[payments["payer_account"].str.startswith("9558") & (payments["claim_id"] == "")]
    fen = paid["amount"].str.replace(".", "").astype("int64").sum()
    owed = claims["fund_amount"].str.replace(".", "").astype("int64").sum()
    assert abs(fen - owed) <= 0.001 * owed
