"""Filling, publishing, removing, as the contract has it: asked of every store, from empty on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.contract import Store
from graphfraud.graph.findings_part import findings_part
from graphfraud.graph.part import Part
from graphfraud.model.results import RESULTS
from graphfraud.workspace import RunRecord, WorkspaceFolder
from tests.engine.feeds import deliver
from tests.graph.case_by_hand import by_hand
from tests.graph.case_rows import person, visit
from tests.graph.stores import KINDS, World, a_store

# The ring, its three members, and the account and the address that p1 and p2 share.
OF_R1 = {"R1", "p1", "p2", "F1", "AC1", "甲路1号"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(by_hand(tmp_path / "hand"))


@pytest.fixture
def other(tmp_path: Path) -> World:
    """Return a world of its own: one person with one claim; its run found nothing."""
    workspace = WorkspaceFolder.open(tmp_path / "other", create=True)
    deliver(
        workspace, {"persons": [person("p1", "王一")], "claims": [visit("c1", "p1", "2025-01-01")]}
    )
    snapshot = workspace.snapshot()
    run(workspace, snapshot.snapshot_id, "run0", [])
    return World(workspace)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, world: World, request: pytest.FixtureRequest) -> Iterator[Store]:
    with a_store(kind, world, request) as empty:
        yield empty
        empty.remove()


def run(workspace: WorkspaceFolder, snapshot_id: str, run_id: str, rings: list[str]) -> RunRecord:
    """Publish a run that found rings of one member, p1."""
    rows = {"rings": rings, "ring_members": [f"{ring}:person:p1" for ring in rings]}
    with workspace.staging() as staging:
        for name, table in RESULTS.items():
            lines = [",".join(table.columns)]
            for row in rows.get(name, []):
                cells = row.split(":")
                lines.append(",".join(cells + [""] * (len(table.columns) - len(cells))))
            (staging / table.file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (staging / "run.json").write_text("{}", encoding="utf-8")
        return workspace.publish_run(staging, RunRecord(run_id, snapshot_id, "{}", 1, "0", run_id))


def found_later(world: World, rings: list[str]) -> Part:
    record = run(world.workspace, world.snapshot.snapshot_id, "run2", rings)
    return findings_part(world.workspace, record, world.base)


def test_a_second_fill_is_no_news(store: Store, world: World) -> None:
    assert store.fill(world.base)
    assert not store.fill(world.base)
    assert store.checksum().differences(world.base.checksum) == []


def test_a_second_publishing_is_no_news(store: Store, world: World) -> None:
    store.fill(world.base)
    assert store.publish(world.found)
    assert not store.publish(world.found)
    whole = world.base.checksum.plus(world.found.checksum)
    assert store.checksum().differences(whole) == []
    assert {node.id for node in store.ring("R1").nodes} == OF_R1


def test_another_run_takes_the_place_of_the_first(store: Store, world: World) -> None:
    store.fill(world.base)
    store.publish(world.found)
    later = found_later(world, ["R7", "R8"])
    assert store.publish(later)
    whole = world.base.checksum.plus(later.checksum)
    assert store.checksum().differences(whole) == []
    assert store.find("Ring", "R1") is None
    assert [node.id for node in store.ring("R8").nodes] == ["p1", "R8"]
    p1 = store.find("InsuredPerson", "p1")
    assert p1
    around = store.neighbourhood([p1.number])
    assert {node.id for node in around.nodes if node.kind == "Ring"} == {"R7", "R8"}
    assert store.publish(world.found)
    assert store.find("Ring", "R7") is None


def test_a_run_that_found_nothing(store: Store, world: World) -> None:
    store.fill(world.base)
    store.publish(world.found)
    assert store.publish(found_later(world, []))
    assert store.checksum().text == world.base.checksum.text


def test_unpublished_findings_are_none(store: Store, world: World) -> None:
    store.fill(world.base)
    nodes, edges = store.counts()
    assert (nodes["Ring"], nodes["DuplicateSet"], edges["MEMBER_OF"]) == (0, 0, 0)
    assert store.find("Ring", "R1") is None
    assert store.ask("ring_members")[1] == []
    with pytest.raises(StoreError, match="ring"):
        store.ring("R1")


def test_rebuilding_begins_anew(store: Store, world: World) -> None:
    store.fill(world.base)
    store.publish(world.found)
    assert store.fill(world.base, rebuild=True)
    assert store.checksum().text == world.base.checksum.text
    assert store.publish(world.found)
    assert {node.id for node in store.ring("R1").nodes} == OF_R1


def test_nothing_can_be_asked_of_an_empty_store(store: Store, world: World) -> None:
    asked: list[Callable[[], object]] = [
        store.counts,
        store.checksum,
        lambda: store.find("Claim", "c1"),
        lambda: store.nodes([0]),
        lambda: store.search("王"),
        lambda: store.neighbourhood([0]),
        lambda: store.paths(0, 1),
        lambda: store.ring("R1"),
        lambda: store.ask("ring_members"),
        lambda: store.publish(world.found),
    ]
    for ask in asked:
        with pytest.raises(StoreError) as refused:
            ask()
        assert "graphfraud graph fill" in refused.value.hint


def test_removing_leaves_other_snapshots_alone(
    store: Store, world: World, other: World, kind: str, request: pytest.FixtureRequest
) -> None:
    store.fill(world.base)
    store.publish(world.found)
    with a_store(kind, other, request) as beside:
        assert beside.fill(other.base)
        store.remove()
        assert beside.checksum().text == other.base.checksum.text
        assert [hit.node.id for hit in beside.search("王一")] == ["p1"]
        with pytest.raises(StoreError):
            store.counts()
        store.remove()
        assert store.fill(world.base)
        beside.remove()
    assert store.checksum().text == world.base.checksum.text


def test_progress_ends_where_it_said(store: Store, world: World) -> None:
    told: list[tuple[str, int, int | None]] = []
    store.fill(world.base, lambda *report: told.append(report))
    assert told
    assert all(total is None or 0 <= done <= total for _, done, total in told)
