"""Pairs against chains that are followed step by step."""

from itertools import combinations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.evaluation.pairs import PairComparison, linked, pair_kinds
from tests.evaluation.made import pairs

IDS = st.sampled_from("abcdefg")
PAIRS = st.sets(st.tuples(IDS, IDS).filter(lambda pair: pair[0] < pair[1]), max_size=8)


def reachable(start: str, links: set[tuple[str, str]]) -> set[str]:
    """Return what can be reached over the links, step by step."""
    seen = {start}
    while True:
        more = {b for a, b in links if a in seen} | {a for a, b in links if b in seen}
        if more <= seen:
            return seen
        seen |= more


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_linked_pairs_are_those_that_can_be_walked(
    asked: set[tuple[str, str]], links: set[tuple[str, str]]
) -> None:
    assert linked(asked, links) == {(a, b) for a, b in asked if b in reachable(a, links)}


def judged(
    reported: list[tuple[str, str, str]],
    planted: list[tuple[str, str, str]],
    honest: list[tuple[str, str, str]] | None = None,
) -> PairComparison:
    return PairComparison(*(pair_kinds(pairs(rows)) for rows in (reported, planted, honest or [])))


def test_either_order_of_a_pair_is_the_pair() -> None:
    row = judged([("2", "1", "x")], [("1", "2", "y")]).row()
    assert (row["right"], row["found"], row["f1"]) == (1, 1, 1.0)


def test_pairs_inside_a_chain_are_right_and_link_what_they_link() -> None:
    chain = [("a", "b", "x"), ("b", "c", "x"), ("c", "d", "x")]
    row = judged([("a", "c", "x"), ("c", "b", "x")], chain).row()
    assert (row["reported"], row["right"], row["found"]) == (2, 2, 2)  # a-b and b-c, not c-d


def test_what_is_in_neither_list_is_false() -> None:
    compared = judged(
        [("a", "b", "x"), ("e", "f", "x"), ("a", "e", "x")],
        [("a", "b", "x"), ("e", "g", "x")],
        [("f", "e", "refund"), ("h", "i", "refund"), ("j", "k", "resettled")],
    )
    row = compared.row()
    assert (row["right"], row["honest"], row["false"]) == (1, 1, 1)
    assert row["precision"] == 1 / 3
    told = compared.honest_by_kind().to_numpy().tolist()
    assert told == [["refund", 2, 1], ["resettled", 1, 0]]


def test_false_pairs_link_nothing() -> None:
    row = judged([("a", "x", "k"), ("x", "b", "k")], [("a", "b", "k")]).row()
    assert (row["right"], row["false"], row["found"]) == (0, 2, 0)


def test_a_pair_that_is_both_true_and_honest_is_right() -> None:
    row = judged([("a", "b", "x")], [("a", "b", "x")], [("b", "a", "refund")]).row()
    assert (row["right"], row["honest"], row["false"]) == (1, 0, 0)


def test_kinds_of_truth_and_of_report_are_counted_apart() -> None:
    table = judged(
        [("a", "b", "same_invoice"), ("y", "z", "same_invoice")],
        [("a", "b", "second_identity"), ("c", "d", "second_identity")],
    ).by_kind()
    rows = table.set_index("kind")[["planted", "found", "reported", "right", "false"]]
    assert list(rows.loc["second_identity"]) == [2, 1, 0, 0, 0]
    assert list(rows.loc["same_invoice"]) == [0, 0, 2, 1, 1]


def test_a_pair_of_two_kinds_is_one_pair() -> None:
    compared = judged([("a", "b", "x"), ("b", "a", "y")], [("a", "b", "x")])
    assert compared.row()["reported"] == 1
    assert compared.by_kind()["reported"].tolist() == [1, 1]


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_more_right_pairs_never_lower_recall(
    reported: set[tuple[str, str]], planted: set[tuple[str, str]]
) -> None:
    kinds = {pair: frozenset({"x"}) for pair in planted}
    few = PairComparison({p: frozenset({"x"}) for p in reported}, kinds, {})
    all_pairs = {p: frozenset({"x"}) for p in combinations("abcdefg", 2)}
    every = PairComparison(all_pairs, kinds, {})
    assert few.found <= every.found == set(planted)
    assert few.right <= every.right


def test_empty_tables_have_their_columns() -> None:
    empty = PairComparison({}, {}, {})
    assert empty.by_kind().empty
    assert isinstance(empty.honest_by_kind(), pd.DataFrame)
    assert empty.row()["f1"] == 1.0
