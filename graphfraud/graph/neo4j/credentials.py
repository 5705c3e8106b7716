"""Who may connect to which Neo4j server: from the environment or the system's keyring.

A password is never an argument, never part of a URI and never shown: arguments land in histories
and process lists, URIs in logs.
"""

import importlib
import os
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from graphfraud.errors import StoreError, UsageError
from graphfraud.settings import PASSWORD_VARIABLE, URI_VARIABLE, USER_VARIABLE

KEYRING_SERVICE = "graphfraud"
DEFAULT_USER = "neo4j"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True)
class Server:
    """A server and who asks it; the password stays out of every representation.

    >>> Server("bolt://127.0.0.1:7687", "neo4j", "secret")
    Server(uri='bolt://127.0.0.1:7687', user='neo4j')
    """

    uri: str
    user: str
    password: str = field(repr=False)


def configured(uri: str | None = None) -> Server:
    """Return the server at `uri`, else at $NEO4J_URI, with the user and password set up for it.

    The user is $NEO4J_USER, else neo4j; the password is $NEO4J_PASSWORD, else what the system's
    keyring keeps. UsageError for a URI that is none; StoreError where URI or password is missing.
    """
    given = uri or os.environ.get(URI_VARIABLE)
    if not given:
        raise StoreError(
            "No Neo4j server is named.",
            hint=f"Give its URI, or set {URI_VARIABLE}, e.g. to neo4j://127.0.0.1:7687.",
        )
    checked = checked_uri(given)
    user = os.environ.get(USER_VARIABLE) or DEFAULT_USER
    password = os.environ.get(PASSWORD_VARIABLE) or _kept_password(f"{user}@{checked}")
    if not password:
        raise StoreError(
            f"There is no password for {user} at {checked}.",
            hint=f"Set {PASSWORD_VARIABLE}, or keep it in the system's keyring: "
            f"keyring set {KEYRING_SERVICE} {user}@{checked}",
        )
    return Server(checked, user, password)


def checked_uri(uri: str) -> str:
    """Return `uri` where it is a scheme, a host and perhaps a port; else UsageError.

    >>> checked_uri("neo4j+s://graph.example:7687")
    'neo4j+s://graph.example:7687'
    """
    if "@" in uri:  # not shown: what stands before it may be a password
        raise UsageError(
            "The Neo4j URI carries a user or a password.",
            hint=f"Take it out of the URI; set {USER_VARIABLE} and {PASSWORD_VARIABLE} instead.",
        )
    if not _names_a_server(uri):
        raise UsageError(
            f"{uri.partition('?')[0]!r} is no URI of a Neo4j server.",
            hint=f"Write scheme://host:port; the scheme is one of {', '.join(SCHEMES)}.",
        )
    return uri.rstrip("/")


def _names_a_server(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and _only_host_and_port(parts)
    except ValueError:  # what is no URI at all, or a port that is no number
        return False


def _only_host_and_port(parts: SplitResult) -> bool:
    more = (parts.path.strip("/"), parts.query, parts.fragment)
    return bool(parts.hostname) and parts.port != 0 and not any(more)


def _kept_password(username: str) -> str | None:
    """Ask the system's keyring, where the library for it is installed and a keyring is open."""
    try:
        keyring = importlib.import_module("keyring")
        errors = importlib.import_module("keyring.errors")
    except ImportError:
        return None
    try:
        kept: str | None = keyring.get_password(KEYRING_SERVICE, username)
    except errors.KeyringError:
        return None
    return kept
