"""Batches in two lanes go side by side; whoever ends a load waits for those of all lanes."""

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import neo4j
import pytest

from graphfraud.graph.neo4j import loading
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.entry import Entry
from graphfraud.graph.part import Part
from tests.graph.loads import (
    Parts,
    ask,
    batch_of,
    begin,
    fill_in,
    halfway,
    held,
    in_the_meantime,
    publish_part,
    the_entry,
)

LANE_NODES = "MATCH (l:LoadLane) RETURN l.number ORDER BY l.number"
GUARDS = "MATCH (b:LoadBatch) RETURN b.id"
LAST = loading.LANES - 1


def to_end(entry: Entry) -> dict[str, Any]:
    """Return what the statements that end a load are given."""
    run = {"run": "r", "checksum": "c", "lanes": loading.LANES}
    return {"graph": entry.number, "snapshot": entry.snapshot, **run}


@pytest.mark.parametrize(("lane", "waits"), [(0, True), (1, False), (LAST, False)])
def test_a_batch_waits_for_the_one_before_it_in_its_lane_alone(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver, lane: int, waits: bool
) -> None:
    entry = begin(connection, base)
    statement_of, given = batch_of(base, entry)
    name, more = batch_of(base, entry, place=1, lane=lane)
    with halfway(neo4j_driver, statement_of, **given):
        second = in_the_meantime(lambda: connection.write(name, more))
        assert second.done() is not waits
    assert second.result() != [[0]]
    assert set(ask(neo4j_driver, GUARDS)) == {given["batch"], more["batch"]}


@pytest.mark.parametrize("lane", [0, LAST])
@pytest.mark.parametrize("ending", ["load/begin_removal", "publish/begin", "publish/withdraw"])
def test_whoever_ends_a_load_waits_for_the_batches_of_all_lanes(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver, ending: str, lane: int
) -> None:
    fill_in(connection, parts.base)
    entry = the_entry(connection, parts.base)
    statement_of, batch = batch_of(parts.run_a, entry, lane=lane)
    with halfway(neo4j_driver, statement_of, **batch):
        end = in_the_meantime(lambda: connection.write(ending, to_end(entry)))
        assert not end.done()
    assert end.result()
    assert batch["batch"] in ask(neo4j_driver, GUARDS)


@pytest.mark.parametrize("lane", [0, LAST])
@pytest.mark.parametrize("ending", ["load/begin_removal", "publish/begin", "publish/withdraw"])
def test_a_batch_of_any_lane_that_waited_for_the_end_of_its_load_writes_nothing(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver, ending: str, lane: int
) -> None:
    fill_in(connection, parts.base)
    entry = the_entry(connection, parts.base)
    name, batch = batch_of(parts.run_a, entry, lane=lane)
    with halfway(neo4j_driver, ending, **to_end(entry)):
        late = in_the_meantime(lambda: connection.write(name, batch))
        assert not late.done()
    assert late.result() == [[0]]
    assert batch["batch"] not in ask(neo4j_driver, GUARDS)


def test_lanes_come_and_go_with_their_graph(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver
) -> None:
    fill_in(connection, parts.base)
    assert not fill_in(connection, parts.base)
    assert ask(neo4j_driver, LANE_NODES) == list(range(loading.LANES))
    loading.remove(connection, parts.base.snapshot_id)
    assert ask(neo4j_driver, LANE_NODES) == []


def test_a_graph_without_lanes_gets_them_with_its_first_publication(
    connection: Connection, parts: Parts, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    fill_in(connection, parts.base)
    ask(neo4j_driver, "MATCH (l:LoadLane) DELETE l")  # as an offline import leaves it
    assert publish_part(connection, parts.run_a)
    assert ask(neo4j_driver, LANE_NODES) == list(range(loading.LANES))
    together = parts.base.checksum.plus(parts.run_a.checksum).text
    assert held(connection, parts.base, tmp_path) == together


class Lanes(Connection):
    """Notes which lanes are in use whenever a batch begins."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.met: list[tuple[int, ...]] = []
        self._in_use: list[int] = []
        self._lock = threading.Lock()

    def write(self, name: str, parameters: Mapping[str, Any] = MappingProxyType({})) -> Any:  # noqa: ANN401
        if "lane" not in parameters:
            return super().write(name, parameters)
        with self._lock:
            self._in_use.append(parameters["lane"])
            self.met.append(tuple(self._in_use))
        time.sleep(0.02)  # the next one has time to begin
        written = super().write(name, parameters)
        with self._lock:
            self._in_use.remove(parameters["lane"])
        return written


@pytest.mark.parametrize("at_once", [1, 2, loading.LANES + 5])
def test_batches_under_way_have_lanes_of_their_own(login: Server, base: Part, at_once: int) -> None:
    with Lanes(login) as noting:
        assert loading.fill(noting, base, batch_rows=1, at_once=at_once)
    assert all(len(set(lanes)) == len(lanes) for lanes in noting.met)
    used = {lane for lanes in noting.met for lane in lanes}
    assert used <= set(range(min(at_once, loading.LANES)))
    assert len(used) >= min(at_once, 2)
