import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import Feed, TableCount, WorkspaceFolder, durable
from tests.workspace.conftest import StartProcess
from tests.workspace.delivery import deliver, feed_of, fill, leftovers

CONTENT = b"claim_id,amount\n1,2.00\n"


def unlisted(workspace: WorkspaceFolder, content: bytes = CONTENT) -> tuple[WorkspaceFolder, Feed]:
    """Leave the workspace as a kill between rename and row leaves it."""
    feed = deliver(workspace, content)
    (workspace.path / "catalog.sqlite").unlink()
    return WorkspaceFolder.open(workspace.path, create=True), feed


def stamps(folder: Path) -> list[int]:
    return sorted(path.stat().st_ino for path in folder.rglob("*"))


def test_what_is_published_is_what_was_staged(workspace: WorkspaceFolder) -> None:
    feed = deliver(workspace, CONTENT)
    folder = workspace.feed_folder(feed.feed_id)
    assert (folder / "source" / "claims.csv").read_bytes() == CONTENT
    assert feed.files == {
        "rejects.parquet": hashlib.sha256(b"no rejects").hexdigest(),
        "source/claims.csv": hashlib.sha256(CONTENT).hexdigest(),
        "tables/claims.parquet": hashlib.sha256(CONTENT[::-1]).hexdigest(),
    }
    assert workspace.feed(feed.feed_id) == feed
    assert leftovers(workspace) == []


def test_a_hash_taken_while_writing_is_not_computed_again(
    workspace: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note(path: Path) -> str:
        read.append(path.name)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr(durable, "file_hash", note)
    feed = feed_of(CONTENT)
    with workspace.staging() as staging:
        fill(staging, CONTENT)
        workspace.publish_feed(staging, replace(feed, files={"source/claims.csv": feed.sha256}))
    assert read == ["rejects.parquet", "claims.parquet"]
    monkeypatch.undo()
    assert workspace.verify() == []


def test_the_manifest_beside_the_files_knows_no_time(workspace: WorkspaceFolder) -> None:
    feed = deliver(workspace, CONTENT)
    text = (workspace.feed_folder(feed.feed_id) / "feed.json").read_text(encoding="utf-8")
    assert "loaded_at" not in json.loads(text)
    assert feed.loaded_at not in text
    assert "三行" in text


def test_the_same_file_twice_is_there_once(workspace: WorkspaceFolder) -> None:
    feed = deliver(workspace, CONTENT)
    before = stamps(workspace.feed_folder(feed.feed_id))
    assert deliver(workspace, CONTENT) == feed
    assert workspace.feeds() == [feed]
    assert stamps(workspace.feed_folder(feed.feed_id)) == before


def test_a_kill_between_rename_and_row_costs_only_the_row(workspace: WorkspaceFolder) -> None:
    again, feed = unlisted(workspace)
    before = stamps(again.feed_folder(feed.feed_id))
    adopted = again.already_loaded(feed.feed_id)
    assert adopted is not None
    assert replace(adopted, loaded_at=feed.loaded_at) == feed
    assert stamps(again.feed_folder(feed.feed_id)) == before
    assert again.verify() == []


@pytest.mark.parametrize("victim", ["rejects.parquet", "source/claims.csv", "feed.json"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_an_unlisted_feed_that_does_not_hold_is_replaced(
    workspace: WorkspaceFolder, victim: str, how: str
) -> None:
    again, feed = unlisted(workspace)
    path = again.feed_folder(feed.feed_id) / victim
    path.unlink()
    if how == "changed":
        path.write_bytes(b"other")
    assert again.already_loaded(feed.feed_id) is None
    assert not again.feed_folder(feed.feed_id).exists()
    deliver(again, CONTENT)
    assert again.verify() == []


def test_an_unlisted_feed_under_a_wrong_id_is_not_taken_over(workspace: WorkspaceFolder) -> None:
    again, feed = unlisted(workspace)
    again.feed_folder(feed.feed_id).rename(again.feed_folder("another"))
    assert again.already_loaded("another") is None
    assert again.feeds() == []


def test_a_damaged_feed_is_repaired_by_loading_it_again(workspace: WorkspaceFolder) -> None:
    feed = deliver(workspace, CONTENT)
    snapshot = workspace.snapshot()
    path = workspace.feed_folder(feed.feed_id) / "tables" / "claims.parquet"
    path.unlink()
    path.write_bytes(CONTENT)
    assert workspace.already_loaded(feed.feed_id) is None
    deliver(workspace, CONTENT)
    assert workspace.verify() == []
    assert workspace.snapshot() == snapshot


def test_an_unbalanced_feed_is_refused(workspace: WorkspaceFolder) -> None:
    lossy = replace(feed_of(CONTENT), tables={"claims": TableCount(read=3, loaded=2)})
    with workspace.staging() as staging:
        fill(staging, CONTENT)
        with pytest.raises(WorkspaceError, match="read is not loaded"):
            workspace.publish_feed(staging, lossy)
    assert workspace.feeds() == []


def test_a_file_that_changed_under_the_loader_is_refused(workspace: WorkspaceFolder) -> None:
    with workspace.staging() as staging:
        fill(staging, CONTENT + b"2,3.00\n")
        with pytest.raises(WorkspaceError, match="changed while it was being loaded"):
            workspace.publish_feed(staging, feed_of(CONTENT))
    assert workspace.feeds() == []


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let the system refuse to make any file larger than `size` bytes."""
    import resource  # noqa: PLC0415 - not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def failing(name: str, nth: int, error: BaseException) -> Iterator[list[int]]:
    """Let the nth call of `os.<name>` raise; yields the calls seen."""
    genuine = getattr(os, name)
    calls: list[int] = []

    def fault(*arguments: object, **named: object) -> object:
        calls.append(len(calls) + 1)
        if calls[-1] == nth:
            raise error
        return genuine(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, name, fault)
        yield calls


@pytest.mark.parametrize("call", ["fsync", "rename", "chmod", "mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_fault_at_any_call_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, call: str, number: int
) -> None:
    undisturbed = WorkspaceFolder.open(tmp_path / "undisturbed", create=True)
    with failing(call, 0, OSError()) as calls:
        deliver(undisturbed, CONTENT)
    assert calls
    for nth in calls:
        workspace = WorkspaceFolder.open(tmp_path / str(nth), create=True)
        fault = OSError(number, "fault", "this/file")
        with failing(call, nth, fault), pytest.raises((WorkspaceError, OSError)) as caught:
            deliver(workspace, CONTENT)
        assert isinstance(caught.value, WorkspaceError) or call == "mkdir"
        assert "this/file" in str(caught.value)
        assert workspace.verify() == []
        assert leftovers(workspace) == []
        deliver(workspace, CONTENT)
        assert workspace.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of files")
def test_a_disk_that_is_too_small_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    content = bytes(40_000)
    refused = []
    for limit in range(4_000, 84_000, 4_000):
        workspace = WorkspaceFolder.open(tmp_path / str(limit), create=True)
        try:
            with file_size_limit(limit):
                deliver(workspace, content)
        except WorkspaceError as error:
            refused.append(error.message)
        assert len(workspace.feeds()) == (limit >= 4_000 * (1 + len(refused)))
        assert workspace.verify() == []
        assert leftovers(workspace) == []
        deliver(workspace, content)
        assert workspace.verify() == []
    assert 5 < len(refused) < 20
    assert all("disk" in message for message in refused)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the sweep forks")
@pytest.mark.parametrize("how", ["kill", "interrupt"])
@pytest.mark.parametrize("state", ["fresh", "unlisted"])
def test_ended_at_any_line_a_load_leaves_all_or_nothing_and_can_be_finished(
    tmp_path: Path, start: StartProcess, state: str, how: str
) -> None:
    output, errors = start("every_line", tmp_path, state, how, "13").communicate(timeout=120)
    assert errors == ""
    sweep = json.loads(output)
    assert sweep["wrong"] == {}
    assert sweep["tried"] > 30
