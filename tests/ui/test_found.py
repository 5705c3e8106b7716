"""What findings compute beside a ring's ties is on its page: patterns, links, lines, claims."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch

FULL, PLAIN = "a1" * 8, "b2" * 8


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, full_workspace: Path) -> AppTest:
    """Return the app on the full workspace, not run yet."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(full_workspace))
    monkeypatch.delenv("GRAPHFRAUD_LANG", raising=False)
    return AppTest.from_file(launch.SCRIPT, default_timeout=30)


def _said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def _opened(app: AppTest, ring_id: str) -> AppTest:
    app.query_params["ring"] = ring_id
    return app.run()


def test_the_list_names_how_a_ring_acts_and_who_else_found_it(app: AppTest) -> None:
    board = app.run().get("bidi_component")[0].proto.json
    told = board if "轮换" in board else board.encode().decode("unicode_escape", errors="ignore")
    assert "轮换" in told
    assert "另由异常密集发现。" in told


def test_a_ring_names_its_variant_its_other_patterns_and_money_counted_once(app: AppTest) -> None:
    said = _said(_opened(app, FULL))
    assert "轮换" in said
    assert "另由异常密集发现。" in said
    assert "扣除前面各组后 2.00 万元" in said


def test_other_patterns_stand_with_observed_expected_and_p(app: AppTest) -> None:
    said = _said(_opened(app, FULL))
    assert "观察 42；按巧合应有 0.31；p 值 0.0005；线索" in said
    assert "同样的药品 30 次。" in said
    assert "观察 30；按巧合应有 2.5；p 值 1.0×10⁻⁸；线索" in said


def test_money_that_no_other_ring_has_is_told_once(app: AppTest) -> None:
    assert "扣除前面各组后" not in _said(_opened(app, PLAIN))


def test_links_and_lines_of_the_ring_are_tables(app: AppTest) -> None:
    tables = [table.value for table in _opened(app, FULL).dataframe]
    (links,) = (table for table in tables if "a" in table)
    assert links["b"].iloc[0] == "P00312 · 医药机构"
    (lines,) = (table for table in tables if "median" in table)
    assert list(lines["level"]) == ["▲▲▲ 3 级", "▲ 1 级"]


def test_signals_name_the_claims_that_decided(app: AppTest) -> None:
    assert "单据：S0000001" in _said(_opened(app, FULL))


def test_a_ring_without_them_has_no_such_tabs(app: AppTest) -> None:
    labels = [tab.label for tab in _opened(app, PLAIN).tabs]
    assert not [label for label in labels if "模式" in label or "关联" in label or "预警" in label]
    assert "另由" not in _said(app)


def test_the_page_says_what_could_not_be_looked_for(app: AppTest) -> None:
    assert "未检测“资金回流”：数据中没有 payments" in _said(app.run())
