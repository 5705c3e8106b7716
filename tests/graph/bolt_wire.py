"""Bolt on the wire, as far as a peer in the middle must understand it: messages and their names.

A message is a run of chunks, each behind its length, closed by a chunk of length zero; a lone zero
is a noop. Its body is a PackStream structure: https://neo4j.com/docs/bolt/current/packstream/.
"""

import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO, Literal

Side = Literal["client", "server"]
Map = Mapping[str, "str | Map"]

TAGS: Mapping[Side, Mapping[int, str]] = {
    "client": {
        0x01: "HELLO",
        0x02: "GOODBYE",
        0x0F: "RESET",
        0x10: "RUN",
        0x11: "BEGIN",
        0x12: "COMMIT",
        0x13: "ROLLBACK",
        0x2F: "DISCARD",
        0x3F: "PULL",
        0x54: "TELEMETRY",
        0x66: "ROUTE",
        0x6A: "LOGON",
        0x6B: "LOGOFF",
    },
    "server": {0x70: "SUCCESS", 0x71: "RECORD", 0x7E: "IGNORED", 0x7F: "FAILURE"},
}


@dataclass(frozen=True)
class Message:
    """One message: the bytes on the wire, and its chunks joined. A noop has no body."""

    wire: bytes
    body: bytes

    def tag(self, side: Side) -> str:
        """Return the name of what is said; the number where we do not know it."""
        return TAGS[side].get(self.body[1], f"{self.body[1]:02X}")


def read_message(stream: BinaryIO) -> Message:
    """Return the next message or noop; EOFError where the other side has gone."""
    wire, body = bytearray(), bytearray()
    while True:
        header = exactly(stream, 2)
        chunk = exactly(stream, int.from_bytes(header, "big"))
        wire += header + chunk
        body += chunk
        if not chunk:
            return Message(bytes(wire), bytes(body))


def exactly(stream: BinaryIO, size: int) -> bytes:
    """Return so many bytes, or EOFError."""
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


def framed(name: str, *fields: Map) -> bytes:
    """Return a server's message of one chunk, as it goes onto the wire."""
    tag = next(number for number, known in TAGS["server"].items() if known == name)
    body = bytes([0xB0 + len(fields), tag]) + b"".join(map(packed, fields))
    return len(body).to_bytes(2, "big") + body + b"\0\0"


def packed(value: str | Map) -> bytes:
    """Return a text, or a map of up to fifteen entries, in PackStream."""
    if isinstance(value, str):
        text = value.encode()
        return b"\xd1" + len(text).to_bytes(2, "big") + text
    pairs = (packed(key) + packed(entry) for key, entry in value.items())
    return bytes([0xA0 + len(value)]) + b"".join(pairs)


def query(body: bytes) -> str:
    """Return the text that a RUN carries as its first field."""
    marker = body[2]
    if marker & 0xF0 == 0x80:
        start, size = 3, marker & 0x0F
    else:
        start = 3 + {0xD0: 1, 0xD1: 2, 0xD2: 4}[marker]
        size = int.from_bytes(body[3:start], "big")
    return body[start : start + size].decode()


class End:
    """One of the two sockets of a conversation."""

    def __init__(self, connection: socket.socket) -> None:
        """Take a connected socket over, of any family."""
        with suppress(OSError):  # small messages must not wait for one another on TCP
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = connection.makefile("rb")
        self._socket = connection
        self._sending = Lock()  # a lie and a reply come from two threads

    def send(self, wire: bytes) -> None:
        """Send one message whole."""
        with self._sending:
            self._socket.sendall(wire)

    def cut(self) -> None:
        """Hang up: whoever reads at this end reads its end. `close` comes when nobody does."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the socket back."""
        self.stream.close()
        self._socket.close()


def shake_hands(client: End, server: End) -> None:
    """Pass the choice of a version through, in its old form or as a manifest (FF)."""
    _pass_on(client, server, 20)
    if _pass_on(server, client, 4)[3] == 0xFF:
        for _ in range(_pass_number(server, client)):
            _pass_on(server, client, 4)
        _pass_number(server, client)
        _pass_on(client, server, 4)
        _pass_number(client, server)


def _pass_on(source: End, target: End, size: int) -> bytes:
    found = exactly(source.stream, size)
    target.send(found)
    return found


def _pass_number(source: End, target: End) -> int:
    """Pass a number on: seven bits a byte, the low ones first, the top bit says that more come."""
    number = shift = 0
    while True:
        byte = _pass_on(source, target, 1)[0]
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number
