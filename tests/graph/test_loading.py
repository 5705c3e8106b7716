"""A snapshot's graph gets into Neo4j whole and once, however often its load is interrupted."""

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import loading
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.schema import prepare
from graphfraud.graph.neo4j.server import LocalServer
from graphfraud.graph.part import Part
from tests.commands.cut_bolt import small_part
from tests.graph.bolt_peer import BoltPeer
from tests.graph.loads import (
    BATCH_ROWS,
    WatchedConnection,
    ask,
    batches_of,
    broken,
    fill_in,
    held,
    stopping,
    the_entry,
)

ENTITIES = "MATCH (n:Entity) RETURN count(n)"
GUARDS = "MATCH (b:LoadBatch) RETURN count(b)"


def interrupted(login: Server, part: Part, nth: int) -> list[str]:
    """Load until the nth batch, which never comes; return the batches that did."""
    with WatchedConnection(login, nth, broken) as breaking:
        with pytest.raises(StoreError, match="The cable is cut"):
            fill_in(breaking, part)
        return breaking.sent


def test_what_is_there_is_not_loaded_again(
    connection: Connection, base: Part, tmp_path: Path
) -> None:
    assert fill_in(connection, base)
    assert not fill_in(connection, base)
    assert held(connection, base, tmp_path) == base.checksum.text
    assert the_entry(connection, base).state == "complete"


def test_the_next_load_sends_what_the_interrupted_one_did_not(
    login: Server, base: Part, connection: Connection, tmp_path: Path
) -> None:
    in_all = batches_of(base)
    before = interrupted(login, base, in_all // 2)
    with WatchedConnection(login) as second:
        assert fill_in(second, base)
        assert len(set(before) | set(second.sent)) == len(before) + len(second.sent) == in_all
    assert held(connection, base, tmp_path) == base.checksum.text


def test_the_size_of_batches_stays_as_it_began(
    login: Server, base: Part, connection: Connection, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    interrupted(login, base, 7)
    assert loading.fill(connection, base, batch_rows=1000)
    assert the_entry(connection, base).batch_rows == BATCH_ROWS
    assert ask(neo4j_driver, GUARDS) == [batches_of(base)]
    assert held(connection, base, tmp_path) == base.checksum.text


class Overlapping(Connection):
    """Notes which statements are under way whenever a batch begins, and keeps the rows it sends."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.met: list[tuple[str, ...]] = []
        self.rows_sent: list[list[object]] = []
        self._under_way: list[str] = []
        self._lock = threading.Lock()

    def write(self, name: str, parameters: Mapping[str, Any] = MappingProxyType({})) -> Any:  # noqa: ANN401
        if "batch" not in parameters:
            return super().write(name, parameters)
        with self._lock:
            self._under_way.append(name)
            self.met.append(tuple(self._under_way))
            self.rows_sent.append(parameters["rows"])
        time.sleep(0.02)  # the next one has time to begin
        written = super().write(name, parameters)
        with self._lock:
            self._under_way.remove(name)
        return written


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_so_many_batches_of_one_statement_are_under_way(
    login: Server, connection: Connection, base: Part, tmp_path: Path, at_once: int
) -> None:
    with Overlapping(login) as overlapping:
        assert loading.fill(overlapping, base, batch_rows=1, at_once=at_once)
    assert max(map(len, overlapping.met)) == at_once
    assert all(len(set(names)) == 1 for names in overlapping.met), "nodes are there before edges"
    assert len(overlapping.rows_sent) == batches_of(base, 1)
    assert not any(overlapping.rows_sent), "a batch that was sent holds no memory"
    assert held(connection, base, tmp_path) == base.checksum.text


def test_rebuilding_takes_a_new_number_and_leaves_nothing_of_the_old(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    fill_in(connection, base)
    before = the_entry(connection, base)
    assert fill_in(connection, base, rebuild=True)
    assert the_entry(connection, base).number > before.number
    assert held(connection, base, tmp_path) == base.checksum.text
    assert ask(neo4j_driver, ENTITIES) == [sum(one.n for one in base.checksum.nodes.values())]
    assert ask(neo4j_driver, GUARDS) == [batches_of(base)]


def test_kinds_without_a_row_are_no_hindrance(connection: Connection, tmp_path: Path) -> None:
    part = small_part(tmp_path / "workspace")
    assert sum(1 for one in part.checksum.nodes.values() if one.n) == 3
    assert fill_in(connection, part)
    assert held(connection, part, tmp_path) == part.checksum.text


def test_two_loaders_at_once_load_one_graph(
    empty_neo4j: LocalServer, base: Part, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    gate = threading.Barrier(2)

    def load(_: int) -> bool:
        with Connection(empty_neo4j.login) as connection:
            gate.wait()
            return fill_in(connection, base)

    with ThreadPoolExecutor(2) as pool:
        assert any(pool.map(load, range(2)))
    with Connection(empty_neo4j.login) as connection:
        assert held(connection, base, tmp_path) == base.checksum.text
    assert ask(neo4j_driver, GUARDS) == [batches_of(base)]


def test_another_hands_node_is_no_batch_of_ours(
    connection: Connection, base: Part, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    prepare(connection)
    entry = loading._begin(connection, base, BATCH_ROWS)
    ask(neo4j_driver, "CREATE (:Entity {key: $key})", key=entry.base + 1)
    with pytest.raises(StoreError, match="that no batch accounts for") as told:
        fill_in(connection, base)
    assert "--rebuild" in told.value.hint
    assert fill_in(connection, base, rebuild=True)
    assert held(connection, base, tmp_path) == base.checksum.text


def test_a_graph_that_lacks_something_is_never_called_complete(
    login: Server, connection: Connection, base: Part, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    def lose() -> None:
        ask(neo4j_driver, "MATCH (n:Phone) DETACH DELETE n")

    with WatchedConnection(login, batches_of(base), lose) as losing:
        with pytest.raises(StoreError, match="holds 0 of 1 Phone") as told:
            fill_in(losing, base)
        assert "--rebuild" in told.value.hint
        assert the_entry(connection, base).state == "loading"
        with pytest.raises(StoreError, match="holds 0 of 1 Phone"):
            fill_in(losing, base)
    assert fill_in(connection, base, rebuild=True)
    assert held(connection, base, tmp_path) == base.checksum.text


def test_a_graph_of_another_making_is_refused(connection: Connection, base: Part) -> None:
    fill_in(connection, base)
    changed = replace(base, checksum=replace(base.checksum, nodes={}))
    with pytest.raises(StoreError, match="another version of graphfraud") as told:
        fill_in(connection, changed)
    assert "--rebuild" in told.value.hint


def test_a_server_that_goes_away_amid_a_load_is_a_store_error(
    login: Server, connection: Connection, base: Part, neo4j_server: LocalServer, tmp_path: Path
) -> None:
    with (
        BoltPeer(("127.0.0.1", neo4j_server.port)) as peer,
        WatchedConnection(replace(login, uri=peer.uri), 9, peer.close) as cut,
        pytest.raises(StoreError, match=r"not reachable|was being committed") as told,
    ):
        fill_in(cut, base)
    assert told.value.hint
    assert fill_in(connection, base)
    assert held(connection, base, tmp_path) == base.checksum.text


def test_progress_counts_up_to_the_end(connection: Connection, base: Part) -> None:
    told: list[tuple[str, int, int | None]] = []
    loading.fill(connection, base, lambda *one: told.append(one), batch_rows=BATCH_ROWS)
    counted = [done for stage, done, _ in told if stage == "fill graph"]
    totals = {total for stage, _, total in told if stage == "fill graph"}
    rows = [*base.checksum.nodes.values(), *base.checksum.edges.values()]
    assert counted == sorted(counted)
    assert totals == {counted[-1]} == {sum(one.n for one in rows)}
    assert len(counted) == batches_of(base) + 1


@pytest.mark.parametrize(("stage", "after"), [("fill graph", 9), ("index graph", 1)])
def test_ctrl_c_stops_and_the_next_load_finishes(
    connection: Connection, base: Part, tmp_path: Path, stage: str, after: int
) -> None:
    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        loading.fill(connection, base, stopping(stage, after), batch_rows=BATCH_ROWS)
    assert threading.active_count() == threads
    assert the_entry(connection, base).state == "loading"
    assert fill_in(connection, base)
    assert held(connection, base, tmp_path) == base.checksum.text
