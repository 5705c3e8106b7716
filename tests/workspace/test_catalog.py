import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import WorkspaceFolder, catalog
from graphfraud.workspace.catalog import Catalog
from tests.workspace.delivery import deliver, deliver_all


def ask(path: Path, sql: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        value = connection.execute(sql).fetchone()[0]
        connection.commit()
        return value


@pytest.fixture
def path(workspace: WorkspaceFolder) -> Path:
    return workspace.path / "catalog.sqlite"


def test_durability_settings(workspace: WorkspaceFolder) -> None:
    with workspace._catalog._connected() as connection:
        got = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert got == ["wal", 2, 1, 60_000]


def test_the_shape_is_at_the_newest_version(path: Path) -> None:
    assert ask(path, "PRAGMA user_version") == len(catalog.migrations())


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [number for number, _ in catalog.migrations()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_older_catalog_is_brought_forward_and_keeps_its_feeds(
    workspace: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = deliver(workspace, b"one")
    number = catalog.newest_version() + 1
    script = f"BEGIN; CREATE TABLE later (x); PRAGMA user_version = {number}; COMMIT;"
    steps = [*catalog.migrations(), (number, script)]
    monkeypatch.setattr(catalog, "migrations", lambda: steps)
    again = WorkspaceFolder.open(workspace.path)
    assert again.feeds() == [feed]
    assert ask(workspace.path / "catalog.sqlite", "SELECT count(*) FROM later") == 0


def test_a_newer_catalog_is_refused(workspace: WorkspaceFolder, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match=r"newer graphfraud \(catalog version 99"):
        WorkspaceFolder.open(workspace.path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        connection.executescript("CREATE TABLE theirs (x); PRAGMA user_version = 1;")
    with pytest.raises(WorkspaceError, match="no graphfraud catalog"):
        WorkspaceFolder.open(tmp_path, create=True)


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, 9000])
def test_a_truncated_catalog_is_named(workspace: WorkspaceFolder, path: Path, kept: int) -> None:
    deliver_all(workspace, [b"one", b"two"])
    content = path.read_bytes()
    assert len(content) > 9000
    path.write_bytes(content[:kept])
    with pytest.raises(WorkspaceError, match=r"catalog .*catalog\.sqlite is damaged") as caught:
        WorkspaceFolder.open(workspace.path, create=True)
    assert "load the same files again" in caught.value.hint


def test_overwritten_pages_are_noticed(workspace: WorkspaceFolder, path: Path) -> None:
    deliver(workspace, b"one")
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\x5a" * 4096
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="damaged"):
        WorkspaceFolder.open(workspace.path)


def test_a_lost_catalog_is_rebuilt_from_the_feeds_by_loading_again(
    workspace: WorkspaceFolder, path: Path
) -> None:
    contents = [b"one", b"two", b"three"]
    deliver_all(workspace, contents)
    snapshot = workspace.snapshot()
    path.unlink()
    again = WorkspaceFolder.open(workspace.path, create=True)
    assert again.feeds() == []
    deliver_all(again, contents)
    assert again.snapshot().snapshot_id == snapshot.snapshot_id
    assert again.verify() == []


def test_a_failed_transaction_writes_nothing(workspace: WorkspaceFolder, path: Path) -> None:
    def half_a_write() -> None:
        with Catalog(path).writing() as writer:
            writer.write("add_feed", {"feed_id": "f", "manifest": "{}", "loaded_at": ""})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_a_write()
    assert workspace.feeds() == []


def test_a_catalog_that_stays_locked_says_so(
    workspace: WorkspaceFolder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "BUSY_SECONDS", 0.05)
    with (
        Catalog(path).writing(),
        pytest.raises(WorkspaceError, match="in use by another process"),
    ):
        deliver(workspace, b"one")
    assert workspace.feeds() == []
    assert list((workspace.path / "feeds").iterdir()) == []
