import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphfraud.cli.load import reject_limit
from graphfraud.resources import bundled

Run = Any
CLAIMS = "claim_id,person_id,facility_id,med_type,start_time,total_amount\n"
GOOD = CLAIMS + "".join(f"C{n},P{n},F1,pharmacy,2025-03-0{n} 08:00:00,10.05\n" for n in range(1, 6))
BAD = GOOD.replace("P2,F1,pharmacy", "P2,F1,barber")


def delivery(folder: Path, text: str, name: str = "claims.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_equation_is_printed_in_rows_and_yuan(run: Run, tmp_path: Path) -> None:
    told = run("load", delivery(tmp_path / "in", BAD), "-w", tmp_path / "ws")
    assert told.code == 0
    rows = "5 read = 4 loaded + 0 duplicate + 0 conflict + 1 rejected rows"
    yuan = "50.25 read = 40.20 loaded + 0.00 duplicate + 0.00 conflict + 10.05 rejected yuan"
    assert f"claims: {rows}; {yuan}" in told.out
    assert "unknown_code" in told.out


def test_report_as_document_balances(run: Run, tmp_path: Path) -> None:
    told = run("load", delivery(tmp_path / "in", BAD), "-w", tmp_path / "ws", "--json")
    (feed,) = told.document["feeds"]
    claims = feed["tables"]["claims"]
    assert claims["read_fen"] == claims["loaded_fen"] + claims["rejected_fen"] == 5025
    assert feed["reasons"] == {"unknown_code": 1}
    assert (told.document["read"], told.document["rejected"]) == (5, 1)


def test_same_file_again_is_already_loaded(run: Run, tmp_path: Path) -> None:
    folder = delivery(tmp_path / "in", GOOD)
    assert "already loaded" not in run("load", folder, "-w", tmp_path / "ws").out
    again = run("load", folder, "-w", tmp_path / "ws")
    assert "already loaded" in again.out
    status = run("status", "-w", tmp_path / "ws", "--json").document
    assert status["tables"]["claims"]["loaded"] == 5


@pytest.mark.parametrize(("limit", "code"), [("0.1", 3), ("0", 3), ("0.2", 0), ("1", 0)])
def test_too_many_rejects_end_with_3_and_stay_loaded(
    run: Run, tmp_path: Path, limit: str, code: int
) -> None:
    folder = delivery(tmp_path / "in", BAD)
    told = run("load", folder, "-w", tmp_path / "ws", "--max-rejects", limit, "--json")
    assert told.code == code
    assert told.document["loaded"] == 4
    assert told.last.startswith("RejectLimitError: 1 of 5 rows") == (code == 3)
    status = run("status", "-w", tmp_path / "ws", "--json").document
    assert status["tables"]["claims"]["loaded"] == 4


def test_unreadable_file_is_named_and_the_others_are_loaded(run: Run, tmp_path: Path) -> None:
    folder = delivery(tmp_path / "in", GOOD)
    delivery(folder, "a,b\n1,2\n", "odd.csv")
    told = run("load", folder, "-w", tmp_path / "ws", "--json")
    assert told.code == 1
    assert told.document["loaded"] == 5
    assert [fault["message"] for fault in told.document["faults"]]
    assert "odd.csv has no header" in told.last


def test_missing_path_is_named(run: Run, tmp_path: Path) -> None:
    told = run("load", tmp_path / "nowhere", "-w", tmp_path / "ws")
    assert told.code == 1
    assert "nowhere" in told.err
    assert "Traceback" not in told.err


def test_reasons_are_told_in_chinese(run: Run, tmp_path: Path) -> None:
    folder = delivery(tmp_path / "in", BAD)
    assert "代码" in run("load", folder, "-w", tmp_path / "ws", "--lang", "zh").out


@pytest.mark.parametrize(("text", "limit"), [("0.25", 0.25), ("7", 7.0), ("0", 0.0)])
def test_limit_is_read(text: str, limit: float) -> None:
    assert reject_limit(text) == limit


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_interrupt_leaves_the_workspace_clean(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(bundled("sample_data") / "fixture" / "south", data)
    command = [sys.executable, "-m", "graphfraud", "load", str(data), "-w", str(tmp_path / "ws")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    tmp = tmp_path / "ws" / "tmp"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (
        tmp.is_dir() and any(p.is_dir() for p in tmp.iterdir())
    ):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("Interrupted: ")
    assert [path for path in tmp.iterdir() if path.is_dir()] == []
    assert run("load", data, "-w", tmp_path / "ws").code == 0
    assert run("verify-store", "-w", tmp_path / "ws").code == 0
