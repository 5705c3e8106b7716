"""A graph that is removed or begun anew meets no remains of an old load, and leaves none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import loading
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.entry import Entry, entries, entry_of
from graphfraud.graph.neo4j.rows import streams
from graphfraud.graph.neo4j.schema import prepare
from graphfraud.graph.part import Part
from tests.graph.loads import (
    BATCH_ROWS,
    Parts,
    ask,
    batch_of,
    batches_of,
    begin,
    fill_in,
    halfway,
    held,
    in_the_meantime,
    publish_part,
    stopping,
    the_entry,
)

ENTITIES = "MATCH (n:Entity) RETURN count(n)"
GUARDS = "MATCH (b:LoadBatch) RETURN count(b)"


def send_first(connection: Connection, part: Part, entry: Entry) -> None:
    """Send the first batch of a part as a load of this entry does."""
    stream = next(streams(part))
    loading._send(connection, stream, entry, *next(loading._numbered(stream, entry)))


def test_graphs_begun_at_once_get_numbers_of_their_own(connection: Connection, base: Part) -> None:
    prepare(connection)
    several = [replace(base, snapshot_id=f"{n:032x}") for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        numbers = pool.map(lambda part: loading._begin(connection, part, 1).number, several)
        assert sorted(numbers) == list(range(1, 13))
    assert len(entries(connection)) == 12


def test_a_batch_that_comes_twice_happens_once(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver
) -> None:
    entry = begin(connection, base)
    for _ in range(2):
        send_first(connection, base, entry)
    assert ask(neo4j_driver, ENTITIES) == [BATCH_ROWS]


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_load_that_was_given_up_writes_nothing_more(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver, rebuilt: bool
) -> None:
    old = begin(connection, base)
    if rebuilt:
        fill_in(connection, base, rebuild=True)
    else:
        loading.remove(connection, base.snapshot_id)
    before = ask(neo4j_driver, ENTITIES)
    with pytest.raises(StoreError, match="removed, or begun anew") as told:
        send_first(connection, base, old)
    assert "graphfraud graph fill" in told.value.hint
    with pytest.raises(StoreError, match="removed, or begun anew"):
        loading._end(connection, "load/complete", old)
    assert ask(neo4j_driver, ENTITIES) == before


def test_a_load_out_of_its_removal_is_whole(
    connection: Connection,
    parts: Parts,
    neo4j_driver: neo4j.Driver,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    fill_in(connection, parts.base)
    publish_part(connection, parts.run_a)
    before = ask(neo4j_driver, ENTITIES)[0]
    with pytest.raises(KeyboardInterrupt):
        loading.remove(connection, parts.base.snapshot_id, stopping("remove graph", 12))
    assert 0 < ask(neo4j_driver, ENTITIES)[0] < before
    assert the_entry(connection, parts.base).state == "removing"
    assert fill_in(connection, parts.base)
    assert held(connection, parts.base, tmp_path) == parts.base.checksum.text
    assert ask(neo4j_driver, GUARDS) == [batches_of(parts.base)]


def test_removing_leaves_another_snapshots_graph_alone(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    fill_in(connection, parts.base)
    fill_in(connection, parts.other)
    publish_part(connection, parts.run_a)
    for _ in range(2):
        loading.remove(connection, parts.base.snapshot_id)
    assert entry_of(connection, parts.base.snapshot_id) is None
    assert held(connection, parts.other, tmp_path) == parts.other.checksum.text
    assert ask(neo4j_driver, GUARDS) == [batches_of(parts.other)]
    assert len(entries(connection)) == 1


def test_a_batch_amid_its_commit_is_waited_for_and_removed(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver
) -> None:
    entry = begin(connection, base)
    statement_of, given = batch_of(base, entry)
    with halfway(neo4j_driver, statement_of, **given):
        removal = in_the_meantime(lambda: loading.remove(connection, base.snapshot_id))
        assert not removal.done()
    removal.result()
    assert ask(neo4j_driver, ENTITIES) == ask(neo4j_driver, GUARDS) == [0]


@pytest.mark.parametrize(
    ("ending", "begun", "left"),
    [
        ("load/complete", "load/begin_removal", ("removing", "complete")),
        ("publish/complete", "publish/withdraw", ("complete", "")),
    ],
)
def test_what_is_being_removed_is_not_called_complete(
    connection: Connection,
    parts: Parts,
    neo4j_driver: neo4j.Driver,
    ending: str,
    begun: str,
    left: tuple[str, str],
) -> None:
    fill_in(connection, parts.base)
    publish_part(connection, parts.run_a)
    entry = the_entry(connection, parts.base)
    given = {"graph": entry.number, "snapshot": entry.snapshot}
    with halfway(neo4j_driver, begun, **given):
        end = in_the_meantime(lambda: loading._end(connection, ending, entry))
        assert not end.done()
    with pytest.raises(StoreError, match="removed, or begun anew"):
        end.result()
    after = the_entry(connection, parts.base)
    assert (after.state, after.run_state) == left


def test_nothing_is_published_on_a_graph_that_is_being_removed(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver
) -> None:
    fill_in(connection, parts.base)
    entry = the_entry(connection, parts.base)
    with halfway(neo4j_driver, "load/begin_removal", snapshot=entry.snapshot):
        late = in_the_meantime(lambda: loading.publish(connection, parts.run_a, entry))
        assert not late.done()
    with pytest.raises(StoreError, match="removed, or begun anew"):
        late.result()
    assert the_entry(connection, parts.base).state == "removing"


@pytest.mark.parametrize("late", ["publish/begin", "publish/withdraw"])
def test_a_statement_that_waited_sees_that_the_graph_is_being_removed(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver, late: str
) -> None:
    fill_in(connection, parts.base)
    entry = the_entry(connection, parts.base)
    given = {"graph": entry.number, "run": "r", "checksum": "c", "lanes": loading.LANES}
    with halfway(neo4j_driver, "load/begin_removal", snapshot=entry.snapshot):
        waiting = in_the_meantime(lambda: connection.write(late, given))
        assert not waiting.done()
    assert waiting.result() == []
    assert the_entry(connection, parts.base).round == entry.round + 1, "the removal's alone"


def test_a_graph_that_is_loading_is_not_withdrawn_from(connection: Connection, base: Part) -> None:
    entry = begin(connection, base)
    with pytest.raises(StoreError, match="removed, or begun anew"):
        loading.clear_findings(connection, entry)
    assert the_entry(connection, base).round == entry.round


def test_a_removal_goes_for_the_graph_that_is_there_now(
    connection: Connection,
    base: Part,
    neo4j_driver: neo4j.Driver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill_in(connection, base)
    old = the_entry(connection, base)
    fill_in(connection, base, rebuild=True)
    monkeypatch.setattr(loading, "entry_of", lambda *_: old)
    loading.remove(connection, base.snapshot_id)
    assert entries(connection) == []
    assert ask(neo4j_driver, ENTITIES) == ask(neo4j_driver, GUARDS) == [0]


def test_a_graph_that_another_process_removes_is_not_filled(
    connection: Connection, base: Part
) -> None:
    begin(connection, base)
    connection.write("load/begin_removal", {"snapshot": base.snapshot_id})
    with pytest.raises(StoreError, match="removed, or begun anew"):
        loading._begin(connection, base, BATCH_ROWS)
    assert fill_in(connection, base)
