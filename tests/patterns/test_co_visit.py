"""The whole pattern on simulated events."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from graphfraud.engine import co_attendance
from graphfraud.engine.duckdb import Engine
from graphfraud.engine.events import Events
from graphfraud.engine.visits import SECONDS_A_DAY
from graphfraud.errors import UsageError
from graphfraud.patterns import co_visit, contract, gathering_groups
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from tests.patterns.simulated import DEFAULTS, Planted, simulated

RING = Planted((3, 30, 60, 90, 120), 12, (0.95,) * 5)
QUICK = {"replicates": 19, "ring_level": 0.05}


def claims_of(visits: pd.DataFrame) -> pd.DataFrame:
    """Return one claim a visit, as if a snapshot held them."""
    ids = [f"C{n}" for n in range(len(visits))]
    return visits[["ring", "event", "person_id", "facility_id"]].assign(claim_id=ids, doctor_id="")


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Look":
    return Look(monkeypatch, tmp_path)


class Look:
    """Runs the pattern on events made by hand instead of a snapshot's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.patch, self.folder = monkeypatch, folder

    def __call__(
        self, seen: Events, more: Mapping[str, int | float] = QUICK, seed: int = 1
    ) -> Outcome:
        self.patch.setattr(contract, "events", lambda _: seen)
        self.patch.setattr(gathering_groups, "visit_claims", lambda _, visits: claims_of(visits))
        with Engine(temporary=self.folder / "spill") as engine:
            return co_visit.run(Context(engine, seed, silent, 2), {**DEFAULTS, **more})


def test_the_planted_group_is_all_there_is(look: Look) -> None:
    seen = simulated(1, planted=RING)
    outcome = look(seen)
    assert [group.persons for group in outcome.groups] == [
        tuple(seen.person_ids[p] for p in RING.persons)
    ]
    assert outcome.groups[0].p_value == 1 / 20
    assert outcome.tests["replicates_with_a_group"] == 0


def test_a_group_tells_ties_meetings_and_visits_of_its_members(look: Look) -> None:
    seen = simulated(1, planted=RING)
    outcome = look(seen)
    group = outcome.groups[0]
    assert outcome.network is not None
    assert set(zip(group.ties["a"], group.ties["b"], strict=True)) <= set(
        combinations(group.persons, 2)
    )
    assert (group.ties["p"] <= group.tie_level).all()
    assert group.tie_level == pytest.approx(0.05 / 10)
    assert set(group.members["role"]) == {"card_holder", "place_of_joint_visits"}
    assert group.claims["claim_id"].nunique() == len(group.claims)
    days = group.acts[["a", "b", "day"]].drop_duplicates()
    assert group.observed == len(days) > group.expected
    assert f"{group.observed} joint days over all pairs" in group.summary_en
    assert f"合计 {group.observed} 人次" in group.summary_zh


def test_meetings_are_those_within_the_hour(look: Look) -> None:
    seen = simulated(1, planted=RING)
    group = look(seen).groups[0]
    visits = [
        (seen.person_ids[p], seen.facility_ids[f], s)
        for p, f, s in zip(
            seen.person.tolist(), seen.facility.tolist(), seen.start.tolist(), strict=True
        )
        if p in RING.persons
    ]
    wanted = {
        (min(x[0], y[0]), max(x[0], y[0]), x[1]) + ((x[2], y[2]) if x[0] < y[0] else (y[2], x[2]))
        for x, y in combinations(visits, 2)
        if x[0] != y[0] and x[1] == y[1] and abs(x[2] - y[2]) <= 3_600
    }
    table = group.acts
    columns = (table[name] for name in ("a", "b", "facility_id", "start_a", "start_b"))
    found = set(zip(*columns, strict=True))
    # A stratum ends at fixed hours: two visits on its two sides do not meet.
    assert found <= wanted
    assert len(found) > 0.8 * len(wanted)
    assert (table["day"] == table["start_a"] // SECONDS_A_DAY * SECONDS_A_DAY).all()


def test_the_uncompiled_meetings_are_the_same(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = simulated(1, planted=Planted(tuple(range(12)), 12, (0.95,) * 12))
    compiled = look(seen).groups[0].acts
    kernel = co_attendance._meetings_among.py_func
    monkeypatch.setattr(co_attendance, "_meetings_among", kernel)
    assert look(seen).groups[0].acts.equals(compiled)
    assert len(compiled) > 256


@pytest.mark.parametrize("seed", range(5))
def test_clean_visits_show_no_significant_group(look: Look, seed: int) -> None:
    assert [g for g in look(simulated(seed + 40)).groups if g.p_value <= 0.05] == []


def test_the_same_seed_gives_the_same_outcome(look: Look) -> None:
    seen, lax = (
        simulated(1, planted=RING, mean_visits=40),
        QUICK | {"faint_ties": 1e7, "join_level": 1e6},
    )
    one, again = look(seen, lax), look(seen, lax)
    assert [g.persons for g in one.groups] == [g.persons for g in again.groups]
    assert one.groups[0].acts.equals(again.groups[0].acts)
    weak = [group.chance(int(group.expected * 1.5)) for group in one.groups]
    assert weak == [group.chance(int(group.expected * 1.5)) for group in again.groups]
    other = look(seen, lax, seed=2)
    assert one.tests["replicates_with_a_group"] == 19
    assert [g.persons for g in other.groups] != [] != weak


def test_dates_alone_are_told_and_still_show_the_group(look: Look) -> None:
    outcome = look(simulated(1, planted=RING, clock=False, mean_visits=6))
    assert any("no time of day: whole days are compared" in note for note in outcome.notes)
    assert outcome.groups[0].persons == tuple(f"{p:05d}" for p in RING.persons)


def test_visits_with_a_clock_need_no_note(look: Look) -> None:
    assert look(simulated(1, planted=RING)).notes == ()


def test_a_window_of_more_than_a_day_is_refused(look: Look) -> None:
    with pytest.raises(UsageError, match="at most 1440 minutes"):
        look(simulated(1, planted=RING), QUICK | {"window_minutes": 1_441})


def test_a_mega_event_is_told(look: Look) -> None:
    outcome = look(simulated(1, planted=RING), QUICK | {"crowd": 2})
    assert any("mega-events" in note for note in outcome.notes)


def test_places_too_busy_are_told(look: Look) -> None:
    crowded = simulated(1, clock=False, mean_visits=40, days=20)
    outcome = look(crowded, QUICK | {"strangers": 5})
    assert any("too busy" in note for note in outcome.notes)


def test_what_was_tested_is_counted(look: Look) -> None:
    seen = simulated(1, planted=RING)
    outcome = look(seen)
    tests, network = outcome.tests, outcome.network
    assert network is not None
    assert tests["visits"] == len(seen)
    assert tests["ties"] == len(network) > 0
    assert tests["ties"] <= tests["pairs_tested"] <= tests["pairs_possible"]
    assert tests["replicates"] == 19


def test_nothing_happened_and_nothing_is_found(look: Look) -> None:
    outcome = look(simulated(1, persons=0))
    assert (outcome.groups, outcome.notes, outcome.tests["visits"]) == ((), (), 0)


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"replicates": 98}, "at least 99 replicates"),
        ({"replicates": 0}, "at least 99 replicates"),
        ({"replicates": 99, "ring_level": 0.001}, "at least 999 replicates"),
        ({"replicates": 99, "ring_level": 0.0}, "above 0"),
    ],
)
def test_settings_that_can_show_no_lead_are_refused(
    look: Look, more: dict[str, int | float], hint: str
) -> None:
    with pytest.raises(UsageError, match=r"co_visit\.ring_level") as told:
        look(simulated(1, persons=5), more)
    assert hint in told.value.hint
