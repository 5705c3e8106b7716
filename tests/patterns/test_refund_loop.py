"""Refund loops: planted by hand among honest corrections, with the innocent twin of each case."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import refund_loop
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {parameter.name: parameter.default for parameter in refund_loop.PARAMETERS}
moment = datetime.fromisoformat
SHOPS, PERSONS, VISITS = 6, 240, 1500


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(workspace: WorkspaceFolder, claims: Sequence[Row], **settings: float) -> Outcome:
    deliver(workspace, {"claims": claims})
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return refund_loop.run(Context(engine, 1, silent), DEFAULTS | settings)


def loop(
    tag: str,
    person: str,
    shop: str,
    start: datetime,
    *,
    wait: float = 0.5,
    **more: Any,  # noqa: ANN401 (any column of a claim)
) -> list[Row]:
    """Return swipe, refund and swipe, `wait` hours apart; refunds keep the visit's start."""
    known: dict[str, Any] = {"facility_id": shop} | more
    times = [start + timedelta(hours=wait * n) for n in range(3)]
    rows = []
    for part, when in zip("abc", times, strict=True):
        back = {"refund_of": f"{tag}a"} if part == "b" else {}
        rows.append(
            claim(f"{tag}{part}", person, start.isoformat(), settle_time=when, **known, **back)
        )
    return rows


def traffic(seed: int, corrected: float = 0.01) -> list[Row]:
    """Return honest claims at six shops; a share of them is corrected, anybody's alike."""
    rng = np.random.default_rng([seed, 8])
    rows: list[Row] = []
    for n in range(VISITS):
        when = moment("2025-01-01") + timedelta(minutes=int(rng.integers(0, 400_000)))
        person, shop = f"p{rng.integers(0, PERSONS):03d}", f"S{rng.integers(0, SHOPS)}"
        made = loop(f"H{n:04d}", person, shop, when, operator_id=f"{shop}-{rng.integers(0, 3)}")
        rows += made if rng.random() < corrected else made[:1]
    return rows


def ring(
    cards: int = 6,
    loops: int = 4,
    *,
    shop: str = "S1",
    operator: str | None = None,
    **more: Any,  # noqa: ANN401 (any column)
) -> list[Row]:
    rows: list[Row] = []
    for card in range(cards):
        for n in range(loops):
            when = moment("2025-02-01 10:00") + timedelta(days=9 * n + card, hours=card % 3)
            by = operator or f"{shop}-{n % 3}"
            rows += loop(f"R{card:02d}{n}", f"r{card:02d}", shop, when, operator_id=by, **more)
    return rows


def test_who_loops_less_joins_those_who_loop_more(workspace: WorkspaceFolder) -> None:
    twice = [
        {**row, "claim_id": f"T{row['claim_id']}", "person_id": f"t{row['person_id']}"}
        | ({"refund_of": f"T{row['refund_of']}"} if row.get("refund_of") else {})
        for row in ring(cards=2, loops=3)
    ]
    once = loop("O", "once", "S1", moment("2025-03-03 10:00"))
    (group,) = look(workspace, [*traffic(1), *ring(cards=6, loops=6), *twice, *once]).groups
    assert set(group.persons) == {f"r{card:02d}" for card in range(6)} | {"tr00", "tr01"}
    assert group.chance(8) == group.p_value <= 1e-4


def test_cards_that_loop_again_and_again_make_a_group(workspace: WorkspaceFolder) -> None:
    (group,) = look(workspace, [*traffic(1), *ring()]).groups
    assert group.persons == tuple(f"r{card:02d}" for card in range(6))
    assert ("facility", "S1") in group.entities
    assert len(group.entities) == 7
    assert group.p_value <= 0.002
    assert (group.observed, len(group.acts)) == (6, 24)
    assert sorted(group.claims.loc[group.claims["event"] == 1, "claim_id"]) == [
        "R000a", "R000b", "R000c",
    ]  # fmt: skip
    assert set(group.members.loc[group.members["entity_type"] == "person", "role"]) == {
        "card_holder"
    }
    assert (
        group.members.loc[group.members["entity_type"] == "facility", "role"].item() == "pharmacy"
    )
    assert group.ties[["b", "observed"]].to_numpy().tolist() == [["S1", 4]] * 6
    assert group.chance(0) == 1.0
    assert group.chance(3) > group.chance(5) > group.p_value
    assert "24 times" in group.summary_en
    assert "24 次" in group.summary_zh


def test_an_operator_who_keyed_in_most_of_it_is_a_member(workspace: WorkspaceFolder) -> None:
    (group,) = look(workspace, [*traffic(1), *ring(operator="S1-2")]).groups
    assert ("operator", "S1-2") in group.entities


def test_the_only_operator_of_a_shop_is_no_member(workspace: WorkspaceFolder) -> None:
    claims = [dict(row) | {"operator_id": "S1-0"} for row in [*traffic(1), *ring()]]
    (group,) = look(workspace, claims).groups
    assert "operator" not in {kind for kind, _ in group.entities}


def test_a_shop_that_corrects_often_and_evenly_is_no_group(workspace: WorkspaceFolder) -> None:
    rng = np.random.default_rng(6)
    often = []
    for n in range(400):
        when = moment("2025-01-01") + timedelta(minutes=int(rng.integers(0, 400_000)))
        made = loop(f"Q{n:03d}", f"p{rng.integers(0, PERSONS):03d}", "S9", when)
        often += made if rng.random() < 0.25 else made[:1]
    outcome = look(workspace, [*traffic(1), *often])
    assert [group for group in outcome.groups if group.p_value <= 0.05] == []


@pytest.mark.parametrize("loops", [1, 2, 3])
def test_many_who_loop_on_the_days_a_system_failed_are_no_group(
    workspace: WorkspaceFolder, loops: int
) -> None:
    failed = []
    for n in range(12 * loops):
        day = moment("2025-03-01 09:00") + timedelta(days=20 * (n // 12), minutes=n)
        failed += loop(f"F{n:03d}", f"p{7 * n:03d}", "S2", day)
    outcome = look(workspace, [*traffic(1, corrected=0.0), *failed])
    assert outcome.groups == ()
    assert outcome.tests["loops_on_failure_days"] == 12 * loops


def test_a_refund_without_another_swipe_is_no_loop(workspace: WorkspaceFolder) -> None:
    once = [row for row in ring() if not str(row["claim_id"]).endswith("c")]
    outcome = look(workspace, [*traffic(1, corrected=0.0), *once])
    assert outcome.tests["loops"] == 0
    assert outcome.groups == ()
    assert len(outcome.notes) == len(outcome.notes_zh) == 1


@pytest.mark.parametrize(("wait", "loops"), [(11.0, 1), (24.0, 1), (25.0, 0)])
def test_a_loop_is_a_matter_of_hours(workspace: WorkspaceFolder, wait: float, loops: int) -> None:
    rows = loop("C", "1", "F1", moment("2025-03-03 09:00"), wait=wait)
    assert look(workspace, rows).tests["loops"] == loops


def test_another_swipe_elsewhere_or_by_another_card_closes_no_loop(
    workspace: WorkspaceFolder,
) -> None:
    first = loop("C", "1", "F1", moment("2025-03-03 09:00"))
    second = loop("D", "2", "F1", moment("2025-03-03 09:00"))
    elsewhere = dict(first[2]) | {"facility_id": "F2"}
    other = dict(second[2]) | {"person_id": "3"}
    assert look(workspace, [*first[:2], elsewhere, *second[:2], other]).tests["loops"] == 0


def test_dates_without_a_clock_loop_on_one_day(workspace: WorkspaceFolder) -> None:
    rows = [
        {name: value for name, value in row.items() if name != "settle_time"}
        | {"start_time": moment("2025-03-03")}
        for row in loop("C", "1", "F1", moment("2025-03-03"))
    ]
    assert look(workspace, rows).tests["loops"] == 1


def test_scheduled_treatment_is_marked(workspace: WorkspaceFolder) -> None:
    (group,) = look(workspace, [*traffic(1), *ring(diagnosis_code="n18.601")]).groups
    assert group.acts["scheduled"].all()


@pytest.mark.parametrize("seed", range(8))
def test_honest_corrections_make_no_group(workspace: WorkspaceFolder, seed: int) -> None:
    outcome = look(workspace, traffic(seed, corrected=0.03))
    assert [group for group in outcome.groups if group.p_value <= 0.002] == []


def test_the_order_of_the_rows_does_not_matter(workspace: WorkspaceFolder) -> None:
    claims = [*traffic(1), *ring()]
    order = np.random.default_rng(3).permutation(len(claims))
    (here,) = look(workspace, claims).groups
    other = WorkspaceFolder.open(workspace.path.parent / "mixed", create=True)
    (there,) = look(other, [claims[i] for i in order]).groups
    for name in ("members", "acts", "claims", "ties"):
        pd.testing.assert_frame_equal(getattr(here, name), getattr(there, name))
    assert (here.p_value, here.summary_zh) == (there.p_value, there.summary_zh)


@pytest.mark.parametrize("claims", [[], [claim("C1", "1")]])
def test_without_refunds_there_is_nothing_to_say(
    workspace: WorkspaceFolder, claims: list[Row]
) -> None:
    assert look(workspace, claims).groups == ()
