"""Whole runs: what was planted in the fixture, and the same answer however it was delivered."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graphfraud.api import Results, Workspace, open_workspace
from graphfraud.errors import GraphfraudError, UsageError
from graphfraud.model.results import RESULTS
from graphfraud.resources import bundled
from tests.quick import QUICK

FIXTURE = bundled("sample_data") / "fixture"
TODAY = date(2026, 1, 1)
TABLES = ("claims", "persons", "facilities")


def truth(name: str) -> list[dict[str, str]]:
    with (FIXTURE / "truth" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def persons(rows: Iterable[dict[str, str]], key: str) -> dict[str, set[str]]:
    """Return the persons of every planted group, by its name."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["entity_type"] == "person":
            found.setdefault(row[key], set()).add(row["entity_id"])
    return found


def found_persons(results: Results, status: str) -> list[set[str]]:
    rings = results.rings.loc[results.rings["status"] == status, "ring_id"]
    people = results.members.query("entity_type == 'person'")
    return [set(people.loc[people["ring_id"] == ring, "entity_id"]) for ring in rings]


def test_the_planted_card_pool_is_the_lead_and_whole(case: Workspace) -> None:
    planted = persons(truth("ring_members"), "ring")
    assert found_persons(case.results(), "lead") == list(planted.values())


def test_look_alikes_are_explained(case: Workspace) -> None:
    honest = set().union(*persons(truth("lookalike_members"), "lookalike").values())
    explained = found_persons(case.results(), "explained")
    assert explained
    assert all(ring & honest for ring in explained)
    assert not any(ring & honest for ring in found_persons(case.results(), "lead"))


def test_the_lead_met_at_the_planted_places_on_the_planted_claims(case: Workspace) -> None:
    results = case.results()
    lead = results.rings.iloc[0]["ring_id"]
    planted = {row["claim_id"] for row in truth("ring_claims")}
    told = set(results.claims.loc[results.claims["ring_id"] == lead, "claim_id"])
    assert len(told & planted) >= 0.9 * len(planted)
    assert len(told & planted) >= 0.9 * len(told)
    places = {row["entity_id"] for row in truth("ring_members") if row["entity_type"] == "facility"}
    mine = results.members.query("ring_id == @lead and entity_type == 'facility'")
    assert set(mine["entity_id"]) == places


def test_every_planted_invoice_is_found_and_nothing_that_was_not_planted(case: Workspace) -> None:
    planted = {frozenset((row["claim_id_a"], row["claim_id_b"])) for row in truth("duplicates")}
    invoices = {
        frozenset((row["claim_id_a"], row["claim_id_b"]))
        for row in truth("duplicates")
        if row["kind"] == "same_invoice"
    }
    table = case.results().duplicates
    found = set(map(frozenset, zip(table["claim_id_a"], table["claim_id_b"], strict=True)))
    assert invoices <= found <= planted


def test_tables_of_a_run_agree_with_each_other(case: Workspace) -> None:
    results = case.results()
    rings = results.rings.set_index("ring_id")
    assert rings["rank"].tolist() == list(range(1, len(rings) + 1))
    assert (results.reasons.groupby("ring_id").size() >= 3).all()
    for ring_id, ring in rings.iterrows():
        people = results.members.query("ring_id == @ring_id and entity_type == 'person'")
        assert ring["n_persons"] == len(people)
        claims = results.claims[results.claims["ring_id"] == ring_id].drop_duplicates("claim_id")
        assert ring["n_claims"] == len(claims)
        assert ring["total_amount"] == claims["total_amount"].sum()
        assert ring["fund_amount"] == claims["fund_amount"].sum()
        assert set(claims["person_id"]) <= set(people["entity_id"])
    assert rings["score"].between(0, 1).all()
    assert results.entity_scores["score"].between(0, 1).all()
    scores = results.entity_scores.set_index("entity_id")["score"]
    assert set(results.members["entity_id"]) <= set(scores.index)


def test_money_of_a_ring_is_that_of_its_claims(case: Workspace) -> None:
    claims = case.results().claims.drop_duplicates("claim_id")
    for claim in claims.iloc[:: max(1, len(claims) // 10)].itertuples():
        delivered = case.claim(str(claim.claim_id))
        assert delivered["total_amount"].tolist() == [claim.total_amount]
        assert delivered["person_id"].tolist() == [claim.person_id]


def test_the_run_tells_what_a_reader_must_know(case: Workspace) -> None:
    run = case.results().run
    assert run["counts"]["leads"] == 1
    assert run["parameters"]["co_visit"]["replicates"] == 19
    assert run["tests"]["co_visit"]["pairs_tested"] > 0
    assert set(run["files"]) == {table.file for table in RESULTS.values()}


def test_the_same_question_is_the_same_run(case: Workspace) -> None:
    first = case.results().run  # of the process that made the case
    again = case.detect(parameters=QUICK).run
    assert (first["run_id"], first["result_hash"]) == (again["run_id"], again["result_hash"])
    other = case.detect(parameters=QUICK | {"co_visit.min_joint_days": "4"}, patterns=["co_visit"])
    assert other.run["run_id"] != first["run_id"]


def test_one_pattern_alone_finds_what_it_finds_among_all(case: Workspace) -> None:
    among_all = case.results().duplicates
    alone = case.detect(patterns=["same_invoice"])
    assert alone.rings.empty
    assert set(alone.run["parameters"]) == {"same_invoice"}
    assert alone.duplicates.equals(among_all)


def test_a_folder_of_results_can_be_asked_for(case: Workspace, tmp_path: Path) -> None:
    results = case.detect(tmp_path / "out", patterns=["same_invoice"])
    for name, digest in results.run["files"].items():
        assert (tmp_path / "out" / name).is_file(), digest


@pytest.mark.parametrize(
    "asked",
    [
        {"patterns": ["co_visits"]},
        {"parameters": {"co_visit.x": "1"}},
        {"parameters": {"co_visit.replicates": "5"}},
    ],
)
def test_a_question_without_sense_leaves_no_run(
    case: Workspace, asked: dict[str, list[str]]
) -> None:
    before = [run.run_id for run in case.runs()]
    with pytest.raises(UsageError):
        case.detect(**asked)  # type: ignore[arg-type]
    assert [run.run_id for run in case.runs()] == before


def sound_lines(region: str, table: str) -> list[bytes]:
    """Return header and lines of a fixture's file, without the rows that are broken on purpose."""
    lines = (FIXTURE / region / f"{table}.csv").read_bytes().splitlines()
    return [line for line in lines if b"BROKEN-" not in line and line.count(b'"') % 2 == 0]


def deliver(folder: Path, *, shuffle: int | None = None) -> list[Path]:
    """Write the fixture's sound rows; shuffled: in any order, claims in two files, north first."""
    paths = []
    for region in ("south", "north"):
        for table in TABLES:
            header, *rows = sound_lines(region, table)
            parts = [rows]
            if shuffle is not None:
                order = np.random.default_rng(shuffle).permutation(len(rows))
                rows = [rows[k] for k in order]
                cut = len(rows) // 3 if table == "claims" else 0
                parts = [rows[cut:], rows[:cut]] if cut else [rows]
            for number, part in enumerate(parts):
                path = folder / region / f"{table}{number}.csv"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"\n".join([header, *part]) + b"\n")
                paths.append(path)
    return paths if shuffle is None else paths[::-1]


def run_on(workspace: Path, paths: Iterable[Path]) -> Results:
    store = open_workspace(workspace)
    store.load(list(paths), as_of=TODAY)
    return store.detect(parameters=QUICK)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return the results on the fixture's sound rows in their own order."""
    folder = tmp_path_factory.mktemp("plain")
    return run_on(folder / "workspace", deliver(folder / "delivery"))


def test_order_of_rows_and_files_does_not_matter(plain: Results, tmp_path: Path) -> None:
    shuffled = run_on(tmp_path / "workspace", deliver(tmp_path / "delivery", shuffle=3))
    assert len(plain.rings) >= 2
    assert shuffled.rings.equals(plain.rings)
    assert shuffled.run["snapshot_id"] != plain.run["snapshot_id"]
    assert shuffled.run["result_hash"] == plain.run["result_hash"]


SCRIPT = """
import json
import sys
from datetime import date
from graphfraud.api import open_workspace
quick = json.loads(sys.argv.pop())
store = open_workspace(sys.argv[1])
store.load(sys.argv[2:], as_of=date(2026, 1, 1))
print(store.detect(parameters=quick).run["result_hash"])
"""


def test_another_process_with_another_hash_seed_and_one_thread_gets_the_same_result(
    plain: Results, tmp_path: Path
) -> None:
    paths = deliver(tmp_path / "delivery")
    settings = {"PYTHONHASHSEED": "1", "GRAPHFRAUD_THREADS": "1"}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "workspace"), *map(str, paths)]
    command.append(json.dumps(QUICK))
    done = subprocess.run(
        command, env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == plain.run["result_hash"]
    # Compiled code keeps its module alive: one that knows DuckDB would make it complain at the end.
    assert "leaked" not in done.stderr


def test_another_seed_is_another_run(plain: Results) -> None:
    store = open_workspace(plain.folder.parents[1], create=False)
    other = store.detect(parameters=QUICK, seed=5)
    assert other.run["run_id"] != plain.run["run_id"]
    assert other.run["seed"] == 5
    assert found_persons(other, "lead") == found_persons(plain, "lead")


def test_claims_alone_are_enough_and_the_rest_is_told(tmp_path: Path) -> None:
    results = run_on(tmp_path / "workspace", [FIXTURE / "south" / "claims.csv"])
    planted = next(iter(persons(truth("ring_members"), "ring").values()))
    assert planted in found_persons(results, "lead")
    absent = {"persons", "facilities", "doctors", "relations", "payments"}
    assert absent <= set(results.run["absent_tables"])
    codes = results.reasons.query("found == 'yes'")["code"]
    assert set(codes) <= {"scheduled_treatment"}  # registers know nothing


def test_a_delivery_without_a_row_finds_nothing(tmp_path: Path) -> None:
    header = sound_lines("south", "claims")[0]
    (tmp_path / "claims.csv").write_bytes(header + b"\n")
    results = run_on(tmp_path / "workspace", [tmp_path / "claims.csv"])
    assert results.run["counts"] == {
        "leads": 0,
        "explained": 0,
        "duplicates": 0,
        "ties": 0,
        "peer_lines": 0,
    }
    for table in RESULTS.values():
        text = (results.folder / table.file).read_text(encoding="utf-8")
        assert text == ",".join(table.columns) + "\n"


def test_a_workspace_without_feeds_ends_with_a_sentence_or_nothing(tmp_path: Path) -> None:
    store = open_workspace(tmp_path / "workspace")
    try:
        results = store.detect(parameters=QUICK)
    except GraphfraudError as error:
        assert error.hint  # noqa: PT017 (either outcome is clear)
    else:
        assert results.rings.empty


def test_dates_alone_still_show_the_ring(tmp_path: Path) -> None:
    """Registers that export the day and not the hour: noted, and the pool is still found."""
    header, *rows = sound_lines("south", "claims")
    table = pd.DataFrame(
        [line.decode().split(",") for line in rows], columns=header.decode().split(",")
    )
    for column in ("start_time", "end_time", "settle_time"):
        table[column] = table[column].str[:10]
    (tmp_path / "in").mkdir()
    table.to_csv(tmp_path / "in" / "claims.csv", index=False, lineterminator="\n")
    results = run_on(tmp_path / "workspace", [tmp_path / "in"])
    assert any("whole days are compared" in note for note in results.run["notes"]["co_visit"])
    assert results.run["tests"]["co_visit"]["visits_without_clock"] > 1_000
