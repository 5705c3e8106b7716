"""Two runs written by hand, whose differences are known."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graphfraud.api import Results, Workspace
from graphfraud.api.comparison import Comparison, compare_results
from graphfraud.model.results import RESULTS

Rings = Mapping[str, str]  # ring -> its persons, a letter each


def folder(
    path: Path,
    rings: Rings,
    run: Mapping[str, Any] | None = None,
    cells: Mapping[str, str] | None = None,
) -> Results:
    """Write a run in which rings stand by rank; `cells`: what every ring's row says beside."""
    path.mkdir()
    rows = [
        {"ring_id": ring, "rank": str(rank), "pattern": "co_visit", "status": "lead"}
        | {"fund_amount": "1.00"}
        | dict(cells or {})
        for rank, ring in enumerate(rings, 1)
    ]
    members = [
        {"ring_id": ring, "entity_type": kind, "entity_id": one}
        for ring, persons in rings.items()
        for kind, one in [*(("person", p) for p in persons), ("facility", "F")]
    ]
    for name, table in {"rings": rows, "ring_members": members}.items():
        frame = pd.DataFrame(table, columns=list(RESULTS[name].columns))
        frame.to_csv(path / RESULTS[name].file, index=False)
    (path / "run.json").write_text(json.dumps({"run_id": path.name, **(run or {})}))
    return Results(path)


def compared(tmp_path: Path, a: Rings, b: Rings, **run: Sequence[Mapping[str, Any]]) -> Comparison:
    about = {name: dict(zip("ab", pair, strict=True)) for name, pair in run.items()}
    one, other = (
        folder(tmp_path / end, rings, {name: both[end] for name, both in about.items()})
        for end, rings in (("a", a), ("b", b))
    )
    return compare_results(one, other)


def pairs(found: Comparison) -> list[tuple[str, str, str]]:
    columns = ["found_in", "ring_id_a", "ring_id_b"]
    return [tuple(row) for row in found.rings[columns].to_numpy().tolist()]


def test_a_run_beside_itself_has_no_difference(tmp_path: Path) -> None:
    rings = {"R1": "abc", "R2": "cde"}
    found = compared(tmp_path, rings, rings)
    assert found.counts == {"both": 2, "only_a": 0, "only_b": 0, "changed": 0}
    assert found.members.empty
    assert found.parameters.empty


def test_rings_that_share_half_their_persons_are_one_that_changed(tmp_path: Path) -> None:
    found = compared(tmp_path, {"R1": "abc", "R2": "xyz"}, {"S1": "abd", "S2": "xpqr"})
    assert pairs(found) == [("both", "R1", "S1"), ("only_a", "R2", ""), ("only_b", "", "S2")]
    assert found.rings["jaccard"].tolist() == [0.5, 0.0, 0.0]
    moved = found.members[["entity_id", "moved"]].to_numpy().tolist()
    assert moved == [["d", "joined"], ["c", "left"]]
    assert found.rings["changed"].tolist() == [True, False, False]


def test_places_do_not_make_two_rings_one(tmp_path: Path) -> None:
    found = compared(tmp_path, {"R1": "a"}, {"S1": "b"})  # both at the facility F
    assert found.counts["both"] == 0


def test_a_ring_has_one_partner_and_its_own_id_goes_first(tmp_path: Path) -> None:
    found = compared(tmp_path, {"R1": "abcd", "R2": "abce"}, {"R2": "abcd", "S": "abcd"})
    assert pairs(found) == [("both", "R1", "S"), ("both", "R2", "R2")]


def test_partners_are_those_with_the_highest_sum(tmp_path: Path) -> None:
    found = compared(tmp_path, {"R1": "abcd", "R2": "abc"}, {"S1": "abcd", "S2": "abcdef"})
    assert pairs(found) == [("both", "R1", "S2"), ("both", "R2", "S1")] or pairs(found) == [
        ("both", "R1", "S1"),
        ("both", "R2", "S2"),
    ]
    assert sum(found.rings["jaccard"]) == pytest.approx(max(4 / 6 + 3 / 4, 1 + 3 / 6))


def test_status_rank_and_money_are_told_of_both(tmp_path: Path) -> None:
    a = folder(tmp_path / "a", {"R1": "abc", "R2": "def"})
    b = folder(tmp_path / "b", {"R2": "def"}, cells={"status": "explained", "fund_amount": "2.50"})
    rows = compare_results(a, b).rings.to_dict("records")
    (row,) = (one for one in rows if one["ring_id_a"] == "R2")
    assert (row["status_a"], row["status_b"]) == ("lead", "explained")
    assert (row["rank_a"], row["rank_b"]) == (2, 1)
    assert (row["fund_amount_a"], row["fund_amount_b"]) == (100, 250)
    assert row["changed"]


def test_what_was_asked_differently_is_told(tmp_path: Path) -> None:
    settings = ({"co_visit": {"x": 1, "y": 2}}, {"co_visit": {"x": 1, "y": 3}, "other": {"z": 0}})
    tables = ({"tables": {"claims": {"kept": 5}}}, {"tables": {"claims": {"kept": 9}}})
    found = compared(tmp_path, {}, {}, parameters=settings, snapshot=tables)
    assert found.parameters.to_numpy().tolist() == [["co_visit.y", 2, 3], ["other.z", None, 0]]
    assert found.snapshot.to_numpy().tolist() == [["claims.kept", 5, 9]]
    assert found.counts == {"both": 0, "only_a": 0, "only_b": 0, "changed": 0}


def test_feeds_of_one_snapshot_alone_are_named_where_both_are_known(tmp_path: Path) -> None:
    a = folder(tmp_path / "a", {}, {"snapshot_id": "s"})
    b = folder(tmp_path / "b", {}, {"snapshot_id": "t"})
    found = compare_results(a, b, {"s": ("f1", "f2"), "t": ("f2", "f3")})
    assert found.feeds.to_numpy().tolist() == [["f1", "only_a"], ["f3", "only_b"]]
    assert compare_results(a, b, {"s": ("f1",)}).feeds.empty


def test_runs_are_named_by_id_by_folder_or_handed_over(case: Workspace, tmp_path: Path) -> None:
    (run,) = case.runs()
    saved = case.results().save(tmp_path / "saved")
    for one in (run.run_id, saved, str(saved), Results(saved)):
        assert case.compare(run.run_id, one).counts["changed"] == 0


def test_run_table_tells_each_run(case: Workspace) -> None:
    (row,) = case.run_table().to_dict("records")
    assert (row["run_id"], row["leads"]) == (case.runs()[0].run_id, 1)
    assert row["patterns"].split(",") == list(case.results().run["parameters"])
