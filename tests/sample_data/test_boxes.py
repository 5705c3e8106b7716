"""Honest codes that turn up twice: boxes returned, packs split, scans gone wrong."""

import pandas as pd
import pytest

from .conftest import Sample, lookalikes


@pytest.fixture(scope="module", params=["planted", "clean"])
def pairs(request: pytest.FixtureRequest) -> pd.DataFrame:
    """Return the lines that share a code with another, side by side, with their claims."""
    sample: Sample = request.getfixturevalue(request.param)
    items, claims = sample.table("claim_items"), sample.table("claims")
    lines = items[items["trace_code"] != ""].merge(claims, on="claim_id")
    lines["settle_time"] = pd.to_datetime(lines["settle_time"])
    kind = {(p.claim_id_a, p.claim_id_b): p.kind for p in sample.truth.duplicate_lookalikes}
    both = lines.merge(lines, on=["trace_code", "item_code"], suffixes=("_a", "_b"))
    keys = zip(both["claim_id_a"], both["claim_id_b"], strict=True)
    both["kind"] = [kind.get(key, "") for key in keys]
    refunds = claims[claims["refund_of"] != ""].set_index("refund_of")["settle_time"]
    both["refunded"] = pd.to_datetime(both["claim_id_a"].map(refunds))
    both.attrs["sample"] = sample
    return both


def test_each_pair_is_one_box_at_one_shop(pairs: pd.DataFrame) -> None:
    for kind in ("box_returned", "split_pack", "scan_error"):
        theirs = pairs[pairs["kind"] == kind]
        assert len(theirs) == len(lookalikes(pairs.attrs["sample"], kind))
        assert (theirs["facility_id_a"] == theirs["facility_id_b"]).all()
        assert (theirs["person_id_a"] != theirs["person_id_b"]).all()
        assert (theirs["settle_time_a"] <= theirs["settle_time_b"]).all()


def test_a_returned_box_is_refunded_before_it_is_sold_again(pairs: pd.DataFrame) -> None:
    theirs = pairs[pairs["kind"] == "box_returned"]
    assert len(theirs) == 6  # one for 2,000 persons
    assert (theirs["refunded"] > theirs["settle_time_a"]).all()
    assert (theirs["refunded"] < theirs["settle_time_b"]).all()


def test_a_split_pack_is_half_a_box_each(pairs: pd.DataFrame) -> None:
    theirs = pairs[pairs["kind"] == "split_pack"]
    assert len(theirs) == 12  # one for 1,000 persons
    assert set(theirs["quantity_a"]) == set(theirs["quantity_b"]) == {"0.5"}
    assert theirs["refunded"].isna().all()


def test_a_misread_box_is_rare_and_within_the_hour(pairs: pd.DataFrame) -> None:
    theirs = pairs[pairs["kind"] == "scan_error"]
    items = pairs.attrs["sample"].table("claim_items")
    assert abs(len(theirs) - (items["trace_code"] != "").sum() / 20_000) < 1
    gap = theirs["settle_time_b"] - theirs["settle_time_a"]
    assert (gap < pd.Timedelta(hours=1)).all()


def test_nothing_else_is_scanned_twice_in_clean_data(clean: Sample) -> None:
    items = clean.table("claim_items")
    codes = items.loc[items["trace_code"] != "", "trace_code"]
    kinds = ("box_returned", "split_pack", "scan_error")
    assert codes.duplicated().sum() == sum(len(lookalikes(clean, kind)) for kind in kinds)
