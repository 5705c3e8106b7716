from collections.abc import Callable
from pathlib import Path

import pytest

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import Damage, Feed, WorkspaceFolder
from tests.workspace.delivery import deliver, deliver_all, deliver_run, run_of

Harm = Callable[[Path], object]


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def add_a_byte(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


FILES = ["feed.json", "rejects.parquet", "source/claims.csv", "tables/claims.parquet"]
HARMS = [
    (flip_a_bit, "changed"),
    (add_a_byte, "changed"),
    (Path.unlink, "missing"),
    (replace_by_a_folder, "missing"),
]


@pytest.fixture
def feed(workspace: WorkspaceFolder) -> Feed:
    deliver_all(workspace, [b"before", b"after"])
    return deliver(workspace, b"the one that suffers")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("harm", "kind"), HARMS)
def test_verify_names_the_file_and_only_it(
    workspace: WorkspaceFolder, feed: Feed, file: str, harm: Harm, kind: str
) -> None:
    assert workspace.verify() == []
    harm(workspace.feed_folder(feed.feed_id) / file)
    assert workspace.verify() == [Damage(f"feeds/{feed.feed_id}/{file}", kind)]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("harm", "kind"), HARMS[1:])
def test_the_cheap_check_names_what_is_gone_or_resized(
    workspace: WorkspaceFolder, feed: Feed, file: str, harm: Harm, kind: str
) -> None:
    workspace.check_feed_files([feed.feed_id])
    harm(workspace.feed_folder(feed.feed_id) / file)
    with pytest.raises(WorkspaceError, match=f"feeds/{feed.feed_id}/{file} is {kind}") as caught:
        workspace.check_feed_files([feed.feed_id])
    assert "Load the delivered file again" in caught.value.hint


def test_only_hashing_sees_a_flipped_bit(workspace: WorkspaceFolder, feed: Feed) -> None:
    flip_a_bit(workspace.feed_folder(feed.feed_id) / "rejects.parquet")
    workspace.check_feed_files([feed.feed_id])
    with pytest.raises(WorkspaceError, match=r"rejects\.parquet is changed"):
        workspace.check_feed_files([feed.feed_id], hashed=True)


def test_other_feeds_damage_does_not_stop_a_check(workspace: WorkspaceFolder, feed: Feed) -> None:
    others = [each.feed_id for each in workspace.feeds() if each != feed]
    flip_a_bit(workspace.feed_folder(feed.feed_id) / "rejects.parquet")
    workspace.check_feed_files(others, hashed=True)


def test_an_unknown_feed_cannot_be_checked(workspace: WorkspaceFolder) -> None:
    with pytest.raises(WorkspaceError, match="Unknown feed: nothing"):
        workspace.check_feed_files(["nothing"])


def test_what_nobody_published_is_named(workspace: WorkspaceFolder, feed: Feed) -> None:
    (workspace.feed_folder(feed.feed_id) / "tables" / "extra.parquet").touch()
    (workspace.path / "feeds" / "stray").mkdir()
    (workspace.path / "runs" / "note.txt").touch()
    assert set(workspace.verify()) == {
        Damage(f"feeds/{feed.feed_id}/tables/extra.parquet", "unexpected"),
        Damage("feeds/stray", "unexpected"),
        Damage("runs/note.txt", "unexpected"),
    }


def test_a_lost_folder_names_every_file(workspace: WorkspaceFolder, feed: Feed) -> None:
    workspace.feed_folder(feed.feed_id).rename(workspace.path / "feeds" / ".hidden")
    expected = [Damage(f"feeds/{feed.feed_id}/{file}", "missing") for file in FILES]
    assert workspace.verify() == expected


def test_runs_are_verified_too(workspace: WorkspaceFolder, feed: Feed) -> None:
    snapshot = workspace.snapshot([feed.feed_id])
    run = deliver_run(workspace, run_of(snapshot.snapshot_id))
    add_a_byte(workspace.run_folder(run.run_id) / "rings.csv")
    assert workspace.verify() == [Damage("runs/run1/rings.csv", "changed")]


def test_verify_reports_how_far_it_is(workspace: WorkspaceFolder, feed: Feed) -> None:
    said: list[tuple[str, int, int | None]] = []
    workspace.verify(lambda *report: said.append(report))
    assert said == [("verify", done, 3) for done in range(4)]
    assert feed in workspace.feeds()
