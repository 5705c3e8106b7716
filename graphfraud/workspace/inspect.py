"""Compares published folders with what the catalog says they hold, file by file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from graphfraud.workspace.durable import FileEntry, file_hash, relative_files
from graphfraud.workspace.records import Damage


def missing_or_resized(root: Path, folder: str, expected: Iterable[FileEntry]) -> Iterator[Damage]:
    """Name what is gone or has another size: cheap, enough before every use."""
    for entry in expected:
        path = root / folder / entry.path
        if not path.is_file():
            yield Damage(f"{folder}/{entry.path}", "missing")
        elif path.stat().st_size != entry.size:
            yield Damage(f"{folder}/{entry.path}", "changed")


def damages(root: Path, folder: str, expected: Iterable[FileEntry]) -> Iterator[Damage]:
    """Name every file that is missing, has other bytes, or that nobody published, by path."""
    known = {entry.path: entry for entry in expected}
    there = set(relative_files(root / folder)) if (root / folder).is_dir() else set()
    for path in sorted(known.keys() | there):
        if path not in known:
            yield Damage(f"{folder}/{path}", "unexpected")
        elif path not in there:
            yield Damage(f"{folder}/{path}", "missing")
        elif file_hash(root / folder / path) != known[path].sha256:
            yield Damage(f"{folder}/{path}", "changed")
