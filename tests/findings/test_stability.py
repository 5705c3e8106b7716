"""Stability against counts by hand, and the same however the rows come."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from graphfraud.findings import tables
from graphfraud.findings.rings import Ring, build_rings
from graphfraud.findings.stability import (
    CORE_FROM,
    LEFT_OUT,
    RERUNS,
    Bounds,
    leave_out,
    stability,
    with_stability,
)
from graphfraud.findings.tables import member_table
from graphfraud.patterns.group import Group
from tests.findings.groups import MONDAY, acts_of, group_of, registers
from tests.findings.test_rings import claims_of

DAY = 86_400
BOUNDS = Bounds(0.05, 3)


def ring_of(group: Group, claims: pd.DataFrame | None = None) -> Ring:
    own = claims_of(0, "".join(group.persons)) if claims is None else claims
    (ring,) = build_rings(
        "co_visit", [group], own, registers(), tested=("scheduled_treatment",), level=0.05, fewest=3
    )
    return ring


def acting(days: dict[str, int], *, least: int = 1) -> Group:
    """Return a group of persons who act alone on their first days; it needs `least` acts."""
    group = group_of(sorted(days))
    chance = lambda units: 0.001 if units >= least else 1.0  # noqa: E731
    return replace(group, acts=acts_of(days), chance=chance)


def shares(ring: Ring, seed: int = 1) -> dict[str, float]:
    found = stability(ring, BOUNDS, seed)
    return dict(zip(ring.members["entity_id"], found.members, strict=True))


def test_every_day_is_left_out_of_exactly_a_fifth_of_the_reruns() -> None:
    days = MONDAY + DAY * np.arange(200)
    reruns = leave_out(days, 7)
    assert ((~reruns.kept).sum(axis=0) == RERUNS * LEFT_OUT).all()
    # 200 independent days: each rerun keeps 160 of them, give or take five standard deviations.
    assert np.abs(reruns.kept.sum(axis=1) - 160).max() < 5 * np.sqrt(200 * 0.16)
    assert not (reruns.kept[:, :-1] == reruns.kept[:, 1:]).all(axis=0).any()


def test_a_day_is_left_out_of_the_same_reruns_whatever_other_days_there_are() -> None:
    days = MONDAY + DAY * np.arange(10)
    few, many = leave_out(days[[7, 3, 3]], 7), leave_out(days, 7)
    assert few.days.tolist() == days[[3, 7]].tolist()
    assert (few.kept == many.kept[:, [3, 7]]).all()
    assert (leave_out(days, 8).kept != many.kept).any()


def test_who_hangs_on_one_day_is_fringe_and_who_was_there_often_is_core() -> None:
    ring = ring_of(acting({"A": 9, "B": 9, "C": 9, "D": 1}))
    found = shares(ring)
    assert found["D"] == pytest.approx(0.8)
    assert found["A"] == found["P1"] == 1.0
    (told,) = with_stability([ring], {"co_visit": BOUNDS}, 1)
    standing = member_table([told]).set_index("entity_id")["standing"]
    assert standing.to_dict() == {
        "A": "core",
        "B": "core",
        "C": "core",
        "D": "fringe",
        "P1": "core",
    }


def test_a_member_held_by_either_of_two_days_stays_as_often_as_one_of_them_is_kept() -> None:
    ring = ring_of(acting({"A": 9, "B": 9, "C": 9, "D": 2}))
    kept = leave_out(np.array([MONDAY, MONDAY + DAY]), 1).kept
    assert shares(ring)["D"] == pytest.approx(kept.any(axis=1).mean())
    assert shares(ring)["D"] >= CORE_FROM


def test_a_ring_of_one_day_stands_in_four_reruns_of_five_with_all_its_members() -> None:
    ring = ring_of(acting({"A": 1, "B": 1, "C": 1}))
    found = stability(ring, BOUNDS, 1)
    assert found.stood == pytest.approx(0.8)
    assert set(found.members) == {1.0}


def test_a_ring_stands_where_what_is_left_still_beats_chance() -> None:
    ring = ring_of(acting({"A": 10, "B": 10, "C": 10}, least=25))
    kept = leave_out(MONDAY + DAY * np.arange(10), 1).kept
    # A rerun leaves 24 of the 30 acts on average: so many are taken for the whole.
    whole = np.minimum(30, (3 * kept.sum(axis=1) * 30) // 24)
    assert 0 < stability(ring, BOUNDS, 1).stood < 1
    assert stability(ring, BOUNDS, 1).stood == pytest.approx((whole >= 25).mean())


def test_a_unit_is_left_as_long_as_one_of_its_days_is_left() -> None:
    group = acting({"A": 4, "B": 4, "C": 4}, least=3)
    ring = ring_of(replace(group, acts=group.acts.assign(unit=group.acts["a"])))
    kept = leave_out(MONDAY + DAY * np.arange(4), 1).kept
    assert stability(ring, BOUNDS, 1).stood == pytest.approx(kept.any(axis=1).mean())


def test_of_a_lead_only_what_nothing_excuses_counts() -> None:
    ring = ring_of(acting({"A": 10, "B": 10, "C": 10}, least=4))
    assert stability(ring, BOUNDS, 1).stood == 1.0
    first = (ring.group.acts["day"] == MONDAY).to_numpy() & (ring.group.acts["a"] == "A")
    partly = replace(ring, excused=np.where(first, "", "household"))
    assert stability(partly, BOUNDS, 1).stood == 0.0
    explained = replace(partly, verdict=replace(ring.verdict, status="explained"))
    assert stability(explained, BOUNDS, 1).stood == 1.0


def test_a_ring_needs_its_fewest_persons() -> None:
    ring = ring_of(acting({"A": 9, "B": 9, "C": 1}))
    assert stability(ring, BOUNDS, 1).stood == pytest.approx(0.8)
    assert shares(ring)["C"] == 1.0


def test_the_patterns_own_rule_decides_about_persons() -> None:
    group = replace(acting({"A": 9, "B": 9, "C": 9, "D": 9}), stays=lambda reruns: np.tile(
        [True, True, True, False], (reruns.size, 1)))  # fmt: skip
    found = shares(ring_of(group))
    assert found == {"A": 1.0, "B": 1.0, "C": 1.0, "D": 0.0, "P1": 1.0}


def test_who_stands_on_no_dated_row_has_no_share() -> None:
    group = acting({"A": 9, "B": 9, "C": 9})
    account = pd.DataFrame([("account", "Z", "carrier", 1.0)], columns=group.members.columns)
    ring = ring_of(replace(group, members=pd.concat([account, group.members], ignore_index=True)))
    (told,) = with_stability([ring], {"co_visit": BOUNDS}, 1)
    row = member_table([told]).set_index("entity_id").loc["Z"]
    assert np.isnan(row["stability"])
    assert row["standing"] == ""


def test_who_has_no_act_is_seen_by_the_claims() -> None:
    group = replace(acting({"A": 9, "B": 9, "C": 9}), members=group_of("ABCD").members)
    claims = pd.concat([claims_of(0, "ABC", doctor="D1"), claims_of(0, "D", events=1)])
    assert shares(ring_of(group, claims))["D"] == pytest.approx(0.8)


def test_the_order_of_rows_changes_nothing() -> None:
    group = acting({"A": 9, "B": 6, "C": 3, "D": 1}, least=16)
    claims = claims_of(0, "ABCD", events=9)
    ring = ring_of(group, claims)
    shuffled = replace(
        ring,
        group=replace(group, acts=group.acts.sample(frac=1, random_state=3)),
        claims=claims.sample(frac=1, random_state=4),
    )
    assert stability(shuffled, BOUNDS, 1) == stability(ring, BOUNDS, 1)
    assert stability(ring, BOUNDS, 2) != stability(ring, BOUNDS, 1)


def test_a_ring_whose_stability_was_not_asked_has_empty_cells() -> None:
    ring = ring_of(acting({"A": 9, "B": 9, "C": 9}))
    assert tables.ring_table([ring])["stability"].isna().all()
    assert member_table([ring])["stability"].isna().all()
