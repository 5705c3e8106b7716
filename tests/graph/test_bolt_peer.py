"""The peer does at one message what it was told, and nothing at any other."""

import socket
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import neo4j
import pytest
from neo4j.exceptions import IncompleteCommit, ServiceUnavailable

from graphfraud.graph.neo4j.server import LocalServer
from tests.graph.bolt_peer import Action, BoltPeer, Fault
from tests.graph.bolt_wire import End, Message, Side, framed, query, read_message, shake_hands

CREATE = "CREATE (n:Peer {n: $n}) RETURN n.n"
COUNT = "MATCH (n:Peer) RETURN count(n)"
BATCH = ["BEGIN", "RUN", "PULL", "COMMIT"]


@pytest.fixture
def peer(empty_neo4j: LocalServer) -> Iterator[BoltPeer]:
    with BoltPeer(("127.0.0.1", empty_neo4j.port)) as peer:
        yield peer


@pytest.fixture
def driver(peer: BoltPeer, empty_neo4j: LocalServer) -> Iterator[neo4j.Driver]:
    """Return a driver that reaches the server by way of the peer, with one connection open."""
    login = (empty_neo4j.user, empty_neo4j.password)
    with neo4j.GraphDatabase.driver(
        peer.uri,
        auth=login,
        telemetry_disabled=True,
        initial_retry_delay=0.01,
        max_transaction_retry_time=5,
    ) as driver:
        driver.verify_connectivity()
        peer.arm()
        yield driver


def create(driver: neo4j.Driver, text: str = CREATE) -> list[object]:
    """Write one node as one managed transaction."""
    with driver.session() as session:
        return session.execute_write(lambda work: work.run(text, n=1).value())


def present(driver: neo4j.Driver) -> int:
    """Count the nodes, past the peer."""
    count: int = driver.execute_query(COUNT).records[0].value()
    return count


def said(peer: BoltPeer, side: Side) -> list[str]:
    return [tag for speaker, tag in peer.messages if speaker == side]


def test_undisturbed_it_is_as_if_it_were_not_there(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    assert create(driver) == create(neo4j_driver) == [1]
    assert present(neo4j_driver) == 2
    assert said(peer, "client")[:4] == BATCH
    assert said(peer, "server")[:5] == ["SUCCESS", "SUCCESS", "RECORD", "SUCCESS", "SUCCESS"]
    assert peer.statements == [CREATE]
    assert peer.fired == 0


def test_long_texts_and_many_rows_pass_whole(peer: BoltPeer, driver: neo4j.Driver) -> None:
    text = "UNWIND $rows AS row RETURN row AS 行 // " + "很长的说明" * 30_000
    rows = [f"{n}：" + "门诊" * 50 for n in range(3_000)]
    with driver.session() as session:
        assert session.run(text, rows=rows).value() == rows
    assert peer.statements == [text]


def test_a_commit_that_never_came_leaves_nothing(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "COMMIT", action="cut_before"))
    with pytest.raises(IncompleteCommit):
        create(driver)
    assert (peer.fired, present(neo4j_driver)) == (1, 0)


def test_a_commit_whose_answer_was_lost_has_happened(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "COMMIT", action="cut_after"))
    with pytest.raises(IncompleteCommit):
        create(driver)
    assert (peer.fired, present(neo4j_driver)) == (1, 1)


def test_a_late_commit_is_only_late(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "COMMIT", action="delay", seconds=0.3))
    begin = time.monotonic()
    create(driver)
    assert time.monotonic() - begin >= 0.3
    assert (peer.fired, present(neo4j_driver)) == (1, 1)


def test_what_is_called_rolled_back_and_is_not_happens_twice(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "COMMIT", action="lie_transient"))
    assert create(driver) == [1]
    assert peer.statements == [CREATE, CREATE]
    assert (peer.fired, present(neo4j_driver)) == (1, 2)
    assert said(peer, "client") == [*BATCH, "RESET", *BATCH]


def test_what_is_called_committed_and_is_not_is_missing_without_a_word(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "COMMIT", action="lie_success"))
    assert create(driver) == [1]
    assert (peer.fired, present(neo4j_driver)) == (1, 0)
    assert create(driver) == [1], "the next transaction finds a connection of its own"
    assert present(neo4j_driver) == 1


@pytest.mark.parametrize("action", ["cut_before", "cut_after", "lie_transient"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_whatever_fails_before_the_commit_is_done_again_once(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver, nth: int, action: Action
) -> None:
    peer.arm(Fault("client", nth=nth, action=action))
    assert create(driver) == [1]
    assert (peer.fired, present(neo4j_driver)) == (1, 1)


@pytest.mark.parametrize("action", ["cut_before", "cut_after"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_a_server_that_falls_silent_before_the_commit_is_asked_again(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver, nth: int, action: Action
) -> None:
    peer.arm(Fault("server", nth=nth, action=action))
    try:
        create(driver)
    except IncompleteCommit:  # the last answer came, and the commit went into a dead connection
        assert (nth, action) == (4, "cut_after")
        assert present(neo4j_driver) == 0
    else:
        assert present(neo4j_driver) == 1
    assert peer.fired == 1


def test_a_lie_amid_a_result_fails_all_that_was_asked_with_it(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "RUN", action="lie_transient"))
    with driver.session() as session, pytest.raises(neo4j.exceptions.TransientError):
        session.run(CREATE, n=1).consume()
    assert present(neo4j_driver) == 1, "the server was asked for everything and did it"


def test_a_stream_breaks_at_the_record_that_was_named(peer: BoltPeer, driver: neo4j.Driver) -> None:
    peer.arm(Fault("server", "RECORD", nth=5))
    found: list[int] = []
    with driver.session(fetch_size=2) as session, pytest.raises(ServiceUnavailable):
        found.extend(record[0] for record in session.run("UNWIND range(1, 9) AS n RETURN n"))
    assert said(peer, "server").count("RECORD") == 5


def test_a_fault_may_come_more_than_once(
    peer: BoltPeer, driver: neo4j.Driver, neo4j_driver: neo4j.Driver
) -> None:
    peer.arm(Fault("client", "RUN", times=3))
    assert create(driver) == [1]
    assert (peer.fired, present(neo4j_driver)) == (3, 1)
    assert len(peer.statements) == 4


def test_arming_again_counts_from_there(peer: BoltPeer, driver: neo4j.Driver) -> None:
    create(driver)
    peer.arm(Fault("client", "COMMIT", nth=2, action="delay"))
    create(driver)
    assert peer.fired == 0
    create(driver)
    assert peer.fired == 1
    peer.arm()
    assert (peer.fired, peer.messages) == (0, [])


def test_nothing_is_left_when_it_closes_before_the_driver(
    peer: BoltPeer, driver: neo4j.Driver
) -> None:
    create(driver)
    assert [thread for thread in threading.enumerate() if "bolt peer" in thread.name]
    peer.close()
    peer.close()
    assert not [thread for thread in threading.enumerate() if "bolt peer" in thread.name]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", urlsplit(peer.uri).port or 0))


def test_a_server_that_is_down_is_down_behind_the_peer_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = closed.getsockname()
    with (
        BoltPeer(address) as peer,
        neo4j.GraphDatabase.driver(peer.uri) as driver,
        pytest.raises(ServiceUnavailable),
    ):
        driver.verify_connectivity()


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": "server", "tag": "COMMIT"},
        {"side": "client", "tag": "COMIT"},
        {"side": "server", "tag": "SUCCESS", "action": "lie_transient"},
        {"side": "client", "nth": 0},
        {"side": "client", "times": 0},
    ],
)
def test_a_fault_that_could_never_fire_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"sends no|answered with a lie|counted from 1"):
        Fault(**wrong)  # type: ignore[arg-type]


def test_chunks_are_joined_and_noops_kept() -> None:
    stream = BytesIO(b"\0\0\0\3\xb1\x10\x83\0\3abc\0\0\0\2\xb0")
    assert read_message(stream) == Message(b"\0\0", b"")
    message = read_message(stream)
    assert message.wire == b"\0\3\xb1\x10\x83\0\3abc\0\0"
    assert (message.tag("client"), query(message.body)) == ("RUN", "abc")
    with pytest.raises(EOFError):
        read_message(stream)


@pytest.mark.parametrize(
    ("size", "marker"),
    [(15, b"\x8f"), (255, b"\xd0\xff"), (256, b"\xd1\1\0"), (65_536, b"\xd2\0\1\0\0")],
)
def test_queries_of_every_length_are_read(size: int, marker: bytes) -> None:
    assert query(b"\xb3\x10" + marker + b"q" * size + b"\xa0\xa0") == "q" * size


def test_a_message_is_written_as_the_protocol_shows_it() -> None:
    assert framed("IGNORED") == b"\0\2\xb0\x7e\0\0"
    assert framed("SUCCESS", {}) == b"\0\3\xb1\x70\xa0\0\0"
    inner = b"\xa1\xd1\0\1a\xa1\xd1\0\1b\xd1\0\3\xe4\xba\xba"
    assert framed("FAILURE", {"a": {"b": "人"}}) == b"\0\x12\xb1\x7f" + inner + b"\0\0"


OLD = b"\0\0\4\4"
MANIFEST = b"\0\0\1\xff\x82\0\0\x08\x08\5\0\0\4\4\x80\1"


@pytest.mark.parametrize(("answer", "choice"), [(OLD, b""), (MANIFEST, b"\0\0\x08\5\x81\0")])
def test_a_handshake_of_either_form_passes_whole(answer: bytes, choice: bytes) -> None:
    pairs = [socket.socketpair(), socket.socketpair()]
    (driver, ours), (theirs, server) = pairs
    ends = [End(ours), End(theirs)]
    offer = b"\x60\x60\xb0\x17" + bytes(16)
    driver.sendall(offer + choice + b"more")
    server.sendall(answer + b"more")
    shake_hands(*ends)
    assert server.recv(99) == offer + choice
    assert driver.recv(99) == answer
    assert [end.stream.read(4) for end in ends] == [b"more", b"more"]
    for end in [*ends, End(driver), End(server)]:
        end.close()
