"""The one-to-one matching against every possible matching of small cases."""

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphfraud.evaluation.groups import Groups, closest, gathered, overlaps, persons_only
from graphfraud.evaluation.matching import matched
from tests.evaluation.made import groups, table

SMALL = st.lists(st.frozensets(st.sampled_from("abcdefgH"), max_size=5), max_size=5)


def named(prefix: str, sets: list[frozenset[str]]) -> Groups:
    return groups(**{f"{prefix}{n}": "".join(sorted(one)) for n, one in enumerate(sets)})


def jaccard(a: frozenset[object], b: frozenset[object]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def best_total(leads: Groups, rings: Groups) -> float:
    """Return the highest total over every way to give each lead a ring of its own, or none."""
    slots = [*rings.values(), *[frozenset[tuple[str, str]]()] * len(leads)]
    return max(
        sum(jaccard(a, b) for a, b in zip(leads.values(), chosen, strict=True))
        for chosen in permutations(slots, len(leads))
    )


@settings(deadline=None)
@given(SMALL, SMALL)
def test_total_is_that_of_the_best_of_all_matchings(
    a: list[frozenset[str]], b: list[frozenset[str]]
) -> None:
    leads, rings = named("L", a[:4]), named("R", b[:4])
    partners = matched(overlaps(leads, rings))
    assert len({ring for ring, _ in partners.values()}) == len(partners)
    for lead, (ring, share) in partners.items():
        assert share == jaccard(leads[lead], rings[ring]) > 0
    total = sum(share for _, share in partners.values())
    assert total == pytest.approx(best_total(leads, rings))


@settings(deadline=None)
@given(SMALL, SMALL, st.randoms(use_true_random=False))
def test_order_of_leads_and_rings_changes_no_partner(
    a: list[frozenset[str]], b: list[frozenset[str]], dice: random.Random
) -> None:
    leads, rings = named("L", a), named("R", b)
    mixed = [dict(dice.sample(sorted(one.items()), len(one))) for one in (leads, rings)]
    assert matched(overlaps(*mixed)) == matched(overlaps(leads, rings))


def test_greedy_choice_is_not_taken_where_two_matches_are_worth_more() -> None:
    shares = {"A": {"X": 0.6, "Y": 0.5}, "B": {"X": 0.5}}
    assert matched(shares) == {"A": ("Y", 0.5), "B": ("X", 0.5)}


def test_three_in_ten_reaches_the_threshold_of_three_tenths() -> None:
    (share,) = overlaps(groups(A="abcdef"), groups(X="abcghij"))["A"].values()
    assert share == 3 / 10 >= 0.3


def test_same_id_of_another_kind_is_another_entity() -> None:
    leads = {"A": frozenset({("person", "1")})}
    assert overlaps(leads, {"X": frozenset({("doctor", "1")})}) == {"A": {}}


def test_members_are_gathered_once_each_and_only_for_named_groups() -> None:
    rows = table({"A": "ab", "B": "c"}, "ring")
    twice = rows.loc[[*rows.index, *rows.index]]
    assert gathered(twice, "ring", ["A", "Z"]) == {**groups(A="ab"), "Z": frozenset()}
    assert persons_only(groups(A="aF", B="F")) == groups(A="a")


def test_equals_are_told_apart_by_name() -> None:
    assert closest({"y": 0.5, "x": 0.5, "z": 0.4}) == ("x", 0.5)
