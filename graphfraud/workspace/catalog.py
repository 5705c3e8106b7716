"""The catalog, `catalog.sqlite`: one row makes a published folder visible, and that row is safe.

WAL lets readers go on while a writer writes; `synchronous=FULL` puts each commit on disk before it
returns. A connection lives for one operation, so nothing is held between commands. Writers take
their lock at once (BEGIN IMMEDIATE): none can fail half way because another came first.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from graphfraud.errors import WorkspaceError
from graphfraud.sql import statement
from graphfraud.workspace.faults import damaged, plain_errors

APPLICATION = 1734767204
BUSY_SECONDS = 60.0
_OTHER_FOLDER = "Give another folder as the workspace."

Row: TypeAlias = tuple[str | int, ...]


def migrations() -> list[tuple[int, str]]:
    """Return the steps of the catalog's shape as (version, SQL), in order."""
    folder = files("graphfraud.workspace") / "migrations"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:3]), entry.read_text(encoding="utf-8")) for entry in found)


def newest_version() -> int:
    """Return the catalog version this tool writes."""
    return migrations()[-1][0]


class Catalog:
    """One `catalog.sqlite`; every method opens it, does one thing and closes it."""

    def __init__(self, path: Path) -> None:
        """Remember where the catalog lies; nothing is opened yet."""
        self.path = path

    def migrate(self) -> None:
        """Bring the catalog to this tool's version; the caller keeps other processes out."""
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            version = _number(connection, "user_version")
            for number, script in migrations():
                if number > version:
                    connection.executescript(script)

    def version(self) -> int:
        """Return the catalog's version.

        WorkspaceError where it is newer than this tool, foreign, or damaged.
        """
        with self._connected() as connection:
            version = _number(connection, "user_version")
            application = _number(connection, "application_id")
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise damaged(self.path, verdict)
        if not version and not application:
            raise damaged(self.path, "it is empty")
        if application != APPLICATION:
            raise WorkspaceError(f"{self.path} is no graphfraud catalog.", hint=_OTHER_FOLDER)
        if version > newest_version():
            raise WorkspaceError(
                f"{self.path} was written by a newer graphfraud "
                f"(catalog version {version}; this one knows {newest_version()}).",
                hint="Use the newer graphfraud, or give another workspace.",
            )
        return version

    def rows(self, name: str, **parameters: str | int) -> list[Row]:
        """Return the rows of the query `sql/catalog/<name>.sql`."""
        with self._connected() as connection:
            return connection.execute(statement(f"catalog/{name}"), parameters).fetchall()

    @contextmanager
    def writing(self) -> Iterator["CatalogWriter"]:
        """Open one transaction: everything written inside is kept on leaving, or none of it."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield CatalogWriter(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with (
            plain_errors(self.path),
            closing(sqlite3.connect(self.path, BUSY_SECONDS, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection


class CatalogWriter:
    """Writes inside one transaction of the catalog."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write through `connection`."""
        self._connection = connection

    def write(self, name: str, *rows: Mapping[str, str | int]) -> None:
        """Run `sql/catalog/<name>.sql` once for each row of parameters."""
        self._connection.executemany(statement(f"catalog/{name}"), rows)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (value,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(value)
