import pytest

from graphfraud.findings.signals.cross_region import look
from tests.findings.signal_rows import Given, claim


@pytest.mark.parametrize(
    ("regions", "areas", "points"),
    [
        (["130602", "130632"], 1, 0.0),
        (["130602", "350200"], 2, 0.03),
        (["130602", "350200", "440106"], 3, 0.06),
        (["440000", "440106"], 1, 0.0),
        (["130602", ""], 1, 0.0),
    ],
)
def test_areas_of_the_places(regions: list[str], areas: int, points: float) -> None:
    claims = [
        claim(n, place_region=region, facility_id=f"P{n}") for n, region in enumerate(regions)
    ]
    signal = look(Given(claims).rows())
    assert signal.value == areas
    assert signal.points == pytest.approx(points)
    assert f"{areas} 个统筹区" in signal.sentence_zh
    assert f"places: {areas} (" in signal.sentence_en


def test_unknown_places_are_not_assessed() -> None:
    assert not look(Given([claim(1)]).rows()).assessed
