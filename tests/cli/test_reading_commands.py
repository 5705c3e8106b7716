import csv
import json
from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace
from graphfraud.version import __version__

Run = Any
RING_A, RING_B = "R0000000000000aa", "R0000000000000ab"


def test_version_is_told(run: Run) -> None:
    assert run("version").out.startswith(f"graphfraud {__version__} ")
    assert run("version", "--json").document["version"] == __version__


def test_status_tells_feeds_tables_and_runs(run: Run, store: Workspace) -> None:
    told = run("status", "-w", store.path)
    assert "1 feed, 1 snapshot, 1 run" in told.out
    document = run("status", "-w", store.path, "--json").document
    assert document["tables"]["claims"] == {
        "read": 3,
        "loaded": 2,
        "duplicate": 0,
        "conflict": 0,
        "rejected": 1,
    }
    assert [one["run_id"] for one in document["runs"]] == ["run1"]


def test_show_lists_the_rings_by_rank(run: Run, store: Workspace) -> None:
    told = run("show", "-w", store.path)
    assert "1 lead, 1 explained ring, 1 pair of" in told.out
    assert told.out.index(RING_A) < told.out.index(RING_B)
    assert "co_visit: days used" in told.out
    assert "not delivered: payments" in told.out
    assert "1,234.50" in told.out


def test_show_speaks_chinese(run: Run, store: Workspace) -> None:
    assert "三人" in run("show", "-w", store.path, "--lang", "zh").out
    assert "三人" not in run("show", "-w", store.path).out


def test_pairs_of_claims_are_explained_in_chinese(run: Run, store: Workspace) -> None:
    assert "同一发票" in run("show", "-w", store.path, "--lang", "zh").out
    assert "同一发票" in run("show", "C1", "-w", store.path, "--lang", "zh").out


def test_show_of_a_ring_has_reasons_ties_and_claims(run: Run, store: Workspace) -> None:
    told = run("show", RING_A, "-w", store.path)
    for text in (
        "[no] no shared home",
        "1 tie",
        "3 claims",
        "4 members",
        "10.05",
        "Seen on 2 days.",
    ):
        assert text in told.out
    document = run("show", RING_A, "-w", store.path, "--json").document
    assert document["ring"]["total_amount"] == 123450
    assert [row["claim_id"] for row in document["claims"]] == ["C1", "C2", "C3"]
    told = {row["code"]: row["value"] for row in document["signals"]}
    assert told == {"persistence": 2.0, "refunds": None}


def test_show_tells_how_a_ring_acts_and_who_else_found_it(run: Run, store: Workspace) -> None:
    assert "co_visit (places take turns)" in run("show", "-w", store.path).out
    told = run("show", RING_A, "-w", store.path).out
    for text in (
        "co_visit (places take turns)",
        "(700.25 in no ring ranked above)",
        "Seen on 2 days. Claims: C1, C3.",
        "2 patterns found this ring",
        "same goods",
        "1 other link",
        "2 warning lines at the ring's facilities",
    ):
        assert text in told
    zh = run("show", RING_A, "-w", store.path, "--lang", "zh").out
    for text in ("结伴就医（轮换）", "2 种模式都发现了这组", "同样的药品", "异常时段占比"):
        assert text in zh
    document = run("show", RING_A, "-w", store.path, "--json").document
    assert [row["pattern"] for row in document["patterns"]] == ["co_visit", "dense_block"]
    assert [row["entity_id_b"] for row in document["links"]] == ["F1"]
    assert [row["level"] for row in document["peers"]] == [3, 2]


def test_show_of_a_ring_alone_is_silent_of_others(run: Run, store: Workspace) -> None:
    told = run("show", RING_B, "-w", store.path).out
    assert "found this ring" not in told
    assert "in no ring ranked above" not in told
    assert "warning line" not in told


def test_show_of_a_claim_has_delivery_ring_and_duplicates(run: Run, store: Workspace) -> None:
    told = run("show", "C1", "-w", store.path)
    assert "record 1 of feed" in told.out
    assert f"part of ring {RING_A}, joint visit 1" in told.out
    assert "same_invoice, 800.00 yuan at risk" in told.out
    document = run("show", "C1", "-w", store.path, "--json").document
    assert document["deliveries"][0]["total_amount"] == 1005


def test_show_of_an_unknown_id_is_a_usage_error(run: Run, store: Workspace) -> None:
    told = run("show", "nothing", "-w", store.path)
    assert (told.code, told.out) == (2, "")


def test_rejects_are_listed_with_their_sentence(run: Run, store: Workspace) -> None:
    told = run("rejects", "-w", store.path)
    assert told.out.startswith("1 row not loaded.")
    assert "amount_format" in told.out
    (row,) = run("rejects", "-w", store.path, "--json").document["rejects"]
    assert (row["record_no"], row["value"], row["reasons"]) == (
        3,
        "=1+1",
        "amount_format missing_id",
    )
    assert row["sentence"]


def test_saved_rejects_run_no_formula(run: Run, store: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"
    told = run("rejects", "-w", store.path, "--out", out)
    assert f"Saved to {out}" in told.out
    (row,) = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert row["value"] == "'=1+1"
    assert row["raw"] == "x,=1+1"


def test_whole_store_verifies(run: Run, store: Workspace) -> None:
    told = run("verify-store", "-w", store.path, "--json")
    assert (told.code, told.document["damage"]) == (0, [])
    assert "as it was published" in run("verify-store", "-w", store.path).out


def test_changed_file_is_named_and_fails(run: Run, store: Workspace) -> None:
    path = next(store.path.glob("feeds/*/tables/claims.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[::-1])
    told = run("verify-store", "-w", store.path)
    assert told.code == 1
    assert "claims.parquet" in told.out
    assert "1 file not as published" in told.err
    as_json = run("verify-store", "-w", store.path, "--json")
    assert json.loads(as_json.out)["damage"][0]["kind"] == "changed"


@pytest.mark.parametrize("command", ["status", "show", "rejects", "verify-store", "detect"])
def test_missing_workspace_ends_with_1_and_makes_nothing(
    run: Run, tmp_path: Path, command: str
) -> None:
    told = run(command, "-w", tmp_path / "none")
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("WorkspaceError: ")
    assert list(tmp_path.iterdir()) == []
