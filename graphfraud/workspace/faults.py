"""Turns what the disk and SQLite complain about into sentences a user can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphfraud.errors import WorkspaceError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FREE_SPACE = "Free some space and run the same command again; nothing is half done."
_RIGHTS = "Check who owns the folder and whether it may be written to."
_RESCUE = (
    "Move catalog.sqlite (and its -wal and -shm) away and load the same files again: "
    "the feeds on disk are checked and taken over."
)


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Raise WorkspaceError, naming the file, where the system or SQLite fails inside."""
    try:
        yield
    except OSError as error:
        raise _of_system(error, path) from error
    except sqlite3.Error as error:
        raise _of_sqlite(error, path) from error


@contextmanager
def plain_full_disk(path: Path) -> Iterator[None]:
    """Raise WorkspaceError where the disk under `path` fills up inside; leave other errors be."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _of_system(error, path) from error
        raise


def damaged(path: Path, what: str) -> WorkspaceError:
    """Return the error for a catalog that cannot be trusted."""
    return WorkspaceError(f"The catalog {path} is damaged: {what}.", hint=_RESCUE)


def _of_system(error: OSError, path: Path) -> WorkspaceError:
    where = error.filename or path
    if error.errno in _FULL:
        return WorkspaceError(f"No room left on the disk for {where}.", hint=_FREE_SPACE)
    if error.errno in _FORBIDDEN:
        return WorkspaceError(f"{where} may not be read or written.", hint=_RIGHTS)
    return WorkspaceError(f"{where}: {error.strerror or error}.", hint=_RIGHTS)


def _of_sqlite(error: sqlite3.Error, path: Path) -> WorkspaceError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return WorkspaceError(
            f"The catalog {path} is in use by another process.",
            hint="Wait until it is done and run the same command again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return WorkspaceError(f"No room left on the disk for {path}.", hint=_FREE_SPACE)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return WorkspaceError(f"{path} cannot be opened for writing.", hint=_RIGHTS)
    if code == sqlite3.SQLITE_IOERR:
        return WorkspaceError(f"The disk under {path} failed: {error}.", hint=_FREE_SPACE)
    return damaged(path, str(error))
