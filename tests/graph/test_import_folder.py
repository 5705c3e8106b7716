"""A folder that is replaced whole: what others put there stays, and a failure changes nothing."""

import errno
import os
from pathlib import Path

import pytest

from graphfraud.errors import StoreError, WorkspaceError
from graphfraud.graph.import_folder import MARK, replaced, write_text


def fill(folder: Path, *names: str) -> None:
    with replaced(folder) as fresh:
        for name in names:
            (fresh / name).parent.mkdir(exist_ok=True)
            write_text(fresh / name, name)


def fill_a_full_disk(folder: Path) -> None:
    with replaced(folder) as fresh:
        write_text(fresh / "half.csv", "")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "mark", [None, "{}", "[", '{"files": []}', '{"files": ["../other"]}', '{"files": ["/other"]}']
)
def test_what_others_put_there_is_never_touched(tmp_path: Path, mark: str | None) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "other").write_text("another's", encoding="utf-8")
    if mark is not None:
        (folder / MARK).write_text(mark, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError) as raised:
        fill(folder, "a.csv")
    assert raised.value.hint
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="holds other things"):
        fill(tmp_path / "file", "a.csv")
    with pytest.raises(WorkspaceError):
        fill(tmp_path / "file" / "below", "a.csv")


def test_ours_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mine"
    fill(folder, "a.csv", "nodes/b.csv")
    (folder / "import.report").write_text("by neo4j-admin", encoding="utf-8")
    fill(folder, "c.csv")
    assert files(folder) == {"c.csv", "import.report", MARK}
    assert [path.name for path in folder.parent.iterdir()] == ["mine"], "nothing is left beside it"


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    fill(tmp_path, "a.csv")
    assert files(tmp_path) == {"a.csv", MARK}


def test_a_failure_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    fill(folder, "a.csv")
    with pytest.raises(WorkspaceError, match="No room left on the disk"):
        fill_a_full_disk(folder)
    assert files(folder) == {"a.csv", MARK}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("before", [(), ("a.csv", "b.csv")])
@pytest.mark.parametrize("moves", [0, 1, 2, 3])
def test_cut_off_while_moving_the_next_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int, before: tuple[str, ...]
) -> None:
    folder = tmp_path / "mine"
    if before:
        fill(folder, *before)
    rename, left = Path.replace, [moves]

    def cut_off(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    with monkeypatch.context() as during:
        during.setattr(Path, "replace", cut_off)
        with pytest.raises(WorkspaceError):
            fill(folder, "b.csv", "c.csv")
    fill(folder, "d.csv")
    assert files(folder) == {"d.csv", MARK}
