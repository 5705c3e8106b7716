"""The connection to a Neo4j server: it runs the statements of cypher/ by name and nothing else.

The one home of the driver. Every fault of driver and server leaves here as a StoreError.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple, Self

import neo4j
from neo4j import exceptions

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j.catalogue import statement
from graphfraud.graph.neo4j.credentials import Server
from graphfraud.settings import PASSWORD_VARIABLE, USER_VARIABLE
from graphfraud.version import __version__

OLDEST = (5, 26)
_FETCH_ROWS = 1000
_NOTHING: Mapping[str, object] = {}
_UNKNOWN_NAMES = {"01N50", "01N51", "01N52"}  # GQL: no such label, relationship type, property
_NOT_UNIQUE = ("22N79", "22N80")  # GQL: uniqueness constraint violated, index entry conflict

# Its warnings say again what we raise; without a handler Python would print them to the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class AlreadyThereError(StoreError):
    """A write met a uniqueness constraint: what it would make is in the graph already."""


class UnsureError(StoreError):
    """The connection broke while a write was being committed; nobody knows whether it happened."""


@dataclass(frozen=True)
class ServerInfo:
    """Which Neo4j answers."""

    version: str
    edition: str


class Connection:
    """An open connection; a context manager. Several threads may use one at once."""

    def __init__(self, server: Server, *, retry_seconds: float = 30.0) -> None:
        """Connect; StoreError where the server is away, too old, or refuses user or password.

        retry_seconds: how long a transaction that failed in passing is tried again.
        """
        self._server = server
        with self._plain_faults():
            self._driver = neo4j.GraphDatabase.driver(
                server.uri,
                auth=(server.user, server.password),
                user_agent=f"graphfraud/{__version__}",
                telemetry_disabled=True,
                connection_timeout=10.0,
                max_transaction_retry_time=retry_seconds,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.WARNING,
            )
        try:
            self._check_version()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return the connection itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; nothing where it is closed."""
        self._driver.close()

    def rows(self, name: str, parameters: Mapping[str, object] = _NOTHING) -> list[list[Any]]:
        """Return all rows of cypher/<name>.cypher, read in one transaction, tried again if need be.

        parameters: a value for every $parameter of the statement.
        """
        with self._plain_faults(name), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(_all_rows, name, parameters)

    def stream(
        self,
        name: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        fetch_size: int = _FETCH_ROWS,
    ) -> Iterator[list[Any]]:
        """Yield the rows of a reading statement as they come, `fetch_size` of them in memory.

        Not tried again: a StoreError may come after some rows.
        """
        with self._plain_faults(name), self._session(neo4j.READ_ACCESS, fetch_size) as session:
            result = session.run(statement(name), dict(parameters))
            for record in result:
                yield record.values()
            _check_names(name, result.consume())

    def write(self, name: str, parameters: Mapping[str, object] = _NOTHING) -> list[list[Any]]:
        """Run a writing statement in one transaction, tried again if need be; return its rows.

        AlreadyThereError where a uniqueness constraint is in the way, UnsureError where nobody can
        tell whether it happened; after every other StoreError it has not.
        """
        with self._plain_faults(name), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(_all_rows, name, parameters)

    def schema(self, name: str) -> None:
        """Run a statement on constraints or indexes, or one that commits in steps of its own."""
        with self._plain_faults(name), self._session(neo4j.WRITE_ACCESS) as session:
            _check_names(name, session.run(statement(name)).consume())

    def server_info(self) -> ServerInfo:
        """Return which version and edition of Neo4j answers."""
        rows = list(self.stream("read/server"))
        if len(rows) != 1:
            raise StoreError(f"{self._server.uri} does not say which Neo4j it is.")
        version, edition = map(str, rows[0])
        return ServerInfo(version, edition)

    def _check_version(self) -> None:
        version = self.server_info().version
        if _numbers(version) < OLDEST:
            raise StoreError(
                f"{self._server.uri} runs Neo4j {version}.",
                hint=f"Use Neo4j {'.'.join(map(str, OLDEST))} or newer.",
            )

    def _session(self, access: str, fetch_size: int = _FETCH_ROWS) -> neo4j.Session:
        return self._driver.session(default_access_mode=access, fetch_size=fetch_size)

    @contextmanager
    def _plain_faults(self, name: str = "") -> Iterator[None]:
        """Turn what driver and server raise into a StoreError."""
        try:
            yield
        except (exceptions.DriverError, exceptions.Neo4jError) as error:
            raise _failure(error, self._server, name) from error
        except (TypeError, ValueError, OverflowError) as error:
            raise StoreError(
                f"Statement {name} was given what Neo4j cannot hold: {_one_line(error)}"
            ) from error


def _all_rows(
    transaction: neo4j.ManagedTransaction, name: str, parameters: Mapping[str, object]
) -> list[list[Any]]:
    result = transaction.run(statement(name), dict(parameters))
    rows = [record.values() for record in result]
    _check_names(name, result.consume())
    return rows


def _check_names(name: str, summary: neo4j.ResultSummary) -> None:
    """Refuse a statement that asks for names the graph never had: it would find nothing, silently.

    Raised inside a transaction, so nothing it wrote is kept. Neo4j 5.26 tells of unknown names only
    where a statement reads and does not write.
    """
    for status in summary.gql_status_objects:
        if status.gql_status in _UNKNOWN_NAMES:
            raise StoreError(
                f"Statement {name} asks for a name that the graph does not know: "
                f"{status.status_description}",
                hint="If graphfraud has filled this graph, that is a bug in the statement.",
            )


def _numbers(version: str) -> tuple[int, ...]:
    """Return what versions are compared by.

    >>> _numbers("5.26.31") < _numbers("5.27-aura") < _numbers("2025.01.0")
    True
    """
    return tuple(int(number) for number in re.findall(r"\d+", version)[:2])


class _Fault(NamedTuple):
    """A kind of failure: how it is known, what is raised for it, what it says, what is next."""

    fits: Callable[[Exception, str], bool]
    raises: type[StoreError]
    says: str
    hint: str = ""


def _is(*kinds: type[Exception]) -> Callable[[Exception, str], bool]:
    return lambda error, _code: isinstance(error, kinds)


def _has_code(*parts: str) -> Callable[[Exception, str], bool]:
    return lambda _error, code: any(part in code for part in parts)


def _is_duplicate(error: Exception, _code: str) -> bool:
    # Deleting a node that has relationships is a ConstraintError too, and no duplicate. Neo4j 5.26
    # tells them apart in words only, later ones in a GQL status as well.
    if not isinstance(error, exceptions.ConstraintError):
        return False
    return "already exists" in str(error) or any(map(error.find_by_gql_status, _NOT_UNIQUE))


_FAULTS = (  # the first that fits
    _Fault(
        _is_duplicate,
        AlreadyThereError,
        "Statement {name} would write again what is at {uri} already: {reason}",
    ),
    _Fault(
        _has_code("AuthenticationRateLimit"),
        StoreError,
        "{uri} refuses user {user} for some seconds: too many wrong passwords.",
        f"Set {PASSWORD_VARIABLE} right, wait, and try again.",
    ),
    _Fault(
        _has_code("CredentialsExpired"),
        StoreError,
        "{uri} wants user {user} to choose a new password.",
        f"Change it in Neo4j, then set {PASSWORD_VARIABLE} to it.",
    ),
    _Fault(
        _is(exceptions.AuthError),
        StoreError,
        "{uri} does not accept user {user} with this password.",
        f"Set {USER_VARIABLE} and {PASSWORD_VARIABLE} to what the server knows.",
    ),
    _Fault(
        _is(exceptions.IncompleteCommit),
        UnsureError,
        "The connection to {uri} broke while {name} was being committed; it may have happened.",
        "Run the same command again: what is there already is recognised.",
    ),
    _Fault(
        _is(exceptions.UnsupportedServerProduct, exceptions.ConfigurationError),
        StoreError,
        "{uri} cannot be used as a Neo4j server: {reason}",
        "Check the URI; use Neo4j 5.26 or newer.",
    ),
    _Fault(
        _has_code("OutOfMemory"),
        StoreError,
        "Neo4j at {uri} ran out of memory in statement {name}: {reason}",
        "Give the server more memory, or load in smaller batches.",
    ),
    _Fault(
        _is(
            exceptions.ServiceUnavailable,
            exceptions.SessionExpired,
            exceptions.ConnectionPoolError,
            exceptions.DatabaseUnavailable,
        ),
        StoreError,
        "Neo4j at {uri} is not reachable: {reason}",
        "See that it runs, that host and port are right, and that it speaks TLS if the URI has +s.",
    ),
    _Fault(
        _is(exceptions.TransientError),
        StoreError,
        "Neo4j at {uri} was busy for too long; statement {name} was given up: {reason}",
        "Try again when nobody else writes to it.",
    ),
    _Fault(lambda _error, _code: True, StoreError, "Statement {name} failed at {uri}: {reason}"),
)


def _failure(error: Exception, server: Server, name: str) -> StoreError:
    """Return what went wrong with which statement at which server, without a secret."""
    code = getattr(error, "code", None) or ""
    fault = next(fault for fault in _FAULTS if fault.fits(error, code))
    said = fault.says.format(uri=server.uri, user=server.user, name=name, reason=_one_line(error))
    return fault.raises(said, hint=fault.hint)


def _one_line(error: Exception) -> str:
    """Return why it failed: the system's own word for it where the network is the cause."""
    root: BaseException = error
    while root.__cause__ is not None:
        root = root.__cause__
    if isinstance(root, OSError) and root.strerror:
        return root.strerror
    message = getattr(error, "message", None) or str(error) or type(error).__name__
    return " ".join(str(message).split())
