"""What the generator writes is loaded whole: no row is rejected, twice there, or in conflict."""

from datetime import date
from pathlib import Path

import pytest

from graphfraud.workspace import WorkspaceFolder
from loaders import load
from sample_data import generate


@pytest.mark.parametrize(("clean", "kind"), [(False, "csv"), (True, "csv"), (False, "parquet")])
def test_every_row_is_loaded(tmp_path: Path, clean: bool, kind: str) -> None:
    out = tmp_path / "sample"
    truth = generate(out, persons=600, days=120, seed=6, clean=clean, format=kind)
    workspace = WorkspaceFolder.open(tmp_path / "workspace", create=True)
    report = load(workspace, [out], as_of=date(2025, 12, 31))
    assert report.faults == ()
    loaded = {
        name: count for outcome in report.feeds for name, count in outcome.feed.tables.items()
    }
    assert {name: count.loaded for name, count in loaded.items()} == truth.counts
    assert report.rejected == report.duplicate == report.conflict == 0
    assert all(not outcome.feed.reasons for outcome in report.feeds)
