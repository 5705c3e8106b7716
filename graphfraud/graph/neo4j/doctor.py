"""Examines a Neo4j server: whether it is safe to use, prepared, and one we can work with."""

import ipaddress
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.catalogue import made_by, names
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import Server

GOOD, WARN, BAD = "good", "warn", "bad"
_NOBODY = "nobody-of-graphfraud"
_REFUSED = {  # how the server says that LOAD CSV is off
    "file": "allow_csv_import_from_file_urls",
    "url": "cypher_ip_blocklist",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its code, good, warn or bad, and what was seen."""

    code: str
    verdict: str
    values: Mapping[str, object] = field(default_factory=dict)


def examine(server: Server) -> Iterator[Finding]:
    """Yield what is found, one thing after the other; the first alone where nobody answers."""
    try:
        connection = Connection(server, retry_seconds=5)
    except StoreError as error:
        yield Finding("server", BAD, {"reason": error.message})
        return
    with connection:
        info = connection.server_info()
        yield Finding("server", GOOD, {"version": info.version, "edition": info.edition})
        yield _sign_in(server)
        yield _transport(server.uri)
        yield from (_load_csv(connection, source) for source in _REFUSED)
        yield _schema(connection)


def _sign_in(server: Server) -> Finding:
    """Try to enter as somebody who does not exist; no real user is locked out by that."""
    stranger = Server(server.uri, _NOBODY, secrets.token_hex(8))
    try:
        Connection(stranger, retry_seconds=1).close()
    except StoreError:
        return Finding("sign_in", GOOD)
    return Finding("sign_in", BAD)


def _transport(uri: str) -> Finding:
    """Text in the clear may travel on this machine alone."""
    parts = urlsplit(uri)
    if parts.scheme.endswith("+s"):
        return Finding("transport", GOOD, {"how": "TLS"})
    if parts.scheme.endswith("+ssc"):
        return Finding("transport", WARN, {"how": "TLS"})
    if is_loopback(parts.hostname or ""):
        return Finding("transport", GOOD, {"how": "loopback"})
    return Finding("transport", BAD, {"how": parts.scheme})


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("graph.example")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _load_csv(connection: Connection, source: str) -> Finding:
    try:
        connection.rows(f"read/probe_{source}")
    except StoreError as error:
        if _REFUSED[source] in error.message:
            return Finding(f"load_csv_{source}", GOOD)
    return Finding(f"load_csv_{source}", BAD, {"setting": _REFUSED[source]})


def _schema(connection: Connection) -> Finding:
    there = {name for name, state in connection.rows("read/indexes") if state == "ONLINE"}
    wanted = [made for made in map(made_by, names()) if made]
    missing = [name for name in wanted if name not in there]
    values = {"n": len(wanted) - len(missing), "all": len(wanted), "first": "".join(missing[:1])}
    return Finding("schema", BAD if missing else GOOD, values)
