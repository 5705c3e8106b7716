import sys
from types import ModuleType

import pytest

from graphfraud.errors import StoreError, UsageError
from graphfraud.graph.neo4j.credentials import Server, configured

SECRET = "s3cret/with:odd"  # noqa: S105 - invented
VARIABLES = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    with pytest.raises(StoreError, match="No Neo4j server is named"):
        configured()
    monkeypatch.setenv("NEO4J_URI", "bolt://from-there:7687/")
    assert configured() == Server("bolt://from-there:7687", "neo4j", SECRET)
    monkeypatch.setenv("NEO4J_USER", "analyst")
    found = configured("neo4j+s://given")
    assert (found.uri, found.user, found.password) == ("neo4j+s://given", "analyst", SECRET)
    assert SECRET not in repr(found)


def test_a_missing_password_is_told_with_both_ways() -> None:
    with pytest.raises(StoreError, match="no password for neo4j at bolt://h") as told:
        configured("bolt://h")
    assert "NEO4J_PASSWORD" in told.value.hint
    assert "keyring set graphfraud neo4j@bolt://h" in told.value.hint


def test_the_keyring_is_asked_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")

    class KeyringError(Exception):
        pass

    def get_password(service: str, username: str) -> str:
        if username != "neo4j@bolt://h":
            raise KeyringError(service)
        return SECRET

    keyring.__dict__["get_password"] = get_password
    errors.__dict__["KeyringError"] = KeyringError
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert configured("bolt://h").password == SECRET
    with pytest.raises(StoreError, match="no password"):
        configured("bolt://other")


@pytest.mark.parametrize(
    "uri",
    [
        f"neo4j://neo4j:{SECRET}@h:7687",
        f"http://neo4j:{SECRET}@h",
        f"bolt://h:7687/x?password={SECRET}",
        f"bolt://h?password={SECRET}",
        "http://h",
        "bolt://",
        "bolt://h:seven",
        "bolt://h:0",
        "bolt://[h",
        "h:7687",
    ],
)
def test_a_uri_that_is_none_or_carries_a_secret_is_refused(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    for given in (uri, None):
        with pytest.raises(UsageError) as told:
            configured(given)
        assert SECRET not in str(told.value)
        assert told.value.__cause__ is None
