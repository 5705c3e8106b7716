"""What several patterns found of one ring is one ring; what only touches stays apart."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from graphfraud.findings import tables
from graphfraud.findings.explanations import GENERAL
from graphfraud.findings.merging import merged
from graphfraud.findings.rings import Ring, build_rings
from tests.findings.groups import group_of, registers
from tests.findings.test_rings import claims_of


def ring(persons: str, pattern: str = "co_visit", *, p: float = 0.01, fund: int = 500) -> Ring:
    claims = claims_of(0, persons, fund=fund)
    group = group_of(persons, p_value=p)
    known = registers()
    (made,) = build_rings(pattern, [group], claims, known, tested=GENERAL, level=0.05, fewest=3)
    return made


def told(rings: list[Ring]) -> list[tuple[str, str, list[str]]]:
    return [
        ("".join(sorted(one.persons)), one.pattern, [other.pattern for other in one.also])
        for one in rings
    ]


def test_the_same_persons_are_one_ring_whatever_found_them() -> None:
    found = merged([ring("ABCD"), ring("ABCDE", "template_basket", p=1e-9)])
    assert told(found) == [("ABCDE", "template_basket", ["co_visit"])]


def test_a_part_of_a_ring_is_no_second_ring() -> None:
    found = merged([ring("ABC", "refund_loop"), ring("ABCDEFGHIJ")])
    assert told(found) == [("ABCDEFGHIJ", "co_visit", ["refund_loop"])]


def test_rings_that_share_less_than_half_stay_apart() -> None:
    found = merged([ring("ABCDE"), ring("DEFGH", "refund_loop")])
    assert len(found) == 2
    assert [one.also for one in found] == [(), ()]


def test_the_stronger_one_names_the_ring_and_its_members() -> None:
    weak, strong = ring("ABCD", p=0.01), ring("ABCF", "trace_code", p=1e-6)
    (one,) = merged([weak, strong])
    assert (one.ring_id, one.pattern) == (strong.ring_id, "trace_code")
    assert one.members.equals(strong.members)


def test_members_of_a_kind_the_ring_has_none_of_come_along() -> None:
    other = ring("ABCD", "money_circle")
    account = pd.DataFrame([("account", "62", "carrier", 1.0)], columns=other.members.columns)
    other = dataclasses.replace(other, members=pd.concat([other.members, account]))
    (one,) = merged([ring("ABCDE"), other])
    kinds = dict(zip(one.members["entity_id"], one.members["entity_type"], strict=True))
    assert kinds["62"] == "account"
    assert one.persons == set("ABCDE")


def test_an_explained_ring_beside_a_lead_of_the_same_persons_is_that_lead() -> None:
    excused = ring("ABCD")
    verdict = dataclasses.replace(excused.verdict, status="explained", explanation="neighbours")
    found = merged([dataclasses.replace(excused, verdict=verdict), ring("ABCD", "refund_loop")])
    assert [(one.pattern, one.verdict.status) for one in found] == [("refund_loop", "lead")]
    table = tables.pattern_table(found)
    assert table["status"].tolist() == ["lead", "explained"]
    assert set(table["ring_id"]) == {found[0].ring_id}


def test_claims_of_both_count_once_and_keep_their_occasions_apart() -> None:
    one, other = ring("ABC"), ring("ABCD", "refund_loop", p=0.5)
    (both,) = merged([one, other])
    ids = both.claims["claim_id"]
    assert ids.is_unique
    assert set(ids) == set(one.claims["claim_id"]) | set(other.claims["claim_id"])
    new = both.claims[~ids.isin(one.claims["claim_id"])]
    assert new["event"].min() > one.claims["event"].max()


def test_the_order_in_which_rings_come_changes_nothing() -> None:
    rings = [ring("ABCD"), ring("ABCE", "refund_loop"), ring("WXYZ"), ring("WXY", "trace_code")]
    assert told(merged(rings)) == told(merged(rings[::-1])) == told(merged(rings[2:] + rings[:2]))


def test_a_yuan_in_two_rings_counts_in_the_first() -> None:
    claims = claims_of(0, "ABCDE", fund=700)
    first, second = ring("ABC", fund=700), ring("CDE", fund=600)
    second = dataclasses.replace(second, claims=claims[claims["person_id"].isin(list("CDE"))])
    table = tables.ring_table(merged([first, second])).set_index("rank")
    assert table["fund_amount"].tolist() == [21_000, 21_000]
    assert table["fund_amount_once"].tolist() == [21_000, 14_000]


def test_nothing_merges_to_nothing() -> None:
    assert merged([]) == []


@pytest.mark.parametrize("seed", range(20))
def test_rings_merge_with_the_first_they_are_one_with_whoever_they_touch(seed: int) -> None:
    """Against every pair compared: the strongest first, each joins the first kept that it is."""
    chance = np.random.default_rng(seed)
    names = [
        chance.choice(list("ABCDEFGHIJKL"), size, replace=False)
        for size in chance.integers(3, 8, 12)
    ]
    given = [ring("".join(sorted(one)), p=10.0**-n) for n, one in enumerate(names)]
    kept: list[set[str]] = []
    joined: list[int] = []
    for persons in map(set, reversed(names)):
        near = [
            n
            for n, other in enumerate(kept)
            if len(persons & other)
            >= min(0.5 * len(persons | other), 0.8 * len(min(persons, other, key=len)))
        ]
        if near:
            joined[near[0]] += 1
        else:
            kept.append(persons)
            joined.append(0)
    found = {one.persons: len(one.also) for one in merged(given)}
    assert found == dict(zip(map(frozenset, kept), joined, strict=True))
