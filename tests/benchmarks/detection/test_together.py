"""Joint days against a double loop over all visits."""

from itertools import combinations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.detection.together import DAY, graph_of, joint_days, read_visits

VISIT = st.tuples(
    st.sampled_from("abcd"),
    st.sampled_from(["P", "Q"]),
    st.integers(0, 3 * DAY // 600).map(lambda t: t * 600),
)


@given(st.lists(VISIT, max_size=40))
def test_joint_days_are_those_of_all_pairs_of_visits(visits: list[tuple[str, str, int]]) -> None:
    days: dict[tuple[str, str], set[int]] = {}
    for one, other in combinations(sorted(visits, key=lambda v: (v[2], v[0])), 2):
        if one[1] == other[1] and one[0] != other[0] and other[2] - one[2] <= 1800:
            days.setdefault(tuple(sorted((one[0], other[0]))), set()).add(one[2] // DAY)  # type: ignore[arg-type]
    found = joint_days(pd.DataFrame(visits, columns=["person_id", "place", "start"]))
    rows = zip(found["person_a"], found["person_b"], found["days"], strict=True)
    assert {(a, b): n for a, b, n in rows} == {pair: len(on) for pair, on in days.items()}


def claims(rows: list[tuple[str, str, str, str, str | None]]) -> pd.DataFrame:
    """Return claims of one hospital: claim, person, kind, time, what it refunds."""
    table = pd.DataFrame(rows, columns=["claim_id", "person_id", "med_type", "at", "refund_of"])
    return table.assign(facility_id="H", start_time=pd.to_datetime(table.pop("at")))


def test_refunds_and_what_they_reverse_are_no_visits() -> None:
    rows: list[tuple[str, str, str, str, str | None]] = [
        ("1", "a", "pharmacy", "2025-01-01 08:00", None),
        ("2", "b", "pharmacy", "2025-01-01 08:10", None),
        ("3", "b", "pharmacy", "2025-01-01 08:20", "2"),
        ("4", "c", "manual", "2025-01-01 08:00", None),
    ]
    assert read_visits(claims(rows))["person_id"].tolist() == ["a"]


def test_admissions_meet_by_the_day_and_only_each_other() -> None:
    rows: list[tuple[str, str, str, str, str | None]] = [
        ("1", "a", "inpatient", "2025-01-01 08:00", None),
        ("2", "b", "inpatient", "2025-01-01 17:00", None),
        ("3", "c", "outpatient", "2025-01-01 08:00", None),
    ]
    found = joint_days(read_visits(claims(rows)))
    assert found.to_dict(orient="list") == {"person_a": ["a"], "person_b": ["b"], "days": [1]}
    assert graph_of(found, 1).number_of_edges() == 1
    assert graph_of(found, 2).number_of_edges() == 0
