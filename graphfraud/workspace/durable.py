"""Makes folders survive a power cut, and files say when they changed.

Order matters: contents first, then the folders that name them, from the inside out; a rename is
safe only once the parent folder itself is on disk.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


class FileEntry(NamedTuple):
    """A published file: path inside its folder (with `/`), SHA-256 in hex, size in bytes."""

    path: str
    sha256: str
    size: int


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def relative_files(folder: Path) -> list[str]:
    """Return the paths of all files under `folder`, relative to it, sorted."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def file_entries(folder: Path, known: Mapping[str, str] | None = None) -> list[FileEntry]:
    """Return every file under `folder` with its hash and size, sorted by path.

    A hash that is `known` by path (taken while the file was written) is not computed again.
    """
    hashes = known or {}
    return [
        FileEntry(
            path, hashes.get(path) or file_hash(folder / path), (folder / path).stat().st_size
        )
        for path in relative_files(folder)
    ]


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on disk; Windows has no such call and needs none."""
    if os.name == "nt":  # pragma: no cover
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Put every file under `folder` on disk, make it read-only, then sync the folders."""
    for path in relative_files(folder):
        with (folder / path).open("r+b") as stream:  # Windows syncs only what may be written
            os.fsync(stream.fileno())
        (folder / path).chmod(_READ_ONLY)
    inside = [path for path in folder.rglob("*") if path.is_dir()]
    for each in sorted(inside, key=lambda each: len(each.parts), reverse=True):
        sync_folder(each)
    sync_folder(folder)


def remove_tree(folder: Path) -> None:
    """Delete a folder with everything in it, read-only files too; nothing where it is gone."""
    if not folder.exists():
        return
    for path in relative_files(folder):
        if not (folder / path).is_symlink():
            (folder / path).chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows keeps read-only files
    shutil.rmtree(folder)
