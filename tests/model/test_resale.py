import re

import pytest

from graphfraud.model.resale import RESALE_CODES, RESALE_GROUPS, RESALE_NAMES


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("XA10BFA094A001010104621", ""),
        ("A10BF01", ""),
        ("L01EB04", ""),
        ("1", "阿托伐他汀钙片（任何厂家）"),
        ("1", "Entecavir tablets"),
        ("1", "百令胶囊"),
    ],
)
def test_drugs_with_a_market_are_known_by_code_or_name(code: str, name: str) -> None:
    assert re.search(RESALE_CODES, code.upper()) or re.search(RESALE_NAMES, name.lower())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("XA10BAE036", "盐酸二甲双胍片"),
        ("XC08CAA276", "苯磺酸氨氯地平片"),
        ("000000110200001", "普通门诊诊查费"),
        ("9A10BF", "血常规"),
        ("", ""),
    ],
)
def test_common_cheap_items_are_not(code: str, name: str) -> None:
    assert not re.search(RESALE_CODES, code.upper())
    assert not re.search(RESALE_NAMES, name.lower())


def test_every_group_says_where_it_comes_from() -> None:
    assert all(group.source and group.zh and group.en and group.names for group in RESALE_GROUPS)
