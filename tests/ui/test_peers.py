"""The page of facilities above their peers: what it shows, sifts and says."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch
from graphfraud.ui.peers import COLOURS, MARK
from tests.ui.conftest import SCRIPT_ID


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, full_workspace: Path) -> AppTest:
    """Return the app on the page of peers, not run yet."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(full_workspace))
    monkeypatch.delenv("GRAPHFRAUD_LANG", raising=False)
    app = AppTest.from_file(launch.SCRIPT, default_timeout=30)
    app.query_params["page"] = "peers"
    return app


def _said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_sidebar_leads_there_and_back(app: AppTest) -> None:
    del app.query_params["page"]
    app.run()
    app.button(key="compare").click().run()
    assert "与同类机构比较" in _said(app)
    app.button(key="back").click().run()
    assert "page" not in app.query_params
    assert "线索 1 条" in _said(app)


def test_lines_stand_with_value_median_excess_and_level(app: AppTest) -> None:
    said = _said(app.run())
    assert "2 家机构有预警：3 级 1 条，2 级 1 条，1 级 1 条" in said
    assert "1 级高出 20%，2 级高出 50%，3 级高出 100%" in said
    assert "未评估“退费占比”：数据中没有 claims.refund_of" in said
    table = app.dataframe[0].value
    first = table.iloc[0]
    assert (first["index"], first["value"], first["median"]) == ("异常时段占比", "25.0%", "10.0%")
    assert first["excess"] == pytest.approx(150)
    assert list(table["level"]) == ["▲▲▲ 3 级", "▲▲ 2 级", "▲ 1 级"]
    assert list(table["facility"])[1] == SCRIPT_ID


def test_every_level_has_a_colour_a_shape_and_a_text() -> None:
    assert len(set(COLOURS.values())) == len(COLOURS) == 3
    assert len(MARK) == 1


def test_level_index_and_facility_are_filters(app: AppTest) -> None:
    app.run()
    app.main.segmented_control[0].set_value(3).run()
    assert len(app.dataframe[0].value) == 1
    app.main.segmented_control[0].set_value(1).run()
    app.selectbox(key="peer_index").select("same_minute").run()
    assert list(app.dataframe[0].value["index"]) == ["同分钟刷卡倍数"]
    app.selectbox(key="peer_facility").select(SCRIPT_ID).run()
    assert "这样选择时没有预警" in _said(app)


def test_a_run_without_lines_says_so(app: AppTest) -> None:
    app.query_params["run"] = "00" * 8
    assert "没有机构的指标明显高于同类机构" in _said(app.run())


def test_it_is_there_in_english(app: AppTest) -> None:
    app.run()
    app.sidebar.segmented_control[0].set_value("en").run()
    assert "Facilities with a warning line: 2" in _said(app)
    table = app.dataframe[0].value
    assert "What would excuse it: An emergency department" in _said(app)
    assert table["level"].iloc[0] == "▲▲▲ level 3"
