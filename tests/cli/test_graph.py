"""The graph commands on the embedded store; on a server they are in tests/graph."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graphfraud.api import Workspace, open_workspace
from graphfraud.graph.part import VERSION

Run = Any
UNREACHABLE = "bolt://127.0.0.1:1"


@pytest.fixture
def filled(case_with_graph: Workspace) -> Path:
    return case_with_graph.path


def test_fill_tells_what_is_there_and_the_second_one_that_it_was(run: Run, case: Workspace) -> None:
    told = run("graph", "fill", "-w", case.path)
    assert told.code == 0
    assert "embedded: filled with the graph of snapshot" in told.out
    assert f"showing what run {case.runs()[0].run_id} found" in told.out
    again = run("graph", "fill", "-w", case.path, "--json").document
    assert (again["graph_is_new"], again["run_is_new"]) == (False, False)
    claims = case.folder.feed_folder(case.folder.feeds()[0].feed_id).parent
    rows = sum(len(pd.read_parquet(file)) for file in claims.glob("*/tables/claims.parquet"))
    assert again["nodes"]["Claim"] == rows == again["edges"]["FILED"]
    assert again["nodes"]["Ring"] == len(case.results().rings)
    anew = run("graph", "fill", "-w", case.path, "--rebuild", "--json").document
    assert (anew["graph_is_new"], anew["checksum"]) == (True, again["checksum"])


def test_fill_speaks_chinese(run: Run, case: Workspace) -> None:
    told = run("graph", "fill", "-w", case.path, "--lang", "zh")
    assert "已装入快照" in told.out
    assert "参保人" in told.out
    assert "insured person" not in told.out


def test_fill_shows_the_run_it_is_told(run: Run, case: Workspace) -> None:
    case.detect(patterns=["same_invoice"])
    older = case.runs()[1].run_id
    told = run("graph", "fill", "-w", case.path, "--run", older, "--json").document
    assert told["run_id"] == older
    assert told["nodes"]["Ring"] > 0
    newest = run("graph", "fill", "-w", case.path, "--json").document
    assert newest["run_is_new"]
    assert newest["nodes"]["Ring"] == 0
    nobody = run("graph", "fill", "-w", case.path, "--run", "nobody")
    assert (nobody.code, "no run 'nobody'" in nobody.err) == (1, True)


def test_find_lists_nodes_by_how_well_they_match(run: Run, filled: Path) -> None:
    told = run("graph", "find", "3502000000000378", "-w", filled)
    assert "exact" in told.out
    document = run(
        "graph", "find", "张", "--kind", "InsuredPerson", "-w", filled, "--json"
    ).document
    assert {hit["kind"] for hit in document["hits"]} == {"InsuredPerson"}
    assert {hit["properties"]["name"][0] for hit in document["hits"]} == {"张"}
    assert run("graph", "find", "nobody at all", "-w", filled).out == "Nothing is called that.\n"
    one = run("graph", "find", "张", "--limit", "1", "-w", filled, "--json").document
    assert len(one["hits"]) == 1


def test_questions_are_listed_asked_and_refused(run: Run, filled: Path) -> None:
    listed = run("graph", "ask", "-w", filled)
    assert "ring_members" in listed.out
    assert "--set rows=200" in listed.out
    assert len(run("graph", "ask", "--json").document["questions"]) >= 10
    told = run("graph", "ask", "duplicate_sets", "-w", filled, "--json").document
    assert told["rows"]
    assert all(isinstance(value, str | int | None) for row in told["rows"] for value in row)
    assert (
        "Hint: Did you mean ring_members?" in run("graph", "ask", "ring_member", "-w", filled).err
    )
    refused = run("graph", "ask", "ring_members", "--set", "rows=many", "-w", filled)
    assert (refused.code, "rows is 'many'" in refused.err) == (2, True)
    nothing = run("graph", "ask", "ring_members", "--set", "ring=R0", "-w", filled)
    assert "No rows." in nothing.out


def test_amounts_are_yuan_for_people_and_fen_for_programs(run: Run, filled: Path) -> None:
    document = run("graph", "ask", "ring_members", "-w", filled, "--json").document
    fen = document["rows"][0][document["columns"].index("fund_amount_fen")]
    text = run("graph", "ask", "ring_members", "-w", filled).out
    assert f"{fen // 100:,}.{fen % 100:02}" in text


def test_check_says_equal_or_names_what_differs(run: Run, filled: Path) -> None:
    assert "is what the workspace's files say" in run("graph", "check", "-w", filled).out
    part = next(filled.glob(f"snapshots/*/{VERSION}"))
    about = json.loads((part / "part.json").read_text(encoding="utf-8"))
    about["nodes"]["Claim"]["n"] += 1
    (part / "part.json").write_text(json.dumps(about), encoding="utf-8")
    told = run("graph", "check", "-w", filled)
    assert told.code == 1
    assert "Claim (" in told.last
    assert run("graph", "check", "-w", filled, "--json").document["differences"]


def test_remove_empties_the_store_alone(run: Run, filled: Path) -> None:
    assert run("graph", "remove", "-w", filled).code == 0
    told = run("graph", "find", "张", "-w", filled)
    assert (told.code, "graphfraud graph fill" in told.last) == (1, True)
    assert run("graph", "fill", "-w", filled).code == 0
    assert run("verify-store", "-w", filled).code == 0


def test_an_empty_workspace_is_told_to_load(run: Run, tmp_path: Path) -> None:
    open_workspace(tmp_path / "empty")
    told = run("graph", "fill", "-w", tmp_path / "empty")
    assert (told.code, "holds no feeds yet" in told.last) == (1, True)


def test_import_files_are_written_with_the_command_for_them(
    run: Run, case: Workspace, tmp_path: Path
) -> None:
    told = run("export", "neo4j-import", tmp_path / "files", "-w", case.path)
    assert told.code == 0
    assert "neo4j-admin database import full @import.args" in told.out
    assert (tmp_path / "files" / "import.args").is_file()
    document = run("export", "neo4j-import", tmp_path / "files", "-w", case.path, "--json").document
    filled = run("graph", "fill", "-w", case.path, "--json").document
    assert document["nodes"] == sum(filled["nodes"].values())
    assert document["relationships"] == sum(filled["edges"].values())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    refused = run("export", "neo4j-import", tmp_path / "mine", "-w", case.path)
    assert refused.code == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("command", [["graph", "fill"], ["graph", "find", "x"], ["graph", "check"]])
def test_a_server_that_is_away_is_one_line(
    run: Run, case: Workspace, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret-of-mine")
    told = run(*command, "-w", case.path, "--store", UNREACHABLE)
    assert told.code == 1
    assert "is not reachable" in told.last
    assert "secret-of-mine" not in told.out + told.err
    assert "Traceback" not in told.err


def test_a_password_in_the_uri_is_refused_and_not_repeated(run: Run, case: Workspace) -> None:
    told = run("graph", "fill", "-w", case.path, "--store", "bolt://neo4j:secret@127.0.0.1:7687")
    assert told.code == 2
    assert "secret" not in told.out + told.err


def test_local_without_a_server_says_how_to_start_one(run: Run, case: Workspace) -> None:
    told = run("graph", "fill", "-w", case.path, "--store", "local")
    assert (told.code, "graphfraud neo4j" in told.last) == (1, True)


def test_doctor_says_that_nobody_answers(
    run: Run, case: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", UNREACHABLE)
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    told = run("doctor", "-w", case.path)
    assert told.code == 1
    assert "Cannot be used:" in told.out
    findings = run("doctor", "-w", case.path, "--json").document["findings"]
    assert [one["verdict"] for one in findings] == ["bad"]


def test_a_damaged_part_is_named(run: Run, filled: Path) -> None:
    file = next(filled.glob(f"snapshots/*/{VERSION}/nodes/Claim.parquet"))
    file.write_bytes(b"no Parquet")
    told = run("graph", "find", "3502000000000378", "-w", filled)
    assert told.code == 1
    assert "Claim.parquet" in told.last
    shutil.copyfile(file.with_name("Region.parquet"), file)
    assert run("graph", "check", "-w", filled).code == 1
    assert run("graph", "fill", "-w", filled, "--rebuild").code == 0
    assert run("graph", "check", "-w", filled).code == 0
    assert "exact" in run("graph", "find", "3502000000000378", "-w", filled).out
