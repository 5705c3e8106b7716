import doctest
import shutil
from pathlib import Path

import pytest

from graphfraud.resources import bundled

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"


def test_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = bundled("sample_data") / "fixture"
    shutil.copytree(fixture, tmp_path / "sample_data" / "fixture")
    monkeypatch.chdir(tmp_path)
    told = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert told.attempted > 10
    assert told.failed == 0
