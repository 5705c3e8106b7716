"""Precision, recall, F1 and average precision against figures worked out by hand."""

from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.evaluation.rates import rates
from graphfraud.evaluation.ring_scores import (
    average_precision,
    member_row,
    pattern_scores,
    ring_row,
    ring_scores,
)
from tests.evaluation.made import comparison

LEADS = {"L1": "abcd", "L2": "vwxy", "L3": "ef", "L4": "mnopq"}
RINGS = {"R1": "abcd", "R2": "efgh", "R3": "mnopqrstuv", "R4": "12345"}


def test_thresholds_by_hand() -> None:
    table = ring_scores(comparison(LEADS, RINGS)).set_index("jaccard")
    # L1 = R1 exactly; L3 has half of R2; L4 half of R3; L2 one in thirteen of R3: no partner.
    assert table["hits"].to_dict() == {0.3: 3, 0.5: 3, 0.7: 1}
    assert table["leads"].unique().tolist() == table["rings"].unique().tolist() == [4]
    row = ring_row(comparison(LEADS, RINGS), 0.5)
    assert [row[name] for name in ("precision", "recall", "f1")] == [0.75, 0.75, 0.75]
    assert row["mean_jaccard"] == pytest.approx((1 + 0.5 + 0.5) / 3)


def test_average_precision_by_hand() -> None:
    # Right at ranks 1, 3 and 4: (1/1 + 2/3 + 3/4) over four rings.
    assert average_precision(comparison(LEADS, RINGS)) == pytest.approx((1 + 2 / 3 + 3 / 4) / 4)


def test_a_ring_found_twice_counts_at_its_first_rank_alone() -> None:
    compared = comparison({"L1": "xyz", "L2": "abcd", "L3": "abc"}, {"R1": "abcd"})
    assert average_precision(compared) == 1 / 2


def test_average_precision_takes_leads_as_they_are_ranked() -> None:
    first = comparison({"L1": "ab", "L2": "xy"}, {"R": "ab"})
    last = comparison({"L2": "xy", "L1": "ab"}, {"R": "ab"})
    assert (average_precision(first), average_precision(last)) == (1.0, 0.5)


def test_members_by_hand() -> None:
    row = member_row(comparison({"L1": "abF", "L2": "bx"}, {"R1": "abc"}))
    assert (row["reported"], row["hits"], row["planted"]) == (4, 2, 3)
    assert (row["precision"], row["recall"]) == (0.5, 2 / 3)
    persons = member_row(comparison({"L1": "abF", "L2": "bx"}, {"R1": "abc"}).of_persons())
    assert persons["precision"] == 2 / 3


def test_a_lead_belongs_to_the_pattern_of_the_ring_it_hits() -> None:
    patterns = {"R1": "group_admission", "R2": "co_visit", "L2": "dense_block"}
    leads = {"L1": "abcd", "L2": "xyz", "L3": "mn"}
    compared = comparison(leads, {"R1": "abcd", "R2": "efg"}, patterns)
    table = pattern_scores(compared).query("jaccard == 0.5").set_index("pattern")
    counts = table[["leads", "rings", "hits"]].to_dict("index")
    assert counts == {
        "co_visit": {"leads": 1, "rings": 1, "hits": 0},
        "dense_block": {"leads": 1, "rings": 0, "hits": 0},
        "group_admission": {"leads": 1, "rings": 1, "hits": 1},
    }
    assert table["leads"].sum() == len(leads)


def test_rings_without_a_pattern_have_no_row_of_their_own() -> None:
    compared = comparison({"L1": "ab"}, {"R1": "ab"}, {"R1": ""})
    assert pattern_scores(compared).empty
    assert ring_row(compared, 0.5)["f1"] == 1.0


def test_other_patterns_are_set_aside_but_false_leads_stay() -> None:
    patterns = {"R2": "group_admission", "L4": "group_admission"}
    leads = {"L1": "abcd", "L2": "efgh", "L3": "xyz", "L4": "uvw", "L5": "efg"}
    compared = comparison(leads, {"R1": "abcd", "R2": "efgh"}, patterns).of_patterns(["co_visit"])
    assert list(compared.leads) == ["L1", "L3"]
    assert list(compared.rings) == ["R1"]
    assert compared.unmatched() == ["L3"]


def test_a_lead_of_another_pattern_that_finds_the_ring_counts() -> None:
    compared = comparison({"L1": "ab"}, {"R1": "ab"}, {"L1": "dense_block"})
    assert compared.of_patterns(["co_visit"]).hits() == {"L1": "R1"}


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    clean = comparison({}, {})
    assert ring_scores(clean)["f1"].tolist() == [1.0, 1.0, 1.0]
    assert isnan(average_precision(clean))
    assert pattern_scores(clean).empty
    assert member_row(clean)["f1"] == 1.0
    assert ring_scores(comparison({"L1": "ab"}, {}))["f1"].tolist() == [0.0, 0.0, 0.0]
    assert ring_scores(comparison({}, {"R1": "ab"}))["recall"].tolist() == [0.0, 0.0, 0.0]


@settings(deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_f1_is_that_of_the_counts(hits: int, false: int, missed: int) -> None:
    told = rates(reported=hits + false, right=hits, planted=hits + missed, found=hits)
    counted = 2 * hits / (2 * hits + false + missed) if hits + false + missed else 1.0
    assert told["f1"] == pytest.approx(counted)
