"""The organiser against betweenness counted by hand."""

from itertools import combinations

import pandas as pd
import pytest

from graphfraud.patterns.organiser import organiser, with_organiser


def ties(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([tuple(pair) for pair in pairs], columns=["a", "b"])


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ((), ""),
        (("ab",), ""),
        (("ab", "bc"), "b"),
        (("ba", "bc", "bd", "be"), "b"),  # a star: all six pairs of others
        (tuple(map("".join, combinations("abcde", 2))), ""),  # everybody meets everybody
        (("ab", "bc", "cd"), ""),  # b and c lie between as many
        (("ab", "bc", "cd", "da"), ""),  # each lies on half of the paths of one pair of three
        (("ab", "bc", "ca", "cd", "de", "ce"), "c"),  # two triangles: four of six pairs
    ],
)
def test_who_lies_between_at_least_half_of_all_pairs(pairs: tuple[str, ...], name: str) -> None:
    assert organiser(ties(*pairs)) == name
    assert organiser(ties(*reversed(pairs))) == name


def test_the_role_is_the_persons_alone() -> None:
    rows = [("facility", "b"), ("person", "a"), ("person", "b")]
    members = pd.DataFrame(rows, columns=["entity_type", "entity_id"]).assign(role="card_holder")
    found = with_organiser(members, ties("ab", "bc"))
    assert found["role"].tolist() == ["card_holder", "card_holder", "organiser"]
