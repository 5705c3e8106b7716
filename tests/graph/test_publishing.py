"""What a run found lies on the graph whole, or is seen not to, whoever published before."""

from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import loading
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.graph.neo4j.rows import streams
from graphfraud.graph.part import Part
from tests.graph.loads import (
    Parts,
    WatchedConnection,
    ask,
    batches_of,
    broken,
    fill_in,
    held,
    publish_part,
    the_entry,
)


@pytest.fixture
def connection(login: Server, parts: Parts) -> Iterator[Connection]:
    """Return a connection to a server that has the snapshot's graph."""
    with Connection(login, retry_seconds=2) as connection:
        fill_in(connection, parts.base)
        yield connection


def together(parts: Parts, run: Part) -> str:
    return parts.base.checksum.plus(run.checksum).text


def interrupted(login: Server, run: Part, nth: int) -> list[str]:
    """Publish until the nth batch, which never comes; return the batches that did."""
    with WatchedConnection(login, nth, broken) as breaking:
        with pytest.raises(StoreError, match="The cable is cut"):
            publish_part(breaking, run)
        return breaking.sent


def test_one_run_after_the_other_and_the_first_again(
    connection: Connection, parts: Parts, tmp_path: Path
) -> None:
    for run in (parts.run_a, parts.run_b, parts.run_a):
        assert publish_part(connection, run)
        assert not publish_part(connection, run)
        assert held(connection, parts.base, tmp_path) == together(parts, run)
        entry = the_entry(connection, parts.base)
        assert (entry.run, entry.run_state) == (run.run_id, "complete")
    assert not fill_in(connection, parts.base)


def test_an_interrupted_publication_goes_on_where_it_was(
    login: Server, connection: Connection, parts: Parts, tmp_path: Path
) -> None:
    in_all = batches_of(parts.run_b)
    before = interrupted(login, parts.run_b, in_all - 1)
    assert the_entry(connection, parts.base).run_state == "loading"
    with WatchedConnection(login) as second:
        assert publish_part(second, parts.run_b)
        assert len(set(before) | set(second.sent)) == len(before) + len(second.sent) == in_all
    assert held(connection, parts.base, tmp_path) == together(parts, parts.run_b)


def test_another_run_takes_the_place_of_an_unfinished_one(
    login: Server, connection: Connection, parts: Parts, tmp_path: Path
) -> None:
    interrupted(login, parts.run_b, batches_of(parts.run_b))
    assert publish_part(connection, parts.run_a)
    assert held(connection, parts.base, tmp_path) == together(parts, parts.run_a)


def test_a_publication_that_was_given_up_writes_nothing_more(
    login: Server, connection: Connection, parts: Parts, tmp_path: Path
) -> None:
    interrupted(login, parts.run_b, 1)
    old = the_entry(connection, parts.base)
    publish_part(connection, parts.run_a)
    stream = next(streams(parts.run_b))
    batch = next(loading._numbered(stream, old))
    with pytest.raises(StoreError, match="removed, or begun anew"):
        loading._send(connection, stream, old, *batch)
    with pytest.raises(StoreError, match="removed, or begun anew"):
        loading._end(connection, "publish/complete", old)
    assert held(connection, parts.base, tmp_path) == together(parts, parts.run_a)


@pytest.mark.parametrize(
    ("ring", "said"), [("RC", "holds 2 of 3 Ring"), ("RB", "wrote 1 of 2 rows")]
)
def test_findings_that_got_lost_are_noticed(
    login: Server,
    connection: Connection,
    parts: Parts,
    neo4j_driver: neo4j.Driver,
    tmp_path: Path,
    ring: str,
    said: str,
) -> None:
    def lose() -> None:
        ask(neo4j_driver, "MATCH (n:Ring {id: $ring}) DETACH DELETE n", ring=ring)

    with (
        WatchedConnection(login, batches_of(parts.run_b), lose) as losing,
        pytest.raises(StoreError, match=said) as told,
    ):
        publish_part(losing, parts.run_b)
    assert "--rebuild" in told.value.hint
    assert the_entry(connection, parts.base).run_state == "loading"
    assert publish_part(connection, parts.run_a), "another run clears it away"
    assert publish_part(connection, parts.run_b)
    assert held(connection, parts.base, tmp_path) == together(parts, parts.run_b)
