"""`graphfraud evaluate` as people and programs see it."""

from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace

Run = Any
HEAD = "ring,entity_type,entity_id\n"


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    """Return a truth: the ring of the run's lead, one that was missed, a look-alike, pairs."""
    files = {
        "rings": "ring,pattern\nT1,co_visit\nT2,money_circle\n",
        "ring_members": f"{HEAD}T1,person,007\nT1,person,008\nT2,person,1\nT2,company,C\n",
        "lookalikes": "lookalike,kind\nH1,care_home\n",
        "lookalike_members": "lookalike,entity_type,entity_id\nH1,person,5\n",
        "duplicates": "claim_id_a,claim_id_b,kind\nC9,C1,same_invoice\n",
        "duplicate_lookalikes": "claim_id_a,claim_id_b,kind\nC2,C3,refund\n",
    }
    folder = tmp_path / "truth"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(store: Workspace) -> Path:
    """Return the run's folder inside the workspace."""
    return store.results().folder


def test_figures_are_told(run: Run, folder: Path, truth: Path) -> None:
    told = run("evaluate", folder, truth)
    assert told.code == 0
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert "1 lead and 1 explained ring against 2 true rings" in lines
    assert "all entities 0.5 1 2 1 1 0.5 0.667 0.5" in lines
    assert "persons 0.5 1 2 1 1 0.5 0.667 0.667" in lines
    assert "money_circle 0.5 0 1 0 – 0 0 –" in lines
    assert "care home 1 0 0 1" in lines
    assert "duplicate claims 1 1 1 1 0 0 1 1 1" in lines
    assert "1 member of kind company in 1 true ring not counted: results cannot hold that kind" in (
        lines
    )
    assert "identities.csv is not there, so nothing is said about it" in lines


def test_document_has_every_table_and_no_nan(run: Run, folder: Path, truth: Path) -> None:
    document = run("evaluate", folder, truth, "--json").document
    assert document["f1"] == pytest.approx(2 / 3)
    assert document["counts"] == {"leads": 1, "explained": 1, "rings": 2}
    assert document["average_precision"] == {"all": 0.5, "person": 0.5}
    (circle,) = [
        row
        for row in document["patterns"]
        if (row["pattern"], row["entities"], row["jaccard"]) == ("money_circle", "all", 0.5)
    ]
    assert (circle["precision"], circle["recall"]) == (None, 0.0)
    assert [row["ring"] for row in document["missed_rings"]] == ["T2"]
    assert document["honest_pairs"] == [{"kind": "refund", "pairs": 1, "reported": 0}]
    assert {"code": "absent", "file": "identities.csv"} in document["remarks"]


def test_document_is_the_same_in_both_languages(run: Run, folder: Path, truth: Path) -> None:
    both = [run("evaluate", folder, truth, "--json", "--lang", lang).out for lang in ("zh", "en")]
    assert both[0] == both[1]


def test_chinese_leaves_no_english_frame(run: Run, folder: Path, truth: Path) -> None:
    out = run("evaluate", folder, truth, "--lang", "zh").out
    assert "线索 1 条，已有解释 1 组；真实团伙 2 个" in out
    assert "资金回流" in out
    assert "养老机构" in out
    for english in ("rings", "precision", "persons", "claims", "found"):
        assert english not in out


def test_below_the_target_is_failed_and_told(run: Run, folder: Path, truth: Path) -> None:
    told = run("evaluate", folder, truth, "--fail-under", "0.7")
    assert (told.code, told.last.startswith("BelowTargetError: F1 is 0.667, below 0.7.")) == (
        1,
        True,
    )
    assert "mean Jaccard" in told.out
    chinese = run("evaluate", folder, truth, "--fail-under", "0.7", "--lang", "zh")
    assert chinese.last.startswith("未达标：F1 为 0.667，低于 0.7。 建议：")
    failed = run("evaluate", folder, truth, "--fail-under", "0.7", "--json")
    assert (failed.code, failed.document["f1"] < 0.7) == (1, True)


def test_at_the_target_is_good(run: Run, folder: Path, truth: Path) -> None:
    arguments = ("--pattern", "co_visit", "--fail-under", "1")
    told = run("evaluate", folder, truth, *arguments, "--json")
    assert (told.code, told.document["f1"]) == (0, 1.0)


@pytest.mark.parametrize("value", ["1.5", "-0.1", "nan", "inf"])
def test_a_target_that_is_none_is_refused(run: Run, folder: Path, truth: Path, value: str) -> None:
    told = run("evaluate", folder, truth, f"--fail-under={value}", "--lang", "zh")
    assert (told.code, told.out) == (2, "")
    assert "0 到 1 之间的数" in told.err


def test_names_from_data_steer_no_terminal(run: Run, folder: Path, truth: Path) -> None:
    rows = '\x1b[2J,[red]x\n"a\nb",x\n'
    (truth / "rings.csv").write_text(f"ring,pattern\n{rows}T1,x\nT2,x\n", encoding="utf-8")
    members = (truth / "ring_members.csv").read_text(encoding="utf-8")
    more = '\x1b[2J,person,8\n"a\nb",person,9\n'
    (truth / "ring_members.csv").write_text(f"{members}{more}", encoding="utf-8")
    told = run("evaluate", folder, truth)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "\\x1b[2J" in told.out
    assert "a\\nb" in told.out
    assert "[red]x" in told.out


def test_folders_that_are_none_are_refused(run: Run, folder: Path, truth: Path) -> None:
    for arguments in ((folder, truth.parent / "nowhere"), (truth.parent / "nowhere", truth)):
        told = run("evaluate", *arguments)
        assert (told.code, told.out) == (2, "")
        assert "Hint: " in told.err


def test_long_lists_are_cut_for_people_alone(run: Run, folder: Path, truth: Path) -> None:
    names = [f"M{n:03}" for n in range(30)]
    rings = "".join(f"{name},co_visit\n" for name in names)
    members = "".join(f"{name},person,x{name}\n" for name in names)
    (truth / "rings.csv").write_text(f"ring,pattern\n{rings}", encoding="utf-8")
    (truth / "ring_members.csv").write_text(f"{HEAD}{members}", encoding="utf-8")
    assert "… and 10 more; --json tells all" in run("evaluate", folder, truth).out
    assert len(run("evaluate", folder, truth, "--json").document["missed_rings"]) == 30
