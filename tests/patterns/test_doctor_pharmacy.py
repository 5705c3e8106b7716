"""A doctor and a pharmacy in small towns: planted, and the innocent twins of the same shape."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import doctor_pharmacy
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, Tables, deliver, engine_on
from tests.patterns.referrals import Town, town

DEFAULTS = {parameter.name: parameter.default for parameter in doctor_pharmacy.PARAMETERS}
SENT = Town(sent=30)


def look(folder: Path, tables: Tables) -> Outcome:
    workspace = WorkspaceFolder.open(folder, create=True)
    deliver(workspace, tables)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return doctor_pharmacy.run(Context(engine, 1, silent), DEFAULTS)


def leads(outcome: Outcome) -> list[Group]:
    level = DEFAULTS["ring_level"]
    return [group for group in outcome.groups if _left(group) <= level]


def _left(group: Group) -> float:
    free = group.acts[~group.acts["scheduled"] & (group.acts["excuse"] == "")]
    return group.chance(int(free["unit"].nunique()))


def is_found(group: Group, like: Town) -> bool:
    planted = {("doctor", "D00"), ("facility", "S7")}
    planted |= {("person", f"person {n:04d}") for n in range(like.sent)}
    return len(group.entities & planted) >= 0.85 * len(group.entities | planted)


@pytest.mark.parametrize("clock", [True, False])
def test_patients_who_are_sent_are_found_with_doctor_and_pharmacy(
    tmp_path: Path, clock: bool
) -> None:
    like = Town(sent=30, clock=clock)
    outcome = look(tmp_path / "w", {"claims": town(1, like)})
    (group,) = leads(outcome)
    assert is_found(group, like)
    assert group.observed > 3 * group.expected
    assert tuple(group.acts.columns) == ACT_COLUMNS
    (tie,) = group.ties.itertuples()
    assert (tie.type_a, tie.a, tie.type_b, tie.b) == ("doctor", "D00", "facility", "S7")
    assert "D00" in group.summary_zh
    assert "S7" in group.summary_en


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = town(1, SENT)
    mixed = [rows[n] for n in np.random.default_rng(4).permutation(len(rows))]
    one, other = (
        look(tmp_path / name, {"claims": part}) for name, part in (("a", rows), ("b", mixed))
    )
    assert one.tests == other.tests
    for left, right in zip(one.groups, other.groups, strict=True):
        assert left.members.equals(right.members)
        assert left.acts.equals(right.acts)
        assert left.claims.equals(right.claims)
        assert left.p_value == right.p_value


@pytest.mark.parametrize(
    "like",
    [Town(), Town(beside=0.8), Town(fans=30), Town(patients=600, shops=3, beside=0.5)],
    ids=["nobody is sent", "a pharmacy next door", "patients of one habit", "more of all"],
)
def test_the_innocent_twins_are_no_lead(tmp_path: Path, like: Town) -> None:
    for seed in (1, 2):
        assert leads(look(tmp_path / str(seed), {"claims": town(seed, like)})) == []


def test_a_scheduled_treatment_is_marked_and_leaves_nothing(tmp_path: Path) -> None:
    outcome = look(tmp_path / "w", {"claims": town(1, Town(sent=30, diagnosis="Z51.100"))})
    assert outcome.groups[0].p_value < 0.004
    assert outcome.groups[0].acts["scheduled"].all()
    assert leads(outcome) == []


def test_what_is_sold_nowhere_else_excuses_the_way_there(tmp_path: Path) -> None:
    rows = town(1, SENT)
    outcome = look(tmp_path / "w", {"claims": rows, "claim_items": _items(rows, "special")})
    assert set(outcome.groups[0].acts["excuse"]) == {"only_provider"}
    assert leads(outcome) == []
    usual = look(tmp_path / "v", {"claims": rows, "claim_items": _items(rows, "usual")})
    assert set(leads(usual)[0].acts["excuse"]) == {""}


def _items(rows: Sequence[Row], at_the_shop: str) -> list[Row]:
    """Return one line a purchase; `at_the_shop` is what S7 sells."""
    shops = [row for row in rows if row["med_type"] == "pharmacy"]
    return [
        {
            "claim_id": row["claim_id"],
            "line_no": "1",
            "item_code": at_the_shop if row["facility_id"] == "S7" else "usual",
            "quantity": 1,
            "amount": 1000,
        }
        for row in shops
    ]


def test_one_owner_is_told_and_excuses_nothing(tmp_path: Path) -> None:
    facilities = [
        {"facility_id": name, "kind": kind, "legal_rep": "Wang"}
        for name, kind in (("F0", "clinic"), ("S7", "pharmacy"))
    ]
    outcome = look(tmp_path / "w", {"claims": town(1, SENT), "facilities": facilities})
    (group,) = leads(outcome)
    assert "share a representative" in group.summary_en
    assert "法定代表人" in group.summary_zh


def test_refunded_purchases_do_not_count(tmp_path: Path) -> None:
    rows = town(1, SENT)
    bought = [row for row in rows if row["facility_id"] == "S7"]
    refunds = [
        dict(row) | {"claim_id": f"R{n}", "refund_of": row["claim_id"]}
        for n, row in enumerate(bought)
    ]
    assert look(tmp_path / "w", {"claims": [*rows, *refunds]}).groups == ()


def test_two_doctors_of_one_clinic_who_share_patients_are_one_group(tmp_path: Path) -> None:
    rows = [
        dict(row) | ({"doctor_id": "D01"} if _second(row) else {})
        for row in town(1, Town(patients=600, sent=60))
    ]
    (group,) = leads(look(tmp_path / "w", {"claims": rows}))
    assert {("doctor", "D00"), ("doctor", "D01"), ("facility", "S7")} <= group.entities
    assert len(group.ties) == 2


def _second(row: Row) -> bool:
    """Tell whether D01 stands in for D00 at this visit: every other one."""
    return row.get("doctor_id") == "D00" and int(str(row["claim_id"])[1:]) % 2 == 0


def test_nothing_to_look_at(tmp_path: Path) -> None:
    assert look(tmp_path / "a", {"claims": []}).groups == ()
    assert look(tmp_path / "b", {"persons": [{"person_id": "1"}]}).groups == ()
    bare = [
        {name: value for name, value in row.items() if name != "doctor_id"} for row in town(1, SENT)
    ]
    assert look(tmp_path / "c", {"claims": bare}).groups == ()
