"""The same people admitted on the same days: found as a group, and not where chance explains it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events
from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.patterns import contract, gathering_groups, group_admission
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from tests.patterns.simulated import FIRST_DAY
from tests.patterns.test_co_visit import claims_of

DEFAULTS = {parameter.name: parameter.default for parameter in group_admission.PARAMETERS}
QUICK = DEFAULTS | {"replicates": 19, "ring_level": 0.05}
HOSPITALS, PERSONS, DAYS = 2, 900, 365


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Look":
    return Look(monkeypatch, tmp_path)


class Look:
    """Runs the pattern on admissions made by hand instead of a snapshot's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.patch, self.folder = monkeypatch, folder

    def __call__(self, seen: Events) -> Outcome:
        self.patch.setattr(contract, "events", lambda _: seen)
        self.patch.setattr(gathering_groups, "visit_claims", lambda _, visits: claims_of(visits))
        with Engine(temporary=self.folder / "spill") as engine:
            return group_admission.run(Context(engine, 1, silent, 2), QUICK)


def admissions(seed: int, planted: dict[int, list[int]] | None = None, kind: int = 2) -> Events:
    """Return a year of admissions, one to three a person; planted: day -> who came to the first."""
    generator = np.random.default_rng([seed, 5])
    rows = {
        (int(generator.integers(0, HOSPITALS)), int(generator.integers(0, DAYS)), person)
        for person in range(PERSONS)
        for _ in range(int(generator.integers(1, 4)))
    }
    rows |= {(0, day, person) for day, who in (planted or {}).items() for person in who}
    table = np.array(sorted(rows), np.int64)
    return Events(
        person=table[:, 2].astype(np.int32),
        facility=table[:, 0].astype(np.int32),
        kind=np.full(len(table), kind, np.int8),
        start=(table[:, 1] + FIRST_DAY) * SECONDS_A_DAY,
        scheduled=np.zeros(len(table), bool),
        person_ids=[f"{n:05d}" for n in range(PERSONS)],
        facility_ids=["H0", "H1"],
    )


RING = list(range(10, 90, 10))
THRICE = {40: RING, 41: RING[:1], 150: RING[1:], 260: RING[:7]}


@pytest.mark.parametrize("seed", range(3))
def test_three_joint_admissions_of_eight_are_found(look: Look, seed: int) -> None:
    """Who came all three times is found; of the two who came twice, one may be missed."""
    outcome = look(admissions(seed, THRICE))
    (group,) = [group for group in outcome.groups if group.p_value <= 0.05]
    missed = {f"{person:05d}" for person in RING} - set(group.persons)
    assert missed < {f"{RING[0]:05d}", f"{RING[-1]:05d}"}
    assert len(group.persons) <= len(RING) + 2  # chance brings a stranger to two occasions
    facilities = group.members[group.members["entity_type"] == "facility"]
    assert facilities["entity_id"].tolist() == ["H0"]
    assert set(group.members["role"]) == {"patient", "hospital"}
    assert group.observed > 20 * group.expected
    assert f"合计 {group.observed} 次" in group.summary_zh


@pytest.mark.parametrize("seed", range(20, 26))
def test_where_nobody_comes_together_there_is_no_lead(look: Look, seed: int) -> None:
    assert [group for group in look(admissions(seed)).groups if group.p_value <= 0.05] == []


def test_two_who_come_together_thrice_are_no_group(look: Look) -> None:
    pair = dict.fromkeys((40, 150, 260), RING[:2])
    assert [group for group in look(admissions(1, pair)).groups if group.p_value <= 0.05] == []


def test_what_is_left_of_a_group_keeps_its_share_of_the_statistic(look: Look) -> None:
    group = look(admissions(0, THRICE)).groups[0]
    assert group.chance(group.observed) == group.p_value == 1 / 20
    assert group.chance(0) == 1.0


def test_visits_to_outpatient_places_are_not_its_matter(look: Look) -> None:
    assert look(admissions(1, THRICE, kind=1)).tests["visits"] == 0


def test_acts_are_joint_days_in_company(look: Look) -> None:
    group = look(admissions(0, THRICE)).groups[0]
    days = pd.to_datetime(group.acts["day"], unit="s")
    assert group.acts.groupby(["a", "b", "day"]).ngroups == group.observed
    assert days.dt.normalize().equals(days)


def test_that_admissions_are_compared_by_the_day_is_no_news(look: Look) -> None:
    assert look(admissions(1)).notes == ()
