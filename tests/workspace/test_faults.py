import errno
import sqlite3
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace.faults import plain_errors, plain_full_disk

PLACE = Path("somewhere")


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "full"), "No room left on the disk for somewhere"),
        (OSError(errno.EACCES, "no", "that/file"), "that/file may not be read or written"),
        (OSError(errno.EIO, "Input/output error"), "somewhere: Input/output error"),
        (sqlite_error(sqlite3.SQLITE_BUSY), "in use by another process"),
        (sqlite_error(sqlite3.SQLITE_FULL), "No room left on the disk"),
        (sqlite_error(sqlite3.SQLITE_READONLY), "cannot be opened for writing"),
        (sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), "The disk under somewhere failed"),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), "is damaged: as SQLite says it"),
    ],
)
def test_each_fault_has_its_sentence_and_a_hint(error: Exception, sentence: str) -> None:
    with pytest.raises(WorkspaceError, match=sentence) as caught, plain_errors(PLACE):
        raise error
    assert caught.value.hint


def test_a_full_disk_is_told_from_a_missing_file() -> None:
    with pytest.raises(WorkspaceError, match="No room left"), plain_full_disk(PLACE):
        raise OSError(errno.ENOSPC, "full")
    with pytest.raises(FileNotFoundError), plain_full_disk(PLACE):
        raise FileNotFoundError(errno.ENOENT, "not there")
