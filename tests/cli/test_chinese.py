"""Every command in Chinese: no English word of the frame is left, documents stay as they are."""

import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from graphfraud.api import Workspace

Run = Any
RING_A, RING_B = "R0000000000000aa", "R0000000000000ab"
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Ids, files, paths, options, commands to copy, and codes are the same in every language.
NAMED = re.compile(
    r"graphfraud [a-z-]+( --?\w+)*|--[\w-]+|\S*[/\\.]\S*|\w+（|\w*_\w+|\b[0-9a-f]{10,}\b"
)
FRAME = re.compile(
    r"\b(already|loaded|left|out|read|duplicates?|conflicts?|rejected|rows?|yuan|files?|feeds?|"
    r"runs?|snapshots?|leads?|rings?|explained|pairs?|claims?|members?|ties?|rank|pattern|status|"
    r"people|persons?|score|kind|risk|joint|visit|record|column|value|reason|made|hash|hint|error|"
    r"delivered|results?|saved|first|more|published|looks|chance|needs|excused|default|why|"
    r"found|yes|no|days|over|household|person|facility)\b",
    re.IGNORECASE,
)
DELIVERY = (
    "claim_id,person_id,facility_id,med_type,start_time,total_amount\n"
    "C1,P1,F1,pharmacy,2025-03-01 08:00:00,10.05\n"
    "C2,P2,F1,barber,2025-03-02 08:00:00,10.05\n"
)
READING = [
    ("show",),
    ("show", RING_A),
    ("show", RING_B),
    ("show", "C1"),
    ("show", "C2"),
    ("status",),
    ("rejects",),
    ("verify-store",),
]


def english(text: str) -> list[str]:
    """Return the English words of the frame that are left in a text."""
    return [hit[0] for hit in FRAME.finditer(NAMED.sub(" ", text))]


@pytest.fixture
def zh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak Chinese."""
    monkeypatch.setenv("GRAPHFRAUD_LANG", "zh")


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_a_workspace_holds_is_told_in_chinese(
    run: Run, store: Workspace, command: tuple[str, ...]
) -> None:
    told = run(*command, "-w", store.path, "--lang", "zh")
    assert told.code == 0
    assert CHINESE.search(told.out.splitlines()[0])
    assert english(re.sub("days used|  hash", "", told.out)) == []  # the run's remark, and its hash
    assert english(run(*command, "-w", store.path).out) != []


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_environment_chooses_the_language_too(
    run: Run, store: Workspace, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    asked = run(*command, "-w", store.path, "--lang", "zh")
    monkeypatch.setenv("GRAPHFRAUD_LANG", "zh")
    assert run(*command, "-w", store.path).out == asked.out


@pytest.mark.parametrize("command", [*READING[:6], READING[7], ("show", "x")], ids=" ".join)
def test_documents_are_the_same_in_every_language(
    run: Run, store: Workspace, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    before = run(*command, "-w", store.path, "--json")
    monkeypatch.setenv("GRAPHFRAUD_LANG", "zh")
    after = run(*command, "-w", store.path, "--json")
    assert (after.code, after.out) == (before.code, before.out)


def test_a_lead_is_told_in_the_words_of_the_page(run: Run, store: Workspace) -> None:
    told = run("show", RING_A, "-w", store.path, "--lang", "zh").out
    assert told.startswith(f"{RING_A}  结伴就医（轮换）  线索\n")
    assert "[未发现] 不同住" in told
    assert "[0.02 分] 持续性：共在 2 天出现。" in told
    assert "[0.00 分] 退费：未评估：没有退费列。" in told
    assert "同一家庭" in run("show", RING_B, "-w", store.path, "--lang", "zh").out
    listed = run("show", "-w", store.path, "--lang", "zh").out
    assert "线索 1 条，已有解释 1 组，重复结算 1 对" in listed
    assert "数据中没有这些表：payments（支付）" in listed


def test_columns_stand_under_their_headings(run: Run, store: Workspace) -> None:
    lines = run("status", "-w", store.path, "--lang", "zh").out.splitlines()
    head, *rows = lines[1:3]
    assert all(cell_len(row) == cell_len(head) for row in rows)
    assert head.split() == ["表", "读入", "装入", "重复", "冲突", "拒收"]


@pytest.mark.usefixtures("zh")
def test_load_is_told_in_chinese(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "claims.csv").write_text(DELIVERY, encoding="utf-8")
    (tmp_path / "in" / "readme.txt").write_text("", encoding="utf-8")
    first = run("load", tmp_path / "in", "-w", tmp_path / "ws")
    again = run("load", tmp_path / "in", "-w", tmp_path / "ws", "--max-rejects", "0")
    assert english(first.out) == english(again.out) == []
    assert "读入 2 行 = 装入 1 + 重复 0 + 冲突 0 + 拒收 1；读入 20.10 元 = 装入 10.05" in first.out
    assert "未读取：readme.txt" in first.out
    assert ("此前已装入" in first.out, "此前已装入" in again.out) == (False, True)
    assert (again.code, again.last.startswith("拒收过多：")) == (3, True)


@pytest.mark.usefixtures("zh")
def test_detect_is_told_in_chinese(run: Run, case: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = run("detect", "-w", case.path, "--pattern", "same_invoice", "--out", out).out
    assert english(told) == []
    assert f"结果已写入 {out}" in told
    assert "同一发票" in told


@pytest.mark.usefixtures("zh")
def test_patterns_are_headed_in_chinese(run: Run) -> None:
    lines = [line for line in run("patterns").out.splitlines() if "：" in line]
    heads = {line.partition("：")[0].strip() for line in lines}
    assert {"co_visit（结伴就医）", "寻找", "所需数据", "合理解释"} <= heads
    assert [head for head in heads if english(head)] == []


@pytest.mark.usefixtures("zh")
def test_sample_and_app_are_told_in_chinese(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("sample", "--out", tmp_path / "data", "--persons", 100, "--days", 30).out
    assert (english(told), "100 名参保人、30 天" in told) == ([], True)
    monkeypatch.setattr("graphfraud.ui.launch.launch", lambda *_, **__: 0)
    served = run("app", "-w", tmp_path, "--port", 8999).out
    assert "请在浏览器中打开 http://127.0.0.1:8999" in served


@pytest.mark.usefixtures("zh")
def test_saved_rejects_and_damage_are_told_in_chinese(
    run: Run, store: Workspace, tmp_path: Path
) -> None:
    saved = run("rejects", "-w", store.path, "--out", tmp_path / "rejects.csv").out
    assert f"已保存到 {tmp_path / 'rejects.csv'}" in saved
    path = next(store.path.glob("feeds/*/tables/claims.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[::-1])
    told = run("verify-store", "-w", store.path)
    assert (told.code, english(told.out), english(told.last)) == (1, [], [])
    assert "已改动" in told.out
    assert "有 1 个文件与写入时不一致。 建议：请从备份中恢复" in told.last


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["detect", "--set", "x", "--lang", "zh"], "--set x 不是 KEY=VALUE 的写法。 建议：见"),
        (["load", ".", "--max-rejects", "x", "--lang=zh"], "--max-rejects 的值是 'x'。 建议：请"),
        (["status", "--nope", "--lang", "zh"], "建议：见 graphfraud status --help"),
    ],
)
def test_what_cannot_be_understood_is_told_in_chinese(
    run: Run, arguments: list[str], line: str
) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.err.startswith("用法有误：")
    assert line in told.err


def test_refusal_as_document_stays_english(run: Run) -> None:
    error = run("detect", "--set", "x", "--lang", "zh", "--json").document["error"]
    assert error == {
        "kind": "UsageError",
        "message": "--set x is no KEY=VALUE.",
        "hint": "See: graphfraud patterns",
    }
