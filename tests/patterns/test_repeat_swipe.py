"""Repeated swipes: planted by hand among honest traffic, with the innocent twin of each case."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import repeat_swipe
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {parameter.name: parameter.default for parameter in repeat_swipe.PARAMETERS}
moment = datetime.fromisoformat
SHOPS, PERSONS, VISITS = 6, 240, 1500


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(
    workspace: WorkspaceFolder,
    claims: Sequence[Row],
    facilities: Sequence[Row] = (),
    **settings: float,
) -> Outcome:
    more = {"facilities": facilities} if facilities else {}
    deliver(workspace, {"claims": claims} | more)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return repeat_swipe.run(Context(engine, 1, silent), DEFAULTS | settings)


def burst(
    tag: str,
    person: str,
    shops: Sequence[str],
    start: datetime,
    *,
    swipes: int = 3,
    gap: float = 2.0,
    **more: Any,  # noqa: ANN401 (any column of a claim)
) -> list[Row]:
    """Return settlements `gap` minutes apart, at the shops in turn."""
    return [
        claim(
            f"{tag}{n}", person, (start + timedelta(minutes=gap * n)).isoformat(),
            facility_id=shops[n % len(shops)], **more,
        )
        for n in range(swipes)
    ]  # fmt: skip


def traffic(
    seed: int, *, split: float = 0.005, hours: tuple[int, int] = (8, 20), shops: int = SHOPS
) -> list[Row]:
    """Return honest claims between the hours; a share of the purchases is split in three."""
    rng = np.random.default_rng([seed, 12])
    rows: list[Row] = []
    for n in range(VISITS):
        minute = int(rng.integers(60 * hours[0], 60 * hours[1]))
        when = moment("2025-01-01") + timedelta(days=int(rng.integers(0, 300)), minutes=minute)
        person, shop = f"p{rng.integers(0, PERSONS):03d}", f"S{rng.integers(0, shops)}"
        swipes = 3 if rng.random() < split else 1
        by = f"{shop}-{rng.integers(0, 3)}"
        rows += burst(f"H{n:04d}", person, [shop], when, swipes=swipes, operator_id=by)
    return rows


def ring(
    cards: int = 6,
    nights: int = 4,
    *,
    shops: Sequence[str] = ("S1",),
    at: str = "02:30",
    operator: str | None = "OX",
    **more: Any,  # noqa: ANN401 (any column of a claim)
) -> list[Row]:
    rows: list[Row] = []
    for card in range(cards):
        for n in range(nights):
            when = moment(f"2025-02-01 {at}") + timedelta(
                days=9 * n + card, minutes=20 * (card % 3)
            )
            shop = [shops[(n + card) % len(shops)]]
            by = operator or f"{shop[0]}-{n % 3}"
            rows += burst(f"R{card:02d}{n}", f"r{card:02d}", shop, when, operator_id=by, **more)
    return rows


def significant(outcome: Outcome) -> list[Any]:
    return [group for group in outcome.groups if group.p_value <= 0.002]


def test_cards_swiped_in_a_row_by_night_make_a_group(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, [*traffic(1), *ring(shops=("S1", "S2"))])
    (group,) = significant(outcome)
    assert group.persons == tuple(f"r{card:02d}" for card in range(6))
    assert group.entities >= {("facility", "S1"), ("facility", "S2"), ("operator", "OX")}
    assert len(group.entities) == 9
    roles = group.members.set_index("entity_id")["role"]
    assert (roles["S1"], roles["OX"], roles["r00"]) == ("pharmacy", "operator", "card_holder")
    assert (group.observed, len(group.acts), len(group.claims)) == (6, 24, 72)
    assert outcome.tests["bursts_at_odd_hours"] == 24
    assert "24 bursts (72 settlements)" in group.summary_en
    assert "100% during maintenance" in group.summary_en
    assert "72 笔" in group.summary_zh
    assert group.chance(0) == 1.0
    assert group.chance(2) > group.chance(4) > group.p_value


def test_two_crews_at_the_same_shops_are_two_groups(workspace: WorkspaceFolder) -> None:
    here = ring(shops=("S1", "S2"))
    there = [
        dict(row) | {"claim_id": f"T{row['claim_id']}", "person_id": f"t{row['person_id']}"}
        for row in ring(shops=("S1", "S2"), at="03:30", operator="OY")
    ]
    found = significant(look(workspace, [*traffic(1), *here, *there]))
    crews = {frozenset(one.entities & {("operator", "OX"), ("operator", "OY")}) for one in found}
    assert len(found) == len(crews) == 2
    assert {one.persons[0][0] for one in found} == {"r", "t"}
    assert [len(one.persons) for one in found] == [6, 6]


def test_a_card_with_a_single_burst_belongs_to_its_operator(workspace: WorkspaceFolder) -> None:
    once = burst("O", "once", ["S1"], moment("2025-04-01 02:40"), operator_id="OX")
    # By day, under another operator, one burst is what everybody has now and then.
    other = burst("Q", "other", ["S1"], moment("2025-04-01 12:40"), operator_id="S1-1")
    (group,) = significant(look(workspace, [*traffic(1), *ring(), *once, *other]))
    assert "once" in group.persons
    assert "other" not in group.persons


def test_who_is_new_at_a_counter_that_splits_is_no_lead(workspace: WorkspaceFolder) -> None:
    rng = np.random.default_rng(6)
    rows = []
    for n in range(560):
        when = moment("2025-01-01 09:00") + timedelta(days=int(rng.integers(0, 300)), minutes=n)
        # The new one has five regulars, all others have everybody.
        new = n < 40
        person = f"n{rng.integers(0, 5)}" if new else f"p{rng.integers(0, PERSONS):03d}"
        swipes = 3 if rng.random() < 0.3 else 1
        by = "new" if new else f"S9-{n % 3}"
        rows += burst(f"Q{n:03d}", person, ["S9"], when, swipes=swipes, operator_id=by)
    assert significant(look(workspace, [*traffic(1), *rows])) == []


def test_cards_swiped_in_a_row_by_day_stand_out_as_well(workspace: WorkspaceFolder) -> None:
    outcome = look(workspace, [*traffic(1), *ring(nights=7, at="10:30", operator=None)])
    (group,) = significant(outcome)
    assert len(group.persons) == 6
    assert "operator" not in {kind for kind, _ in group.entities}
    assert "0% at odd hours" in group.summary_en


def test_a_counter_that_splits_every_other_purchase_is_its_own_measure(
    workspace: WorkspaceFolder,
) -> None:
    rng = np.random.default_rng(6)
    split = []
    for n in range(500):
        when = moment("2025-01-01 09:00") + timedelta(days=int(rng.integers(0, 300)), minutes=n)
        swipes = 3 if rng.random() < 0.5 else 1
        split += burst(f"Q{n:03d}", f"p{rng.integers(0, PERSONS):03d}", ["S9"], when, swipes=swipes)
    assert significant(look(workspace, [*traffic(1), *split])) == []


def test_but_not_for_what_is_done_there_at_night(workspace: WorkspaceFolder) -> None:
    rng = np.random.default_rng(6)
    split = []
    for n in range(500):
        when = moment("2025-01-01 09:00") + timedelta(days=int(rng.integers(0, 300)), minutes=n)
        swipes = 3 if rng.random() < 0.3 else 1
        split += burst(f"Q{n:03d}", f"p{rng.integers(0, PERSONS):03d}", ["S9"], when, swipes=swipes)
    by_night = ring(nights=8, shops=["S9"], operator=None)
    (group,) = significant(look(workspace, [*traffic(1), *split, *by_night]))
    assert set(group.persons) == {f"r{card:02d}" for card in range(6)}


def test_a_shop_that_never_shuts_is_no_lead(workspace: WorkspaceFolder) -> None:
    rng = np.random.default_rng(7)
    open_always = []
    for n in range(600):
        when = moment("2025-01-01") + timedelta(minutes=int(rng.integers(0, 400_000)))
        swipes = 3 if rng.random() < 0.05 else 1
        open_always += burst(
            f"N{n:03d}", f"p{rng.integers(0, PERSONS):03d}", ["S8"], when, swipes=swipes
        )
    assert significant(look(workspace, [*traffic(1), *open_always])) == []


def test_a_chain_is_one_place(workspace: WorkspaceFolder) -> None:
    rows: list[Row] = []
    for card in range(6):
        for n in range(4):
            when = moment("2025-02-01 10:30") + timedelta(days=9 * n + card)
            rows += burst(f"R{card}{n}", f"r{card}", ["S1", "S2"], when, swipes=4)
    chain = [
        {"facility_id": f"S{n}", "kind": "pharmacy", "legal_rep": "Li" if n in {1, 2} else f"L{n}"}
        for n in range(SHOPS)
    ]
    claims = [*traffic(1), *rows]
    (group,) = significant(look(workspace, claims, chain))
    assert {("facility", "S1"), ("facility", "S2")} <= group.entities
    other = WorkspaceFolder.open(workspace.path.parent / "apart", create=True)
    assert significant(look(other, claims)) == []


@pytest.mark.parametrize(
    ("rows", "bursts"),
    [
        (burst("C", "1", ["F1"], moment("2025-03-03 09:00"), gap=5), 1),
        (burst("C", "1", ["F1"], moment("2025-03-03 09:00"), gap=5.1), 0),
        (burst("C", "1", ["F1"], moment("2025-03-03 09:00"), swipes=2), 0),
        (burst("C", "1", ["F1"], moment("2025-03-03 23:57"), gap=3.5), 1),
        (burst("C", "1", ["F1"], moment("2025-03-03 09:00"), encounter_id="E"), 0),
        (burst("C", "1", ["F1", "F2"], moment("2025-03-03 09:00"), swipes=6), 0),
        (burst("C", "1", ["F1", "F2"], moment("2025-03-03 09:00"), operator_id="O"), 1),
    ],
    ids=["close", "too far", "two", "over midnight", "one visit", "two shops", "one operator"],
)
def test_what_is_a_burst(workspace: WorkspaceFolder, rows: list[Row], bursts: int) -> None:
    assert look(workspace, rows).tests["bursts"] == bursts


def test_refunded_swipes_are_none(workspace: WorkspaceFolder) -> None:
    rows = burst("C", "1", ["F1"], moment("2025-03-03 09:00"))
    back = claim("D", "1", "2025-03-03 09:30:00", refund_of="C1")
    assert look(workspace, [*rows, back]).tests["bursts"] == 0


def test_an_operator_id_at_many_facilities_is_no_person(workspace: WorkspaceFolder) -> None:
    claims = [
        dict(row) | {"operator_id": "001"} for row in [*traffic(1), *ring(shops=("S1", "S2"))]
    ]
    outcome = look(workspace, claims, most_places=5)
    assert ("operator", "001") not in {one for group in outcome.groups for one in group.entities}


def test_without_a_clock_it_cannot_be_judged(workspace: WorkspaceFolder) -> None:
    claims = [claim(f"C{n}", "1", "2025-03-03") for n in range(5)]
    outcome = look(workspace, claims)
    assert outcome.groups == ()
    assert outcome.notes == ("No claim carries a time of day: repeated swipes cannot be judged.",)
    assert len(outcome.notes_zh) == 1


def test_the_settlement_clock_serves_where_visits_have_none(workspace: WorkspaceFolder) -> None:
    claims = [
        claim(f"C{n}", "1", "2025-03-03", settle_time=moment(f"2025-03-03 09:0{n}"))
        for n in range(3)
    ]
    outcome = look(workspace, [*claims, *(claim(f"D{n}", "2", "2025-03-03") for n in range(9))])
    assert outcome.tests["bursts"] == 1
    assert outcome.notes == ("75% of the claims carry no time of day and were not judged.",)


def test_scheduled_treatment_is_marked(workspace: WorkspaceFolder) -> None:
    (group,) = significant(look(workspace, [*traffic(1), *ring(diagnosis_code="Z49.1")]))
    assert group.acts["scheduled"].all()


@pytest.mark.parametrize("seed", range(8))
def test_honest_traffic_makes_no_group(workspace: WorkspaceFolder, seed: int) -> None:
    rows = traffic(seed, split=0.03, hours=(0, 24) if seed % 2 else (8, 20))
    assert significant(look(workspace, rows)) == []


def test_the_order_of_the_rows_does_not_matter(workspace: WorkspaceFolder) -> None:
    claims = [*traffic(1), *ring(shops=("S1", "S2"))]
    order = np.random.default_rng(3).permutation(len(claims))
    (here,) = look(workspace, claims).groups
    other = WorkspaceFolder.open(workspace.path.parent / "mixed", create=True)
    (there,) = look(other, [claims[i] for i in order]).groups
    for name in ("members", "acts", "claims", "ties"):
        pd.testing.assert_frame_equal(getattr(here, name), getattr(there, name))
    assert (here.p_value, here.summary_zh) == (there.p_value, there.summary_zh)


@pytest.mark.parametrize("claims", [[], [claim("C1", "1")]])
def test_little_is_no_error(workspace: WorkspaceFolder, claims: list[Row]) -> None:
    assert look(workspace, claims).groups == ()
