import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.signals.reading import read_rows
from graphfraud.findings.signals.same_stay import look
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on
from tests.findings.signal_rows import Given
from tests.findings.signals.test_assess import rings_on


def stays(
    *nights: int, day: str = "2025-03-03", place: str = "H1", alike: float = 0.2
) -> list[Row]:
    return [
        {"claim_id": f"{place}{day[-2:]}{n}", "person_id": f"p{n}", "facility_id": place,
         "start_day": pd.Timestamp(day), "nights": length, "alike": alike}
        for n, length in enumerate(nights)
    ]  # fmt: skip


def test_pairs_that_leave_together_are_held_against_the_hospitals_stays() -> None:
    """Three of ten pairs on the third of March, one of one on the fourth; alone on the fifth."""
    rows = [*stays(5, 5, 5, 7, 9), *stays(4, 4, day="2025-03-04"), *stays(5, day="2025-03-05")]
    signal = look(Given(stays=rows).rows())
    assert signal.value == pytest.approx((4 / 11 - 0.2) / 0.8, abs=1e-6)
    assert signal.claims == ("H1030", "H1031", "H1032", "H1040", "H1041")
    assert "4 of 11 pairs" in signal.sentence_en
    assert "11 对中有 4 对" in signal.sentence_zh
    assert "20%" in signal.sentence_en


def test_all_in_and_out_together_is_all_it_can_say() -> None:
    signal = look(Given(stays=stays(6, 6, 6)).rows())
    assert (signal.value, signal.points) == (1.0, 0.1)


def test_each_hospital_is_its_own_measure() -> None:
    rows = [*stays(1, 1, alike=0.9), *stays(5, 6, 5, place="H2", alike=0.1)]
    signal = look(Given(stays=rows).rows())
    expected = (0.9 + 3 * 0.1) / 4
    assert signal.value == pytest.approx((2 / 4 - expected) / (1 - expected), abs=1e-6)


@pytest.mark.parametrize("rows", [[], stays(5, 5), stays(1, 1, 1, alike=1.0)])
def test_few_pairs_or_equal_stays_say_nothing(rows: list[Row]) -> None:
    signal = look(Given(stays=rows).rows())
    assert not signal.assessed
    assert signal.points == 0


def test_chance_is_what_two_of_others_stays_give(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Others stay one night (30) or two (10) at H1, three elsewhere (40); the ring stays nine."""
    nights = {"H1": [1] * 30 + [2] * 10, "H2": [3] * 40}
    rows = [
        stay(f"{place}{n}", f"{place}p{n}", place, 1 + n % 20, length)
        for place, lengths in nights.items()
        for n, length in enumerate(lengths)
    ]
    rows += [stay(name, name, "H1", 3, 9) for name in "ABC"]
    rows.append(stay("A2", "A", "H1", 3, 4, refund_of="none"))
    workspace = WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)
    deliver(workspace, {"claims": rows})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        (found,) = read_rows(engine, rings_on(engine, ("ABC", ["A", "B", "C"])))
    assert found.stays["nights"].tolist() == [9, 9, 9]
    law = [30 + 30 * 30 / 83, 10 + 30 * 10 / 83, 30 * 40 / 83, 30 * 3 / 83]
    alike = sum(weight**2 for weight in law) / sum(law) ** 2
    assert found.stays["alike"].tolist() == pytest.approx([alike] * 3)


def stay(name: str, person: str, place: str, day: int, nights: int, **more: object) -> Row:
    begin = pd.Timestamp(f"2025-03-{day:02d} 09:00:00")
    end = (begin + pd.Timedelta(days=nights)).isoformat()
    return claim(
        name, person, begin.isoformat(), facility_id=place, med_type="inpatient",
        end_time=pd.Timestamp(end).to_pydatetime(), **more,
    )  # fmt: skip
