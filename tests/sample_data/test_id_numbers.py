"""Check characters against the published example and a second formula."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sample_data.id_numbers import check_characters, id_numbers


def test_the_published_example() -> None:
    assert check_characters(np.array([11010519491231002]))[0] == "X"


@given(st.lists(st.integers(10**16, 10**17 - 1), min_size=1, max_size=20))
def test_the_whole_number_leaves_one(numbers: list[int]) -> None:
    for first, check in zip(numbers, check_characters(np.array(numbers)), strict=True):
        value = 0  # ISO 7064: double, add, modulo 11
        for digit in str(first):
            value = (value + int(digit)) * 2 % 11
        assert (value + (10 if check == "X" else int(check))) % 11 == 1


def test_twins_get_different_numbers() -> None:
    same = np.full(50, 350200), np.full(50, 19900101), np.arange(50) % 2 == 0
    assert len(set(id_numbers(*same))) == 50
