"""A workspace to load into, and what a load left in it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graphfraud.settings import Limits
from graphfraud.workspace import Feed, WorkspaceFolder
from loaders import load

AS_OF = date(2026, 1, 31)


class Loaded:
    """One loaded feed: its record and its files as rows of plain Python values."""

    def __init__(self, feed: Feed, folder: Path, *, already: bool) -> None:
        self.feed = feed
        self.folder = folder
        self.already = already

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the loaded rows of a table, NULL as None."""
        return _rows(self.folder / "tables" / f"{table}.parquet")

    def rejects(self) -> list[dict[str, Any]]:
        """Return what was not loaded."""
        return _rows(self.folder / "rejects.parquet")

    def reasons(self) -> dict[int, list[str]]:
        """Return record number -> all its reasons."""
        return {row["record_no"]: list(row["reasons"]) for row in self.rejects()}


def _rows(path: Path) -> list[dict[str, Any]]:
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    return [
        {
            str(name): None if value is pd.NA or value is pd.NaT else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


Loading = Callable[..., list[Loaded]]
LoadOne = Callable[..., Loaded]


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path / "workspace", create=True)


@pytest.fixture
def load_files(workspace: WorkspaceFolder) -> Loading:
    """Return a function that loads paths and gives the feeds back."""

    def run(paths: Sequence[Path], mapping: Path | None = None) -> list[Loaded]:
        report = load(workspace, paths, mapping=mapping, as_of=AS_OF, limits=Limits(threads=1))
        return [
            Loaded(o.feed, workspace.feed_folder(o.feed.feed_id), already=o.already)
            for o in report.feeds
        ]

    return run


@pytest.fixture
def load_bytes(load_files: Loading, tmp_path: Path) -> LoadOne:
    """Return a function that loads one file given as bytes or text."""

    def run(content: bytes | str, name: str = "claims.csv", mapping: str = "") -> Loaded:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        rules = tmp_path / "mapping.yaml" if mapping else None
        if rules:
            rules.write_text(mapping, encoding="utf-8")
        return load_files([path], rules)[0]

    return run
