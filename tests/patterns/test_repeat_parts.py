"""Which cards belong together: by operators, by shops, and where a shop serves two rings."""

import pandas as pd
import pytest

from graphfraud.patterns.repeat_parts import parts

NO_ACTS = pd.DataFrame(columns=["person_id", "facility_id", "operator_id"], dtype=object)


def groups(
    shops: dict[str, str], operators: dict[str, str], acts: pd.DataFrame | None = None
) -> set[frozenset[str]]:
    """Return the cards of each part; both: card → its places, a letter each."""
    rows = [("facility", place, card) for card, places in shops.items() for place in places]
    rows += [("operator", place, card) for card, places in operators.items() for place in places]
    links = pd.DataFrame(rows, columns=["place_type", "place", "person_id"])
    part = parts(links, NO_ACTS if acts is None else acts)
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


def keyed(*acts: str) -> pd.DataFrame:
    """Return acts: card, place and operator in one word each, ' ' for no operator."""
    rows = [(act[0], act[1], act[2].strip()) for act in acts]
    return pd.DataFrame(rows, columns=["person_id", "facility_id", "operator_id"])


CREWS = dict.fromkeys("123", "AB") | dict.fromkeys("456", "AB")
KEYED_BY = dict.fromkeys("123", "X") | dict.fromkeys("456", "Y")
OWN = [f"{card}{shop}{by}" for card, by in KEYED_BY.items() for shop in "AB"]


@pytest.mark.parametrize(
    ("more", "acts", "expected"),
    [
        ("", [], ["123", "456"]),
        ("", ["1AY"], ["123", "456"]),
        ("", ["1AY", "5AX"], ["123456"]),
        ("", ["1AY", "1BY", "1BY"], ["123", "456"]),
        ("7", ["7AX", "7AX", "7BY"], ["1237", "456"]),
        ("7", ["7AZ"], ["123", "456", "7"]),
        ("7", ["7A "], ["123", "456", "7"]),
        ("78", ["7AZ", "8AV"], ["123", "456", "78"]),
    ],
    ids=[
        "cards keep apart", "one card met both", "operators take turns", "one card often met both",
        "a card of one crew's operator", "a card of somebody else's", "a card of nobody's",
        "two cards of other operators",
    ],
)  # fmt: skip
def test_two_crews_at_the_same_shops(more: str, acts: list[str], expected: list[str]) -> None:
    shops = CREWS | dict.fromkeys(more, "A")
    assert groups(shops, KEYED_BY, keyed(*OWN, *acts)) == {frozenset(part) for part in expected}


def test_a_crew_too_small_to_be_a_case_is_a_shift_of_the_house() -> None:
    shops = dict.fromkeys("123", "AB") | dict.fromkeys("45", "A")
    by = dict.fromkeys("123", "X") | dict.fromkeys("45", "Y")
    assert groups(shops, by) == {frozenset("12345")}


def test_a_card_of_no_known_operator_goes_with_the_only_crew_of_its_shop() -> None:
    shops = dict.fromkeys("123", "A") | {"4": "A"}
    by = dict.fromkeys("123", "X")
    assert groups(shops, by, keyed("4A ")) == {frozenset("1234")}
    assert groups(shops, by, keyed("4AZ")) == {frozenset("123"), frozenset("4")}
