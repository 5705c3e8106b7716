"""A folder that is written whole and replaced whole, and never holds what somebody else put there.

Its mark names the files that are ours; nothing else in it is ever touched.
"""

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from graphfraud.errors import StoreError
from graphfraud.workspace.faults import plain_errors

MARK = "import.json"
_NEW_MARK = f"{MARK}.new"
_ANOTHER = "Name a new or an empty folder."


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk; what is written there takes the place of `folder`.

    It does so only where the context ends well. StoreError, before anything is done, where
    `folder` holds something that is not ours; WorkspaceError where the disk fails or is full.
    """
    with plain_errors(folder):
        _check(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield fresh
            _move(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def write_text(file: Path, text: str) -> None:
    """Write a text as UTF-8 with the same bytes on every system."""
    file.write_text(text, encoding="utf-8", newline="\n")


def _check(folder: Path) -> None:
    if not folder.exists() or _marked(folder / MARK):
        return
    if not folder.is_dir() or any(one.name != _NEW_MARK for one in folder.iterdir()):
        raise StoreError(
            f"{folder} holds other things than an import that graphfraud wrote.", hint=_ANOTHER
        )


def _move(fresh: Path, folder: Path) -> None:
    """Move the new files in; until all are there the mark names old and new, for the next time."""
    folder.mkdir(exist_ok=True)
    new = sorted(one.relative_to(fresh).as_posix() for one in fresh.rglob("*") if one.is_file())
    old = _marked(folder / MARK)
    _write_mark(folder, {*old, *new})
    for name in old:
        (folder / name).unlink(missing_ok=True)
    for name in new:
        (folder / name).parent.mkdir(exist_ok=True)
        (fresh / name).replace(folder / name)
    _write_mark(folder, new)


def _marked(mark: Path) -> list[str]:
    """Return the files of ours that a mark names; none where there is no mark."""
    if not mark.is_file():
        return []
    try:
        files = [PurePosixPath(name) for name in json.loads(mark.read_bytes())["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{mark} is damaged.", hint=_ANOTHER) from error
    if any(one.is_absolute() or ".." in one.parts for one in files):
        raise StoreError(f"{mark} names files outside its folder.", hint=_ANOTHER)
    return [str(one) for one in files]


def _write_mark(folder: Path, files: Collection[str]) -> None:
    unfinished = folder / _NEW_MARK
    write_text(unfinished, json.dumps({"files": sorted(files)}, indent=1) + "\n")
    unfinished.replace(folder / MARK)
