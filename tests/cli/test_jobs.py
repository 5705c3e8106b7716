import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graphfraud.api import Workspace

Run = Any
FOLDED = ("--nodes", "InsuredPerson,Facility", "--relationships", "FILED,AT", "--through", "Claim")


def test_communities_are_written_with_how_they_were_made(
    run: Run, case: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    told = run("communities", "-w", case.path, *FOLDED, "--out", out, "--seed", 5, "--json")
    assert told.code == 0, told.err
    assert {path.name for path in out.iterdir()} == {"communities.csv", "job.json"}
    with (out / "communities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    document = told.document
    assert document["seed"] == 5
    assert len(rows) == document["counts"]["nodes"]
    assert len({row["community"] for row in rows}) == document["quality"]["communities"]
    found = case.project(["InsuredPerson", "Facility"], through="Claim").communities(seed=5)
    assert [int(row["community"]) for row in rows] == found.table["community"].tolist()


def test_centralities_are_written_as_parquet(run: Run, case: Workspace, tmp_path: Path) -> None:
    given = ("--measure", "pagerank,core", "--damping", "0.5", "--format", "parquet")
    told = run("centrality", "-w", case.path, *FOLDED, *given, "--out", tmp_path, "--json")
    assert told.code == 0, told.err
    table = pd.read_parquet(tmp_path / "centrality.parquet")
    assert table.columns.tolist() == ["kind", "id", "pagerank", "core"]
    assert table["pagerank"].sum() == pytest.approx(1)
    assert told.document["parameters"]["damping"] == 0.5


@pytest.mark.parametrize(
    ("lang", "community", "sampled"), [("en", "modularity", "by lot"), ("zh", "模块度", "标准误")]
)
def test_jobs_are_told_in_both_languages(
    run: Run, case: Workspace, lang: str, community: str, sampled: str
) -> None:
    told = run("communities", "-w", case.path, *FOLDED, "--lang", lang)
    assert community in told.out
    few = ("--exact-up-to", 10, "--samples", 20)
    told = run("centrality", "-w", case.path, *FOLDED, *few, "--lang", lang)
    assert sampled in told.out
    assert "betweenness_error" in told.out


def test_kinds_may_be_given_one_by_one(run: Run, case: Workspace) -> None:
    one_by_one = ("--nodes", "InsuredPerson", "--nodes", "Facility", "--through", "Claim")
    told = run("communities", "-w", case.path, *one_by_one, "--json").document
    assert told["projection"]["relationships"] == ["FILED", "AT"]
    assert told["projection"]["nodes"] == ["InsuredPerson", "Facility"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("communities", "--nodes", "insured"), "InsuredPerson"),
        (("communities", *FOLDED, "--algorithm", "leidn"), "Did you mean leiden?"),
        (("communities", *FOLDED, "--objective", "cpn"), "Did you mean cpm?"),
        (("centrality", *FOLDED, "--measure", "pagerang"), "Did you mean pagerank?"),
        (("centrality", "--relationships", "FILE"), "Did you mean FILED?"),
    ],
)
def test_unknown_words_end_with_2_and_a_hint(
    run: Run, case: Workspace, arguments: tuple[str, ...], hint: str
) -> None:
    command, *rest = arguments
    told = run(command, "-w", case.path, *rest)
    assert told.code == 2
    assert hint in told.err
