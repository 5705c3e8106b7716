"""From delivered files to the page: what a detection writes is what the pages read."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphfraud.api import Results, Workspace
from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch
from graphfraud.ui.words import catalogue


@pytest.fixture
def detected(case: Workspace) -> tuple[Path, Results]:
    """Return the workspace with the committed fixture analysed, and what was found."""
    return case.path, case.results()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, detected: tuple[Path, Results]) -> AppTest:
    """Return the app on that workspace."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(detected[0]))
    monkeypatch.setenv("GRAPHFRAUD_LANG", "en")
    return AppTest.from_file(launch.SCRIPT, default_timeout=60)


def _said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_list_shows_what_was_found(app: AppTest, detected: tuple[Path, Results]) -> None:
    results = detected[1]
    leads = int((results.rings["status"] == "lead").sum())
    assert leads >= 1
    assert f"leads: {leads} ·" in _said(app.run())
    assert f"duplicate pairs: {len(results.duplicates)} ·" in _said(app)


def test_every_ring_opens(app: AppTest, detected: tuple[Path, Results]) -> None:
    for ring_id in detected[1].rings["ring_id"]:
        app.query_params["ring"] = ring_id
        app.run()
        assert ring_id in _said(app)
        assert "Cannot go on" not in _said(app)


def test_every_code_that_a_run_writes_has_a_word(detected: tuple[Path, Results]) -> None:
    results = detected[1]
    codes = {
        "pattern": set(results.rings["pattern"]),
        "status": set(results.rings["status"]),
        "kind": set(results.members["entity_type"]),
        "role": set(results.members["role"]),
        "reason": set(results.reasons["code"]),
        "signal": set(results.signals["code"]),
        "duplicate": set(results.duplicates["kind"]),
    }
    known = catalogue("zh").texts
    assert {f"{s}.{code}" for s, found in codes.items() for code in found} - set(known) == set()
