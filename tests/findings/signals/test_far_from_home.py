from graphfraud.findings.signals.far_from_home import look
from tests.findings.signal_rows import Given, claim


def test_another_district_is_home_and_another_prefecture_is_not() -> None:
    claims = [
        claim(1, person_region="130602", place_region="130632"),
        claim(2, person_region="310101", place_region="310115"),
        claim(3, person_region="440000", place_region="440106"),  # insured by the province
        claim(4, person_region="130600", place_region="350200", person_id="B"),
        claim(5, person_region="", place_region="350200"),
    ]
    signal = look(Given(claims).rows())
    assert signal.value == 0.25
    assert signal.claims == ("C4",)
    assert "4 条单据中有 1 条（25%）" in signal.sentence_zh
    assert "1 of 4 claims (25%) away from home; persons: 1." in signal.sentence_en


def test_unknown_regions_are_not_assessed() -> None:
    assert not look(Given([claim(1)]).rows()).assessed
    assert not look(Given().rows()).assessed


def test_codes_of_another_shape_are_compared_whole() -> None:
    claims = [claim(1, person_region="north", place_region="north")]
    claims.append(claim(2, person_region="north", place_region="south"))
    assert look(Given(claims).rows()).value == 0.5
