import csv
import sys
from pathlib import Path
from typing import Any

import pytest

from graphfraud.api import Workspace
from graphfraud.api.patterns import known_patterns
from graphfraud.cli.detect import parameters
from graphfraud.errors import UsageError
from graphfraud.model.results import RESULTS
from graphfraud.resources import bundled
from tests.quick import OPTIONS

Run = Any
DEMO = sys.modules["graphfraud.cli.demo"]
FAST = tuple(OPTIONS)


def truth(name: str) -> list[dict[str, str]]:
    """Return a table of what was planted in the fixture."""
    path = bundled("sample_data") / "fixture" / "truth" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def planted() -> set[str]:
    """Return the members of the fixture's planted card pool."""
    (pool,) = (row["ring"] for row in truth("rings") if row["pattern"] == "co_visit")
    rows = [row for row in truth("ring_members") if row["ring"] == pool]
    return {row["entity_id"] for row in rows if row["entity_type"] == "person"}


def test_planted_ring_is_the_first_lead(run: Run, case: Workspace, tmp_path: Path) -> None:
    told = run("detect", "-w", case.path, *FAST, "--out", tmp_path / "out", "--json")
    assert told.code == 0
    first = told.document["rings"][0]
    assert (first["rank"], first["status"], first["pattern"]) == (1, "lead", "co_visit")
    with (tmp_path / "out" / "ring_members.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["ring_id"] == first["ring_id"]]
    assert {row["entity_id"] for row in rows if row["entity_type"] == "person"} <= planted()


def test_out_folder_holds_the_contract_files_and_the_same_bytes(
    run: Run, case: Workspace, tmp_path: Path
) -> None:
    before = case.results().folder  # the same question, asked through the Python interface
    assert run("detect", "-w", case.path, *FAST, "--out", tmp_path / "out").code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {table.file for table in RESULTS.values()} | {"run.json"}
    for name in names - {"run.json"}:
        assert (tmp_path / "out" / name).read_bytes() == (before / name).read_bytes()


def test_text_tells_leads_and_duplicates(run: Run, case: Workspace) -> None:
    told = run("detect", "-w", case.path, *FAST)
    assert "1 lead, " in told.out
    assert "pairs of duplicate claims" in told.out
    assert "same_invoice" in told.out


def test_one_pattern_alone(run: Run, case: Workspace) -> None:
    document = run("detect", "-w", case.path, "--pattern", "same_invoice", "--json").document
    assert (document["counts"]["leads"], document["rings"]) == (0, [])
    found = case.results(document["run"]["run_id"]).duplicates
    pairs = {frozenset(pair) for pair in found[["claim_id_a", "claim_id_b"]].to_numpy().tolist()}
    sure = [row for row in truth("duplicates") if row["kind"] == "same_invoice"]
    assert {frozenset((row["claim_id_a"], row["claim_id_b"])) for row in sure} <= pairs


@pytest.mark.parametrize(
    "arguments",
    [
        ["--set", "co_visit.replicate=19"],
        ["--set", "co_visit.replicates=many"],
        ["--pattern", "covisit"],
    ],
)
def test_unknown_names_end_with_2_and_a_hint(
    run: Run, case: Workspace, arguments: list[str]
) -> None:
    told = run("detect", "-w", case.path, *arguments)
    assert (told.code, told.out) == (2, "")
    assert "Hint: " in told.err


def test_unknown_snapshot_is_named(run: Run, case: Workspace) -> None:
    told = run("detect", "-w", case.path, "--snapshot", "march")
    assert told.code == 1
    assert "march" in told.err


def test_settings_are_read() -> None:
    assert parameters(["a.b=1", " c = d=e "]) == {"a.b": "1", "c": "d=e"}
    with pytest.raises(UsageError):
        parameters(["=1"])


def test_demo_goes_from_nothing_to_results(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DEMO, "PERSONS", 600)
    monkeypatch.setattr(DEMO, "DAYS", 120)
    out = tmp_path / "demo"
    told = run("demo", "--out", out, "--json")
    assert told.code == 0
    looked_for = {one.description.name for one in known_patterns()}
    assert {"co_visit"} < {row["pattern"] for row in told.document["planted"]} <= looked_for
    assert told.document["load"]["read"] == told.document["load"]["loaded"] > 1000
    assert (out / "results" / "rings.csv").is_file()
    assert run("status", "-w", out / "workspace").code == 0
    again = run("demo", "--out", out, "--lang", "zh").out
    assert f"在浏览器中查看：graphfraud app --workspace {out / 'workspace'}" in again
    assert "虚构的 600 名参保人、120 天的数据" in again
    assert "埋设了哪些组" in again
