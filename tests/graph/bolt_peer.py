"""A scripted peer between the Bolt driver and a real server: it fails at one exact message.

Invariants: a message travels byte for byte as it came unless the fault says otherwise, and every
request but GOODBYE gets exactly one summary (anything but a RECORD), in the order of the requests.
Talk to it by `uri` (scheme bolt): with neo4j:// the driver would ask for the server's own address
and walk past the peer.
"""

import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Event, Lock, Thread
from typing import Literal, Self

from tests.graph.bolt_wire import (
    TAGS,
    End,
    Map,
    Message,
    Side,
    framed,
    query,
    read_message,
    shake_hands,
)

Action = Literal["cut_before", "cut_after", "delay", "lie_transient", "lie_success"]

# A deadlock: Transaction.Terminated is a client's error to the driver, and not tried again.
TRANSIENT: Map = {
    "neo4j_code": "Neo.TransientError.Transaction.DeadlockDetected",
    "gql_status": "50N05",
    "message": "The peer says that this was rolled back.",
    "description": "error: general processing exception - deadlock detected.",
    "diagnostic_record": {"_classification": "TRANSIENT_ERROR"},
}
_SETTLE_SECONDS = 10.0  # a request that waits for a lock has no answer; the cut must still come


@dataclass(frozen=True)
class Fault:
    """What goes wrong at the nth message of a side (and tag) after arming, and `times - 1` more.

    `cut_before` loses the message. `cut_after` forwards it and hangs up; a client's message is
    first answered by the server, and the answer lost. `delay` forwards it `seconds` later.
    `lie_transient` lets it happen, with all that was asked behind it, and reports a transient
    failure; `lie_success` drops it, reports success and hangs up.
    """

    side: Side
    tag: str | None = None
    nth: int = 1
    action: Action = "cut_before"
    seconds: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        """Refuse a fault that could never fire: its test would pass for nothing."""
        if self.tag not in {None, *TAGS[self.side].values()}:
            raise ValueError(f"a {self.side} sends no {self.tag}")
        if self.side == "server" and self.action.startswith("lie"):
            raise ValueError("name the client's message that is to be answered with a lie")
        if self.nth < 1 or self.times < 1:
            raise ValueError("messages and times are counted from 1")


class Script:
    """What was said since arming, and the fault that waits for its message."""

    def __init__(self) -> None:
        """Begin with nothing said and nothing armed."""
        self.messages: list[tuple[Side, str]] = []
        self.statements: list[str] = []
        self.fired = 0
        self._fault: Fault | None = None
        self._met = 0
        self._lock = Lock()

    def arm(self, fault: Fault | None = None) -> None:
        """Count from here; without a fault, only listen. Statements stay: all that ever ran."""
        with self._lock:
            self.messages, self.fired, self._met, self._fault = [], 0, 0, fault

    def meet(self, side: Side, message: Message) -> Fault | None:
        """Write one message down; return the fault where this is its message."""
        tag = message.tag(side)
        with self._lock:
            self.messages.append((side, tag))
            if tag == "RUN":
                self.statements.append(query(message.body))
            return self._due(side, tag)

    def _due(self, side: Side, tag: str) -> Fault | None:
        fault = self._fault
        if fault is None or fault.side != side or fault.tag not in {None, tag}:
            return None
        self._met += 1
        if not fault.nth <= self._met < fault.nth + fault.times:
            return None
        self.fired += 1
        return fault


class BoltPeer(Script):
    """Listens on a free loopback port and passes on to `upstream`, but for the armed fault."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        """Begin to listen; `close` (or `with`) ends it."""
        super().__init__()
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._address = self._listener.getsockname()
        self._conversations: list[_Conversation] = []
        self._closing = Event()
        self._door = Thread(target=self._accept, name="bolt peer: door")
        self._door.start()

    @property
    def uri(self) -> str:
        """Where the driver finds the peer."""
        return f"bolt://127.0.0.1:{self._address[1]}"

    def close(self) -> None:
        """Hang up everywhere and wait until every thread has ended."""
        if self._closing.is_set():
            return
        self._closing.set()
        with socket.create_connection(self._address):  # wakes the door on every platform
            self._door.join()
        self._listener.close()
        for conversation in self._conversations:
            conversation.cut()
        for conversation in self._conversations:
            conversation.join()

    def __enter__(self) -> Self:
        """Return the peer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            if self._closing.is_set():
                return client.close()
            try:
                server = socket.create_connection(self._upstream)
            except OSError:
                client.close()  # the client learns it as from a server that is down
            else:
                ends = End(client), End(server)
                self._conversations.append(_Conversation(self, self._closing, *ends))


class _Conversation:
    """One connection of the client with its twin to the server: a thread for each direction."""

    def __init__(self, script: Script, closing: Event, client: End, server: End) -> None:
        self._script, self._closing = script, closing
        self._client, self._server = client, server
        self._awaited: deque[Action | Literal["ignore"] | None] = deque()  # fate of each summary
        self._answered = Condition()
        self._over = False
        self._failed = False  # so the client believes since a lie, until it resets
        self._thread = Thread(target=self._run, name="bolt peer: conversation")
        self._thread.start()

    def cut(self) -> None:
        """Hang up on both; the threads end by themselves."""
        self._client.cut()
        self._server.cut()
        with self._answered:
            self._over = True
            self._answered.notify_all()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        back = Thread(target=self._pump, args=(self._server, self._from_server), name="bolt peer")
        try:
            with suppress(OSError, EOFError):
                shake_hands(self._client, self._server)
                back.start()
                self._pump(self._client, self._from_client)
                back.join()
        finally:
            self._client.close()
            self._server.close()

    def _pump(self, source: End, handle: Callable[[Message], None]) -> None:
        try:
            with suppress(OSError, EOFError):  # one of the three has hung up: so do we
                while True:
                    handle(read_message(source.stream))
        finally:
            self.cut()

    def _from_client(self, message: Message) -> None:
        if not message.body:
            return self._server.send(message.wire)
        fault = self._script.meet("client", message)
        action = fault.action if fault else None
        if action in {"cut_before", "lie_success"}:
            self._settle()
            if action == "lie_success":
                self._client.send(framed("SUCCESS", {}))
            raise EOFError
        if fault and action == "delay":
            self._closing.wait(fault.seconds)
        return self._request(message, action)

    def _settle(self) -> None:
        """Wait until all that was asked before is answered: one thing goes missing, not two."""
        with self._answered:
            self._answered.wait_for(lambda: self._over or not self._awaited, _SETTLE_SECONDS)

    def _request(self, message: Message, action: Action | None) -> None:
        tag = message.tag("client")
        if tag == "GOODBYE":  # the one that nobody answers
            self._server.send(message.wire)
            raise EOFError
        if tag == "RESET" and self._failed:
            self._settle()  # a reset overtakes; what was lied about is to happen first
            self._failed = False
        self._awaited.append("ignore" if self._failed else action)
        self._failed = self._failed or action == "lie_transient"
        self._server.send(message.wire)

    def _from_server(self, message: Message) -> None:
        if not message.body:
            return self._client.send(message.wire)
        fault = self._script.meet("server", message)
        action = fault.action if fault else None
        if action == "cut_before":
            raise EOFError
        if fault and action == "delay":
            self._closing.wait(fault.seconds)
        self._answer(message)
        if action == "cut_after":
            raise EOFError
        return None

    def _answer(self, message: Message) -> None:
        tag = message.tag("server")
        fate = self._awaited[0] if self._awaited else None
        if fate in {None, "delay"} or (fate == "lie_transient" and tag == "FAILURE"):
            self._client.send(message.wire)
        elif tag != "RECORD":
            self._misreport(fate)
        if tag != "RECORD" and self._awaited:
            with self._answered:
                self._awaited.popleft()
                self._answered.notify_all()

    def _misreport(self, fate: str | None) -> None:
        if fate == "cut_after":
            raise EOFError
        self._client.send(framed("IGNORED") if fate == "ignore" else framed("FAILURE", TRANSIENT))
