"""Which cards belong together: by operators, by shops, and where a shop serves two rings."""

import pandas as pd
import pytest

from graphfraud.patterns.repeat_parts import parts


def groups(shops: dict[str, str], operators: dict[str, str]) -> set[frozenset[str]]:
    """Return the cards of each part; both: card → its places, a letter each."""
    rows = [("facility", place, card) for card, places in shops.items() for place in places]
    rows += [("operator", place, card) for card, places in operators.items() for place in places]
    links = pd.DataFrame(rows, columns=["place_type", "place", "person_id"])
    part = parts(links)
    return {frozenset(links["person_id"][part == number]) for number in set(part.tolist())}


@pytest.mark.parametrize(
    ("shops", "operators", "expected"),
    [
        ({"1": "A", "2": "A", "3": "B"}, {}, ["12", "3"]),
        ({"1": "AB", "2": "A", "3": "B"}, {}, ["123"]),
        ({"1": "A", "2": "B"}, {"1": "X", "2": "X"}, ["12"]),
        ({"1": "AB", "2": "BC"}, {"1": "X", "2": "Y"}, ["1", "2"]),
        ({"1": "AB", "2": "AB"}, {"1": "X", "2": "Y"}, ["12"]),
        ({"1": "AB", "2": "A"}, {"1": "X", "2": "Y"}, ["12"]),
        ({"1": "AB", "2": "BC", "3": "A"}, {"1": "X", "2": "Y"}, ["13", "2"]),
        ({}, {"1": "X", "2": "X", "3": "Y"}, ["12", "3"]),
        ({"1": "AB", "2": "BC", "3": "AC"}, {"1": "X", "2": "Y", "3": "XY"}, ["123"]),
    ],
    ids=[
        "shops", "a card at two shops", "one operator", "a shop of two rings", "shifts",
        "a shift at one shop", "a card without operator", "operators alone", "a card of two crews",
    ],
)  # fmt: skip
def test_who_belongs_together(
    shops: dict[str, str], operators: dict[str, str], expected: list[str]
) -> None:
    assert groups(shops, operators) == {frozenset(part) for part in expected}
