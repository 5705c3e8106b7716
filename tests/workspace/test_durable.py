import hashlib
import os
import stat
from pathlib import Path

import pytest

from graphfraud.workspace.durable import (
    FileEntry,
    file_entries,
    relative_files,
    remove_tree,
    sync_tree,
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep.txt").write_bytes(b"deep")
    (tmp_path / "top.txt").write_bytes(b"")
    return tmp_path


def test_entries_carry_hash_and_size(tree: Path) -> None:
    assert file_entries(tree) == [
        FileEntry("a/b/deep.txt", hashlib.sha256(b"deep").hexdigest(), 4),
        FileEntry("top.txt", hashlib.sha256(b"").hexdigest(), 0),
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
def test_everything_is_synced_contents_first(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("needs /proc to see which file is synced")
    monkeypatch.setattr(os, "fsync", note)
    sync_tree(tree)
    assert synced == ["deep.txt", "top.txt", "b", "a", tree.name]


def test_published_files_are_read_only(tree: Path) -> None:
    sync_tree(tree)
    modes = [(tree / path).stat().st_mode for path in relative_files(tree)]
    assert not any(mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) for mode in modes)


def test_read_only_files_can_be_removed_by_us(tree: Path) -> None:
    sync_tree(tree)
    remove_tree(tree / "a")
    assert relative_files(tree) == ["top.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_removing_a_link_leaves_what_it_points_to(tree: Path) -> None:
    (tree / "a" / "link").symlink_to(tree / "top.txt")
    (tree / "a" / "dangling").symlink_to(tree / "gone")
    before = (tree / "top.txt").stat().st_mode
    remove_tree(tree / "a")
    assert (tree / "top.txt").stat().st_mode == before


def test_removing_what_is_gone_is_nothing(tmp_path: Path) -> None:
    remove_tree(tmp_path / "never")
    assert list(tmp_path.iterdir()) == []
