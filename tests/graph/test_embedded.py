"""What only the embedded store can do wrong: its files, other processes, damage."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import StoreError
from graphfraud.graph import embedded_fill, embedded_search, embedded_subgraphs
from graphfraud.graph.embedded import EmbeddedStore
from graphfraud.graph.embedded_adjacency import COLUMNS, Adjacency
from graphfraud.graph.embedded_rows import PackedRows
from graphfraud.graph.part import VERSION
from graphfraud.model.ontology import ONTOLOGY
from tests.graph.oracle import alignment
from tests.graph.stores import World, a_crowd

Ask = Callable[[EmbeddedStore], object]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = a_crowd(tmp_path_factory.mktemp("embedded"))
    with EmbeddedStore(world.workspace, world.snapshot) as store:
        store.fill(world.base)
        store.publish(world.found)
    return world


@pytest.fixture
def world(crowd: World, tmp_path: Path) -> World:
    """Return a full copy that a test may damage."""
    copy = Path(shutil.copytree(crowd.workspace.path, tmp_path / "copy"))
    return World(crowd.workspace.open(copy))


@pytest.fixture
def store(world: World) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(world.workspace, world.snapshot) as store:
        yield store


@pytest.fixture
def shelf(world: World) -> Path:
    return world.base.folder.parent / embedded_fill.SHELF


def test_nothing_temporary_is_left(world: World) -> None:
    with EmbeddedStore(world.workspace, world.snapshot) as store:
        store.fill(world.base, rebuild=True)
        store.publish(world.found)
        store.search("p1")
        assert list(world.workspace.tmp.glob("*.owner"))
    assert [path.name for path in world.workspace.tmp.iterdir()] == ["workspace.lock"]


def test_a_store_can_be_opened_again(store: EmbeddedStore) -> None:
    before = store.search("p1")
    store.__exit__(None, None, None)
    assert store.search("p1") == before


def test_another_process_may_publish(store: EmbeddedStore, world: World) -> None:
    with EmbeddedStore(world.workspace, world.snapshot) as other:
        rings = store.counts()[0]["Ring"]
        other.fill(world.base, rebuild=True)
        assert store.counts()[0]["Ring"] == 0
        assert store.ask("ring_members")[1] == []
        other.publish(world.found)
        assert store.counts()[0]["Ring"] == rings > 0
        assert store.ask("ring_members")[1]


def test_two_fill_at_once(store: EmbeddedStore, world: World) -> None:
    store.remove()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with EmbeddedStore(world.workspace, world.snapshot) as mine:
                mine.fill(world.base)
                mine.publish(world.found)
        except BaseException as error:  # noqa: BLE001  whatever it is, the test must see it
            failed.append(error)

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    whole = world.base.checksum.plus(world.found.checksum)
    assert store.checksum().text == whole.text


def test_a_fill_that_was_interrupted_left_nothing(
    store: EmbeddedStore, world: World, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.remove()
    with monkeypatch.context() as patched:
        patched.setattr(embedded_fill, "write_adjacency", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.fill(world.base)
    assert not shelf.exists()
    assert store.fill(world.base)
    assert store.checksum().text == world.base.checksum.text


def test_a_publishing_that_was_interrupted_changed_nothing(
    store: EmbeddedStore, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.fill(world.base, rebuild=True)
    with monkeypatch.context() as patched:
        patched.setattr(embedded_fill, "write_adjacency", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.publish(world.found)
    assert store.checksum().text == world.base.checksum.text
    assert store.publish(world.found)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_only_parts_of_its_own_are_taken(
    store: EmbeddedStore, world: World, tmp_path: Path
) -> None:
    other = a_crowd(tmp_path)
    with pytest.raises(StoreError, match="not the graph of the snapshot"):
        store.fill(world.found)
    with pytest.raises(StoreError, match="not the graph of a run"):
        store.publish(world.base)
    assert other.snapshot.snapshot_id == world.snapshot.snapshot_id
    changed = type(world.base)(world.base.folder, "other", "", world.base.checksum)
    with pytest.raises(StoreError, match="not the graph of the snapshot"):
        store.fill(changed)


def test_another_version_of_the_part_is_refused(store: EmbeddedStore, world: World) -> None:
    changed = type(world.base)(
        world.base.folder,
        world.base.snapshot_id,
        "",
        world.base.checksum.plus(world.found.checksum),
    )
    with pytest.raises(StoreError, match="another version") as refused:
        store.fill(changed)
    assert "--rebuild" in refused.value.hint


def damaged_files(world: World, shelf: Path) -> list[tuple[Path, Ask]]:
    person = world.oracle.of_kind("InsuredPerson")[0]
    ring = world.oracle.of_kind("Ring")[0]
    return [
        (world.base.nodes("InsuredPerson"), lambda store: store.nodes([person.number])),
        (world.base.nodes("Claim"), lambda store: store.counts()),
        (world.base.edges("FILED"), lambda store: store.neighbourhood([person.number])),
        (world.base.edges("FILED"), lambda store: store.checksum()),
        (world.base.nodes("Claim"), lambda store: store.search("c1")),
        (world.found.nodes("Ring"), lambda store: store.ring(ring.id)),
        (world.found.edges("MEMBER_OF"), lambda store: store.ask("ring_members")),
        (shelf / world.base.folder.name / "names.parquet", lambda store: store.search("c1")),
        (shelf / world.base.folder.name / "adjacency" / "time", lambda store: store.paths(0, 1)),
    ]


@pytest.mark.parametrize("place", range(9))
@pytest.mark.parametrize("damage", ["gone", "cut", "garbage"])
def test_damage_is_named(
    store: EmbeddedStore, world: World, shelf: Path, place: int, damage: str
) -> None:
    path, ask = damaged_files(world, shelf)[place]
    path.chmod(0o644)
    content = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"garbage")
    with pytest.raises(StoreError) as refused:
        ask(store)
    assert path.name in refused.value.message or path.parent.name in refused.value.message
    assert refused.value.hint


def test_a_damaged_mark_is_named_and_none_is_an_empty_store(
    store: EmbeddedStore, world: World, shelf: Path
) -> None:
    mark = shelf / "store.json"
    for content in ("{", "[]", '{"part": "graph-1", "pirates": 3}'):
        mark.write_text(content)
        with pytest.raises(StoreError, match=r"store\.json cannot be read"):
            store.nodes([0])
    mark.unlink()
    with pytest.raises(StoreError, match="not filled"):
        store.nodes([0])
    assert store.fill(world.base)
    assert store.nodes([0])


def test_too_many_relationships(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_subgraphs, "MOST_ROWS", 3)
    with pytest.raises(StoreError, match="Too many relationships"):
        store.paths(0, 1)


def test_rows_across_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"n": pa.array(range(1000))}), path, row_group_size=64)
    rows = PackedRows(path)
    wanted = np.array([0, 63, 64, 65, 127, 640, 998, 999])
    assert len(rows) == 1000
    assert [row["n"] for row in rows.take(wanted)] == wanted.tolist()
    assert rows.take(wanted[:0]) == []
    with pytest.raises(StoreError, match="row 1000 is missing"):
        rows.take(np.array([1000]))
    rows.close()


def test_the_adjacency_is_sorted_and_seen_from_both_ends(world: World, shelf: Path) -> None:
    found = Adjacency.open(shelf / world.base.folder.name / "adjacency")
    assert np.all(np.diff(found.node) >= 0)
    assert set(COLUMNS) == {path.name for path in (shelf / VERSION / "adjacency").iterdir()}
    loops = found.node == found.other
    assert found.outward[loops].all()
    assert found.outward[~loops].sum() * 2 == (~loops).sum()


def test_names_one_slip_away_are_all_found(tmp_path: Path) -> None:
    lot = random.Random(3)  # noqa: S311  a test draws its cases
    names = ["".join(lot.choices("张王甲b", k=lot.randrange(1, 8))) for _ in range(600)]
    columns = {"node": range(len(names)), "kind": [0] * len(names), "name": names}
    pq.write_table(pa.table(columns), tmp_path / "names.parquet")
    kinds = [next(iter(ONTOLOGY.nodes.values()))]
    with Engine(temporary=tmp_path / "spill", allowed=[tmp_path]) as engine:
        for text in [name for name in names if len(name) > 2][:80]:
            found = embedded_search._nearly(engine, tmp_path / "names.parquet", text, kinds)
            near = [n for n, name in enumerate(names) if alignment(name, text) == 1]
            assert found == [(n, 3) for n in near]
