import pytest

from graphfraud.model.areas import area, same_area


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("130602", "130632", True),  # two districts of one prefecture
        ("130602", "131002", False),
        ("310101", "310230", True),  # a municipality pools whole
        ("500101", "500230", True),
        ("440000", "440106", True),  # the province's own fund
        ("440106", "440304", False),
        ("110105", "120101", False),
    ],
)
def test_areas_are_prefectures_and_municipalities(a: str, b: str, *, same: bool) -> None:
    assert same_area(area(a), area(b)) is same
    assert same_area(area(b), area(a)) is same


@pytest.mark.parametrize("code", ["", "1306", "13060211", "north", "013060"])
def test_other_codes_stay_as_they_are(code: str) -> None:
    assert area(code) == code
