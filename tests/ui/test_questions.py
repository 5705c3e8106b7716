"""The saved questions on their page: the answer shown is the store's answer."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphfraud.api import Workspace
from graphfraud.graph.questions import QUESTIONS
from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch


@pytest.fixture(params=["zh", "en"], autouse=True)
def language(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setenv("GRAPHFRAUD_LANG", request.param)


def _app_on(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(workspace.path))
    return AppTest.from_file(launch.SCRIPT, default_timeout=120)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, case_with_graph: Workspace) -> AppTest:
    return _app_on(case_with_graph, monkeypatch)


def _said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_side_bar_leads_there_and_back_and_the_graph_is_made_for_it(
    case: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _app_on(case, monkeypatch)
    app.run()
    app.button(key="ask").click().run()
    assert app.query_params["page"] == "questions"
    assert not app.exception
    with case.graph() as graph:
        assert graph.counts()[0]["Ring"] == len(case.results().rings)
    app.button(key="back").click().run()
    assert "page" not in app.query_params


def test_every_question_shows_what_the_store_answers(
    app: AppTest, case_with_graph: Workspace
) -> None:
    app.query_params["page"] = "questions"
    app.run()
    answered = 0
    for name in QUESTIONS:
        app.selectbox(key="question").select(name).run()
        assert not app.exception
        assert "Traceback" not in _said(app)
        with case_with_graph.graph() as graph:
            columns, rows = graph.ask(name)
        tables = [one.value for one in app.dataframe]
        assert [len(table) for table in tables] == ([len(rows)] if rows else [])
        if rows:
            answered += 1
            first = [str(value) for value in tables[0].iloc[0]]
            ids = [v for k, v in zip(columns, rows[0], strict=True) if k.endswith("_id") and v]
            assert set(ids) <= set(first)
        assert app.code[0].value.startswith("// Purpose:")
    assert answered >= 5


def test_parameters_are_asked_and_used(app: AppTest, case_with_graph: Workspace) -> None:
    app.query_params["page"] = "questions"
    app.run()
    app.selectbox(key="question").select("ring_members").run()
    app.number_input(key="ring_members.rows").set_value(1).run()
    assert [len(one.value) for one in app.dataframe] == [1]
    app.text_input(key="ring_members.ring").set_value("<b>no ring</b>").run()
    assert not app.dataframe
    assert "<b>no ring</b>" not in _said(app)
    assert Path(case_with_graph.path).exists()
