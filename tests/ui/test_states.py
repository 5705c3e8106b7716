"""What a page shows in each state, through Streamlit's own test driver."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphfraud.api import Results
from graphfraud.errors import WorkspaceError
from graphfraud.settings import WORKSPACE_VARIABLE
from graphfraud.ui import launch, source
from graphfraud.workspace import WorkspaceFolder

SMALL, LARGE, EMPTY = "11" * 8, "22" * 8, "00" * 8


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, full_workspace: Path) -> AppTest:
    """Return the app on the full workspace, not run yet."""
    return _at(monkeypatch, full_workspace)


def _at(monkeypatch: pytest.MonkeyPatch, path: Path) -> AppTest:
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(path))
    monkeypatch.delenv("GRAPHFRAUD_LANG", raising=False)
    return AppTest.from_file(launch.SCRIPT, default_timeout=30)


def _said(app: AppTest) -> str:
    """Return all HTML, code and labels of a page as one text."""
    parts = [element.proto.body for element in app.get("html")]
    parts += [block.value for block in app.code]
    parts += [tab.label for tab in app.tabs] + [button.label for button in app.button]
    return "\n".join(parts)


def test_without_a_workspace_the_page_teaches_how_to_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = _at(monkeypatch, tmp_path / "no where").run()
    said = _said(app)
    assert "还没有工作区" in said
    assert f"graphfraud load data/ --workspace '{tmp_path / 'no where'}'" in said
    assert "graphfraud demo" in said
    assert not (tmp_path / "no where").exists()


def test_an_empty_workspace_teaches_how_to_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    WorkspaceFolder.open(tmp_path / "case", create=True)
    said = _said(_at(monkeypatch, tmp_path / "case").run())
    assert "工作区是空的" in said
    assert "graphfraud load" in said


def test_a_workspace_without_a_run_teaches_how_to_detect(
    monkeypatch: pytest.MonkeyPatch, fed_workspace: Path
) -> None:
    said = _said(_at(monkeypatch, fed_workspace).run())
    assert "已有 1 份数据" in said
    assert f"graphfraud detect --workspace {fed_workspace}" in said


def test_a_run_without_leads_says_that_this_is_a_result(app: AppTest) -> None:
    app.query_params["run"] = EMPTY
    said = _said(app.run())
    assert "没有线索" in said
    assert "这是一个结果，不是故障" in said


def test_a_folder_that_is_no_workspace_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    app = _at(monkeypatch, tmp_path).run()
    assert "无法继续" in _said(app)
    assert not app.exception


def test_a_missing_result_file_is_a_sentence_with_a_hint(
    monkeypatch: pytest.MonkeyPatch, full_workspace: Path, tmp_path: Path
) -> None:
    shutil.copytree(full_workspace, tmp_path / "case")
    (tmp_path / "case" / "runs" / SMALL / "rings.csv").unlink()
    app = _at(monkeypatch, tmp_path / "case").run()
    said = _said(app)
    assert "rings.csv is missing" in said
    assert "建议：" in said
    assert not app.exception


def test_an_error_inside_names_no_detail(
    monkeypatch: pytest.MonkeyPatch, app: AppTest, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_path: Path) -> None:
        raise RuntimeError("secret 42")

    monkeypatch.setattr(source, "status", fail)
    said = _said(app.run())
    assert "程序内部出错" in said
    assert "secret" not in said
    assert not app.exception
    assert "secret 42" in caplog.text


def test_the_newest_run_opens_with_its_leads(app: AppTest) -> None:
    said = _said(app.run())
    assert "线索 1 条 · 已有解释 1 组 · 重复结算 2 对" in said
    assert "线索涉及基金 2.00 万元" in said
    assert app.sidebar.selectbox[0].value == SMALL
    assert "2 次就诊没有时刻" in said
    assert "payments、relations" in said


def test_choosing_a_run_moves_the_address_to_it(app: AppTest) -> None:
    app.run()
    app.sidebar.selectbox[0].select(LARGE).run()
    assert app.query_params["run"] in (LARGE, [LARGE])
    assert "线索 41 条" in _said(app)


def test_many_leads_come_in_pages(app: AppTest) -> None:
    app.query_params["run"] = LARGE
    app.run()
    assert len(_boards(app)) == 1
    assert _boards(app)[0].count("结伴就医") == 20


def _boards(app: AppTest) -> list[str]:
    return [
        element.proto.json.encode().decode("unicode_escape", errors="ignore")
        if "\\u" in element.proto.json
        else element.proto.json
        for element in app.get("bidi_component")
    ]


def test_the_language_can_be_changed_and_is_kept(app: AppTest) -> None:
    app.run()
    app.sidebar.segmented_control[0].set_value("en").run()
    assert "leads: 1 · explained: 1" in _said(app)
    app.run()
    assert "leads: 1 · explained: 1" in _said(app)


@pytest.mark.parametrize(("wish", "title"), [("en_US.UTF-8", "Findings"), ("fr", "发现")])
def test_the_environment_may_choose_the_first_language(
    monkeypatch: pytest.MonkeyPatch, app: AppTest, wish: str, title: str
) -> None:
    monkeypatch.setenv("GRAPHFRAUD_LANG", wish)
    assert title in _said(app.run())


def test_explained_rings_are_one_choice_away(app: AppTest) -> None:
    app.run()
    app.main.segmented_control[0].set_value("explained").run()
    assert "同一家庭" in _boards(app)[0]
    app.query_params["run"] = LARGE
    app.run()
    assert "这一类里没有条目" in _said(app)


def test_a_link_opens_a_ring_and_back_leads_to_the_list(app: AppTest) -> None:
    app.query_params["run"], app.query_params["ring"] = SMALL, "b2" * 8
    app.run()
    said = _said(app)
    assert "已有解释：同一家庭。" in said
    assert "统筹区 310101、320500" in said
    assert "成立" in said
    app.button(key="back").click().run()
    assert "ring" not in app.query_params
    assert "线索 1 条" in _said(app)


def test_a_node_from_the_list_shows_its_ties_in_words(app: AppTest) -> None:
    app.query_params["ring"] = "b2" * 8
    app.run()
    app.selectbox(key="node").select("person:330226194002180011").run()
    said = _said(app)
    assert "与 330226194109050022：42 次共同就诊；按巧合应有 0.31 次" in said
    assert "P00077：单据 5 条" in said


def test_a_facility_shows_who_went_there(app: AppTest) -> None:
    app.query_params["ring"] = "b2" * 8
    app.run()
    app.selectbox(key="node").select("facility:P00077").run()
    assert "330226194109050022：单据 5 条" in _said(app)


def test_the_claims_table_names_file_and_record(app: AppTest) -> None:
    app.query_params["ring"] = "b2" * 8
    app.run()
    claims = next(table.value for table in app.dataframe if "record_no" in table.value)
    assert list(claims["feed"].unique()) == ["south.csv"]
    assert int(claims["record_no"].iloc[0]) == 1000
    assert str(claims["total"].iloc[0]) == "381.95"


def test_a_ring_beyond_the_limit_says_what_is_left_out_and_offers_it(app: AppTest) -> None:
    app.query_params["run"], app.query_params["ring"] = LARGE, "c3" * 8
    assert "共 190 个节点、1350 条连线，先显示最重要的 120 个与 180 条" in _said(app.run())
    assert "先显示" not in _said(app.toggle(key="everything").set_value(True).run())


@pytest.mark.parametrize("name", ["run", "ring"])
def test_a_link_to_something_unknown_is_a_sentence(app: AppTest, name: str) -> None:
    app.query_params[name] = "zz<b>"
    said = _said(app.run())
    assert "zz&lt;b&gt;" in said
    assert "建议：" in said
    assert not app.exception


def test_hostile_ids_are_escaped(app: AppTest) -> None:
    app.query_params["ring"] = "a1" * 8
    app.run()
    app.sidebar.segmented_control[0].set_value("en").run()
    said = _said(app)
    assert "0.02 points" in said
    assert "Not assessed: no refunds." in said
    assert "&lt;script&gt;" in said
    assert "<script>" not in said
    assert "<img" not in said


def test_a_ring_without_ties_reasons_or_claims_says_so(app: AppTest) -> None:
    app.query_params["run"], app.query_params["ring"] = LARGE, f"{5:016x}"
    said = _said(app.run())
    assert "这组没有逐对的共同就诊记录" in said
    assert "没有为这组检验合理解释" in said
    assert "没有评估这组的行为特征" in said
    assert "这组没有列出单据" in said
    assert not app.exception


def test_results_are_read_once_a_run(full_workspace: Path) -> None:
    first = source.results(str(full_workspace), SMALL)
    assert isinstance(first, Results)
    assert source.results(str(full_workspace), SMALL) is first
    sight = source.seen(str(full_workspace), SMALL, "a1" * 8)
    assert source.seen(str(full_workspace), SMALL, "a1" * 8) is sight
    with pytest.raises(WorkspaceError):
        source.results(str(full_workspace), "ff")
