"""Dates dealt anew: providers keep their days, persons their places, stays their length."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.detection.dates import (
    as_delivered,
    dealt_anew,
    loaded,
    moved_claims,
    moved_payments,
    write_permuted,
)
from graphfraud.api import Workspace, open_workspace


def claims(count: int = 60) -> pd.DataFrame:
    """Return claims of two facilities and two kinds of care, with stays and one refund."""
    rng = np.random.default_rng(1)
    start = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 90, count), "D")
    start = start + pd.to_timedelta(rng.integers(0, 86_400, count), "s")
    table = pd.DataFrame({"claim_id": [f"C{n:03}" for n in range(count)], "start_time": start})
    table["person_id"] = rng.choice(list("abcdef"), count)
    table["facility_id"] = rng.choice(["H", "P"], count)
    table["med_type"] = rng.choice(["outpatient", "inpatient"], count)
    table["end_time"] = table["start_time"] + pd.to_timedelta(rng.integers(0, 9, count), "D")
    table["refund_of"] = None
    table.loc[5, "refund_of"] = "C004"
    return table


def test_each_provider_keeps_its_days_and_each_claim_its_time_of_day() -> None:
    before = claims()
    after = moved_claims(before, dealt_anew(before, 7))
    own = before["refund_of"].isna()
    for _, rows in before[own].groupby(["facility_id", "med_type"]):
        was, became = (
            sorted(table.loc[rows.index, "start_time"].dt.normalize()) for table in (before, after)
        )
        assert was == became
    assert (after["start_time"].dt.time == before["start_time"].dt.time).all()
    stay = before["end_time"] - before["start_time"]
    assert (after["end_time"] - after["start_time"] == stay).all()
    assert (after["start_time"] != before["start_time"]).mean() > 0.8
    same = ["claim_id", "person_id", "facility_id", "med_type"]
    pd.testing.assert_frame_equal(after[same], before[same])


def test_refund_moves_with_what_it_reverses() -> None:
    moved = dealt_anew(claims(), 7)
    assert moved["C005"] == moved["C004"]


def test_order_of_rows_and_the_seed_alone_decide() -> None:
    table = claims()
    shuffled = table.sample(frac=1, random_state=3)
    pd.testing.assert_series_equal(dealt_anew(table, 7), dealt_anew(shuffled, 7))
    assert not dealt_anew(table, 7).equals(dealt_anew(table, 8))


def test_payments_move_with_their_claim_and_others_stay() -> None:
    moved = dealt_anew(claims(), 7)
    paid = pd.Timestamp("2025-02-01 12:00")
    payments = pd.DataFrame({"claim_id": ["C001", None], "paid_time": [paid, paid]})
    assert moved_payments(payments, moved)["paid_time"].tolist() == [paid + moved["C001"], paid]


def test_amounts_are_delivered_in_yuan() -> None:
    table = pd.DataFrame({"total_amount": [1205, -5, 0], "fund_amount": [None] * 3})
    given = as_delivered("claims", table)
    assert given.to_dict(orient="list") == {"total_amount": ["12.05", "-0.05", "0.00"]}


def test_everything_loaded_comes_out_but_for_its_dates(case: Workspace, tmp_path: Path) -> None:
    write_permuted(case, tmp_path / "dealt", 3)
    again = open_workspace(tmp_path / "again")
    assert again.load(tmp_path / "dealt").rejected == 0
    times = ["start_time", "end_time", "settle_time"]
    before, after = (
        store_claims.drop_duplicates("claim_id").sort_values("claim_id", ignore_index=True)
        for store_claims in (loaded(case, "claims"), loaded(again, "claims"))
    )
    assert len(before) > 100
    pd.testing.assert_frame_equal(
        before.drop(columns=times), after.drop(columns=times), check_dtype=False
    )
    assert (before["start_time"] != after["start_time"]).mean() > 0.5
