"""Honest groups, leads that are false and rings that are missed: small cases by hand."""

from graphfraud.evaluation.lookalikes import lookalike_reasons, lookalike_scores
from graphfraud.evaluation.misses import false_leads, missed_rings
from tests.evaluation.made import comparison, groups

HONEST = groups(D1="abcdefghF", D2="ijF", C1="klmnF", C2="opqF", C3="rF")
KINDS = {"D1": "dialysis", "D2": "dialysis", "C1": "care_home", "C2": "care_home", "C3": "school"}


def test_touched_explained_and_untouched_add_up() -> None:
    accused = groups(L1="abxy", L2="iz", L3="kF")
    explained = groups(E1="klmn", E2="abc")
    table = lookalike_scores(HONEST, KINDS, accused, explained).set_index("kind")
    # D1: two of eight in a lead are too few, three in an explained ring. D2: one of two is half.
    assert list(table.loc["dialysis"]) == [2, 1, 1, 0]
    assert list(table.loc["care_home"]) == [2, 0, 1, 1]
    assert list(table.loc["school"]) == [1, 0, 0, 1]


def test_a_place_in_common_touches_nobody() -> None:
    table = lookalike_scores(HONEST, KINDS, groups(L1="F"), groups(E1="F"))
    assert table["untouched"].tolist() == table["groups"].tolist()


def test_half_counts_exactly() -> None:
    kinds = {"C1": "care_home"}
    four = groups(C1="klmn")
    assert lookalike_scores(four, kinds, groups(L="klx"), {})["touched"].tolist() == [1]
    five = groups(C1="klmno")
    assert lookalike_scores(five, kinds, groups(L="klx"), {})["touched"].tolist() == [0]


def test_reasons_are_counted_once_a_group() -> None:
    explained = groups(E1="abc", E2="def", E3="ij")
    reasons = {"E1": "household", "E2": "household", "E3": "care_home;school"}
    table = lookalike_reasons(HONEST, KINDS, explained, reasons)
    assert table.to_numpy().tolist() == [
        ["dialysis", "care_home;school", 1],
        ["dialysis", "household", 1],
    ]


def test_false_leads_are_listed_by_rank_with_what_they_are_near() -> None:
    compared = comparison({"L1": "abcQ", "L2": "uvwxyz", "L3": "uvF"}, {"R1": "uvwxyz"})
    rows = false_leads(compared, HONEST, KINDS).set_index("ring_id")
    assert rows.index.tolist() == ["L1", "L3"]
    assert list(rows.loc["L1"]) == ["co_visit", 3, 4, "", 0.0, "D1", "dialysis", 3]
    assert list(rows.loc["L3"]) == ["co_visit", 2, 3, "R1", 2 / 7, "", "", 0]


def test_a_weak_match_is_no_false_lead_and_no_missed_ring() -> None:
    compared = comparison({"L1": "abcd"}, {"R1": "abxy"})
    assert false_leads(compared, {}, {}).empty
    assert missed_rings(compared, {}, {}).empty


def test_a_ring_that_was_explained_away_is_named() -> None:
    compared = comparison({"L1": "ab"}, {"R1": "ab", "R2": "cde", "R3": "xyz"})
    rows = missed_rings(compared, groups(E1="cd"), {"E1": "household"}).set_index("ring")
    assert list(rows.loc["R2"])[3:] == ["E1", 2 / 3, "explained", "household"]
    assert list(rows.loc["R3"])[3:] == ["", 0.0, "", ""]
